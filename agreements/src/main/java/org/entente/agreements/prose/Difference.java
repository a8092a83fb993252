package org.entente.agreements.prose;

import java.util.ArrayList;
import java.util.List;
import org.entente.agreements.Agreement;

/**
 * What changes between two versions of an agreement, in words.
 *
 * @param digestAfter digest of the later document, base64url SHA-256
 * @param notice which two documents were compared
 * @param summary legs and codes that are added or removed, one sentence each; or that nothing changes
 * @param articles every article of which a sentence changes, in the order of the later text; removed articles stand last
 */
public record Difference(
        String language,
        boolean rightToLeft,
        String digestAfter,
        String title,
        List<String> notice,
        List<String> summary,
        List<ArticleChange> articles) {
    private static final int WIDTH = 100;

    public Difference {
        notice = List.copyOf(notice);
        summary = List.copyOf(summary);
        articles = List.copyOf(articles);
    }

    /** One article that changes: its number and heading, and the sentences. */
    public record ArticleChange(String heading, List<Sentence> sentences) {
        public ArticleChange {
            sentences = List.copyOf(sentences);
        }
    }

    /** What a sentence was or what it is now, introduced by words that say which. */
    public record Sentence(boolean isNew, String text) {}

    /**
     * Compares two versions.
     *
     * @throws IllegalArgumentException when there is no translation into the language; see {@link Prose#LANGUAGES}
     */
    public static Difference between(Agreement before, Agreement after, String language) {
        Words words = Prose.words(language);
        List<String> summary = new ArrayList<>(new CodeChanges(before, after, words).sentences());
        List<ArticleChange> articles =
                new ArticleChanges(Prose.of(before, language), Prose.of(after, language), words).changes();
        if (summary.isEmpty() && articles.isEmpty()) {
            summary.add(words.say("difference.none"));
        }
        return new Difference(
                language,
                words.rightToLeft(),
                after.digest(),
                words.say("difference.title", before.version(), after.version()),
                List.of(words.of(after.title()), words.say("difference.digests", before.digest(), after.digest())),
                summary,
                articles);
    }

    /** Plain text, at most {@value #WIDTH} characters wide where words allow. */
    public String plain() {
        PlainText out = new PlainText(WIDTH);
        out.paragraph(title, "");
        out.gap();
        notice.forEach(n -> out.paragraph(n, ""));
        out.gap();
        summary.forEach(s -> out.paragraph(s, ""));
        for (ArticleChange change : articles) {
            out.gap();
            out.paragraph(change.heading(), "");
            change.sentences().forEach(s -> out.paragraph((s.isNew() ? "+ " : "- ") + s.text(), "   "));
        }
        return out.toString();
    }
}
