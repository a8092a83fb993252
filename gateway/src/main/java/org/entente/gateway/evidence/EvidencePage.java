package org.entente.gateway.evidence;

import java.util.List;
import org.entente.agreements.prose.ProseDocument;

/** The page of an evidence file: its text in each of the agreement's languages, one after the other, as one HTML page. */
final class EvidencePage {
    private static final String STYLE = "body{font-family:serif;max-width:46rem;margin:2rem auto;line-height:1.4}"
            + "section+section{border-top:1px solid #999;margin-top:3rem}"
            + ".figures{font-family:monospace;margin:0;overflow-wrap:anywhere}";

    private EvidencePage() {}

    /**
     * The page.
     *
     * @param languages at least one
     */
    static String of(EvidenceFile evidence, List<String> languages) {
        return of(
                "Evidence of exchange " + evidence.exchange(),
                languages.stream()
                        .map(language -> EvidenceProse.of(evidence, language))
                        .toList());
    }

    /** A page of texts that say the same, each in its language; at least one. */
    static String of(String title, List<ProseDocument> texts) {
        StringBuilder page = new StringBuilder("<!DOCTYPE html><html lang=\"")
                .append(text(texts.getFirst().language()))
                .append("\"><head><meta charset=\"utf-8\"><title>")
                .append(text(title))
                .append("</title><style>")
                .append(STYLE)
                .append("</style></head><body>");
        texts.forEach(words -> section(page, words));
        return page.append("</body></html>").toString();
    }

    private static void section(StringBuilder page, ProseDocument document) {
        page.append("<section lang=\"")
                .append(text(document.language()))
                .append("\" dir=\"")
                .append(document.rightToLeft() ? "rtl" : "ltr")
                .append("\"><h1>")
                .append(text(document.title()))
                .append("</h1>");
        for (ProseDocument.Article article : document.articles()) {
            page.append("<h2>").append(text(article.heading())).append("</h2>");
            String kind = article.key().equals("figures") ? "<p class=\"figures\" dir=\"ltr\">" : "<p>";
            article.paragraphs()
                    .forEach(paragraph ->
                            page.append(kind).append(text(paragraph.text())).append("</p>"));
        }
        page.append("<p><em>").append(text(document.status())).append("</em></p></section>");
    }

    private static String text(String raw) {
        return raw.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
