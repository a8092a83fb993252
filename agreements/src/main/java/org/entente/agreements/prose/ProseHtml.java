package org.entente.agreements.prose;

import java.util.List;

/** Lays an agreement's text, or the difference of two texts, out as a page in HTML that also prints. */
public final class ProseHtml {
    private ProseHtml() {}

    /** The page: complete, well-formed as XML too, without script and without anything to load. */
    public static String of(ProseDocument document) {
        Html html = new Html(
                document.language(), document.rightToLeft(), document.title(), document.status(), document.digest());
        html.open("header").text("h1", document.title()).text("p class=\"status\"", document.status());
        document.notice().forEach(n -> html.text("p class=\"notice\"", n));
        html.close("header").open("main");
        for (int i = 0; i < document.articles().size(); i++) {
            ProseDocument.Article article = document.articles().get(i);
            html.open("section id=\"article-" + (i + 1) + "\"").text("h2", (i + 1) + ". " + article.heading());
            List<ProseDocument.Paragraph> paragraphs = article.paragraphs();
            for (int j = 0; j < paragraphs.size(); j++) {
                html.numbered((i + 1) + "." + (j + 1), paragraphs.get(j).text());
            }
            html.close("section");
        }
        html.close("main");
        return html.text("footer", document.labels().digest() + " " + isolated(document.digest()))
                .end();
    }

    /** The page that says what changes between two versions. */
    public static String of(Difference difference) {
        Html html = new Html(
                difference.language(),
                difference.rightToLeft(),
                difference.title(),
                String.join(" ", difference.notice()),
                difference.digestAfter());
        html.open("header").text("h1", difference.title());
        difference.notice().forEach(n -> html.text("p class=\"notice\"", n));
        html.close("header").open("main");
        if (!difference.summary().isEmpty()) {
            html.open("ul");
            difference.summary().forEach(s -> html.text("li", s));
            html.close("ul");
        }
        for (Difference.ArticleChange change : difference.articles()) {
            html.open("section").text("h2", change.heading());
            for (Difference.Sentence sentence : change.sentences()) {
                html.text(sentence.isNew() ? "p class=\"after\"" : "p class=\"before\"", sentence.text());
            }
            html.close("section");
        }
        return html.close("main").end();
    }

    private static String isolated(String text) {
        return Words.ISOLATE + text + Words.END_ISOLATE;
    }
}
