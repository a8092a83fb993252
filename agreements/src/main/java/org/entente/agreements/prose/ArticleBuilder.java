package org.entente.agreements.prose;

import java.util.ArrayList;
import java.util.List;
import org.entente.agreements.Text;
import org.jspecify.annotations.Nullable;

/** Collects the paragraphs of one article. */
final class ArticleBuilder {
    private final Words words;
    private final String key;
    private final String heading;
    private final List<ProseDocument.Paragraph> paragraphs = new ArrayList<>();

    ArticleBuilder(Words words, String key, String heading) {
        this.words = words;
        this.key = key;
        this.heading = heading;
    }

    /** An article whose heading is the phrase of the same name. */
    static ArticleBuilder of(Words words, String key) {
        return new ArticleBuilder(words, key, words.say(key));
    }

    /** A paragraph from a phrase that the article says once. */
    ArticleBuilder say(String phrase, Object... values) {
        return add(phrase, words.say(phrase, values));
    }

    /** A paragraph from a phrase that the article says of several things; {@code about} names the one meant. */
    ArticleBuilder sayOf(String about, String phrase, Object... values) {
        return add(phrase + ":" + about, words.say(phrase, values));
    }

    /** A paragraph in the parties' own words, where there is one. */
    ArticleBuilder text(String paragraph, @Nullable Text text) {
        return text == null ? this : add(paragraph, words.of(text));
    }

    ArticleBuilder add(String paragraph, String text) {
        paragraphs.add(new ProseDocument.Paragraph(paragraph, text));
        return this;
    }

    ProseDocument.Article build() {
        return new ProseDocument.Article(key, heading, paragraphs);
    }
}
