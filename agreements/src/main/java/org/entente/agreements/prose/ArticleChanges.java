package org.entente.agreements.prose;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Compares two renderings article by article and sentence by sentence; what belongs together has the same key. */
final class ArticleChanges {
    private final ProseDocument before;
    private final ProseDocument after;
    private final Words words;

    ArticleChanges(ProseDocument before, ProseDocument after, Words words) {
        this.before = before;
        this.after = after;
        this.words = words;
    }

    List<Difference.ArticleChange> changes() {
        Map<String, Integer> old = numbers(before);
        List<Difference.ArticleChange> changes = new ArrayList<>();
        for (int i = 0; i < after.articles().size(); i++) {
            ProseDocument.Article article = after.articles().get(i);
            Integer was = old.remove(article.key());
            if (was == null) {
                changes.add(new Difference.ArticleChange(
                        words.say("difference.article.added", i + 1, article.heading()),
                        sentences(List.of(), article.paragraphs())));
                continue;
            }
            ProseDocument.Article former = before.articles().get(was);
            List<Difference.Sentence> sentences = new ArrayList<>();
            if (!former.heading().equals(article.heading())) {
                sentences.addAll(sentence(former.heading(), article.heading()));
            }
            sentences.addAll(sentences(former.paragraphs(), article.paragraphs()));
            if (!sentences.isEmpty()) {
                changes.add(new Difference.ArticleChange(
                        words.say("difference.article", i + 1, article.heading()), sentences));
            }
        }
        for (int was : old.values()) {
            ProseDocument.Article former = before.articles().get(was);
            changes.add(new Difference.ArticleChange(
                    words.say("difference.article.removed", was + 1, former.heading()),
                    sentences(former.paragraphs(), List.of())));
        }
        return changes;
    }

    private static Map<String, Integer> numbers(ProseDocument document) {
        Map<String, Integer> numbers = new LinkedHashMap<>();
        for (int i = 0; i < document.articles().size(); i++) {
            numbers.put(document.articles().get(i).key(), i);
        }
        return numbers;
    }

    private List<Difference.Sentence> sentences(
            List<ProseDocument.Paragraph> former, List<ProseDocument.Paragraph> now) {
        Map<String, String> old = byKey(former);
        List<Difference.Sentence> changed = new ArrayList<>();
        byKey(now).forEach((key, text) -> changed.addAll(sentence(old.remove(key), text)));
        old.values().forEach(text -> changed.addAll(sentence(text, null)));
        return changed;
    }

    /** Paragraphs by key; the second and later ones of one key get a number of their own. */
    private static Map<String, String> byKey(List<ProseDocument.Paragraph> paragraphs) {
        Map<String, String> byKey = new LinkedHashMap<>();
        for (ProseDocument.Paragraph paragraph : paragraphs) {
            String key = paragraph.key();
            for (int nth = 2; byKey.containsKey(key); nth++) {
                key = paragraph.key() + "#" + nth;
            }
            byKey.put(key, paragraph.text());
        }
        return byKey;
    }

    private List<Difference.Sentence> sentence(@Nullable String was, @Nullable String is) {
        if (Objects.equals(was, is)) {
            return List.of();
        }
        if (was == null) {
            return List.of(new Difference.Sentence(true, words.say("difference.added", Objects.requireNonNull(is))));
        }
        if (is == null) {
            return List.of(new Difference.Sentence(false, words.say("difference.removed", was)));
        }
        return List.of(
                new Difference.Sentence(false, words.say("difference.before", was)),
                new Difference.Sentence(true, words.say("difference.after", is)));
    }
}
