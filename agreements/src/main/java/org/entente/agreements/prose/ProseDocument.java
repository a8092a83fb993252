package org.entente.agreements.prose;

import java.util.List;

/**
 * An agreement as text, ready to be laid out. Texts may hold the isolates U+2068 and U+2069 around pieces that run in the other direction
 * (Unicode Standard Annex 9, section 2.4.1).
 *
 * @param language BCP 47 tag
 * @param rightToLeft whether the language is written from right to left
 * @param digest digest of the document, base64url SHA-256; printed on every rendering
 * @param status what this rendering is: a working translation, or in a language that the parties have authenticated
 * @param notice what prevails, and of which document this is the text
 * @param labels words that a layout needs
 * @param articles numbered from 1 in this order
 */
public record ProseDocument(
        String language,
        boolean rightToLeft,
        String digest,
        String title,
        String status,
        List<String> notice,
        Labels labels,
        List<Article> articles) {
    private static final int WIDTH = 100;

    public ProseDocument {
        notice = List.copyOf(notice);
        articles = List.copyOf(articles);
    }

    /** Words that a layout needs beside the text: what a digest and an article are called. */
    public record Labels(String digest, String article) {}

    /**
     * One article: its heading and its numbered paragraphs.
     *
     * @param key names the article's subject in every language and version, for example {@code use} or {@code leg:ITA-PHL-STOCK}
     */
    public record Article(String key, String heading, List<Paragraph> paragraphs) {
        public Article {
            paragraphs = List.copyOf(paragraphs);
        }
    }

    /**
     * One paragraph.
     *
     * @param key names what the paragraph says in every language and version, so that two versions can be compared; several paragraphs of
     *     one article may have the same key
     */
    public record Paragraph(String key, String text) {}

    /** Plain text, at most {@value #WIDTH} characters wide where words allow. */
    public String plain() {
        PlainText out = new PlainText(WIDTH);
        out.paragraph(title, "");
        out.gap();
        out.paragraph(status, "");
        notice.forEach(n -> out.paragraph(n, ""));
        for (int i = 0; i < articles.size(); i++) {
            Article article = articles.get(i);
            out.gap();
            out.paragraph((i + 1) + ". " + article.heading(), "");
            for (int j = 0; j < article.paragraphs().size(); j++) {
                out.paragraph(
                        (i + 1) + "." + (j + 1) + " "
                                + article.paragraphs().get(j).text(),
                        "   ");
            }
        }
        return out.toString();
    }
}
