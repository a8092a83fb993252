package org.entente.agreements.prose;

import java.util.List;

/**
 * An agreement as text, ready to be laid out.
 *
 * @param notice what this rendering is and is not
 * @param articles numbered from 1 in this order
 */
public record ProseDocument(String language, String title, List<String> notice, List<Article> articles) {
    private static final int WIDTH = 100;

    public ProseDocument {
        notice = List.copyOf(notice);
        articles = List.copyOf(articles);
    }

    /** One article: its heading and its numbered paragraphs. */
    public record Article(String heading, List<String> paragraphs) {
        public Article {
            paragraphs = List.copyOf(paragraphs);
        }
    }

    /** Plain text, at most {@value #WIDTH} characters wide where words allow. */
    public String plain() {
        StringBuilder out = new StringBuilder();
        wrap(out, title, "");
        out.append('\n');
        notice.forEach(n -> wrap(out, n, ""));
        for (int i = 0; i < articles.size(); i++) {
            Article article = articles.get(i);
            out.append('\n');
            wrap(out, (i + 1) + ". " + article.heading(), "");
            for (int j = 0; j < article.paragraphs().size(); j++) {
                wrap(out, (i + 1) + "." + (j + 1) + " " + article.paragraphs().get(j), "   ");
            }
        }
        return out.toString();
    }

    private static void wrap(StringBuilder out, String text, String indent) {
        int column = 0;
        for (String word : text.split("\\s+")) {
            if (column > 0 && column + 1 + word.length() > WIDTH) {
                out.append('\n');
                column = 0;
            }
            String before = column == 0 ? indent : " ";
            out.append(before).append(word);
            column += before.length() + word.length();
        }
        out.append('\n');
    }
}
