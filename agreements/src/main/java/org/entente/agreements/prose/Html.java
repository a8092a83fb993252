package org.entente.agreements.prose;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/**
 * A page in the XML form of HTML: no script, no link, nothing that is loaded from anywhere. Isolates in texts become {@code bdi} elements.
 */
final class Html {
    private static final String STYLE = style();

    private final StringBuilder out = new StringBuilder();

    /**
     * @param description one sentence that says what the page is
     * @param digest printed in the foot of every page; base64url, so it needs no escaping
     */
    Html(String language, boolean rightToLeft, String title, String description, String digest) {
        String direction = rightToLeft ? "rtl" : "ltr";
        out.append("<!DOCTYPE html>\n<html xmlns=\"http://www.w3.org/1999/xhtml\" lang=\"")
                .append(escaped(language))
                .append("\" dir=\"")
                .append(direction)
                .append(
                        "\">\n<head>\n<meta charset=\"utf-8\"/>\n<meta http-equiv=\"Content-Security-Policy\" content=\""
                                + "default-src 'none'; style-src 'unsafe-inline'\"/>\n<meta name=\"viewport\""
                                + " content=\"width=device-width\"/>\n<title>")
                .append(escaped(title))
                .append("</title>\n<meta name=\"description\" content=\"")
                .append(escaped(description))
                .append("\"/>\n<meta name=\"subject\" content=\"")
                .append(escaped(description))
                .append("\"/>\n<style>\n")
                .append(STYLE.replace("@DIGEST@", digest))
                .append("</style>\n</head>\n<body>\n");
    }

    private static String style() {
        try (InputStream in = Objects.requireNonNull(Html.class.getResourceAsStream("page.css"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Opens an element; the attributes are our own words, not a document's. */
    Html open(String element) {
        out.append('<').append(element).append(">\n");
        return this;
    }

    Html close(String element) {
        out.append("</").append(element).append(">\n");
        return this;
    }

    /** An element that holds a text only; {@code element} may carry a class: {@code p class="notice"}. */
    Html text(String element, String text) {
        String name = element.contains(" ") ? element.substring(0, element.indexOf(' ')) : element;
        out.append('<')
                .append(element)
                .append('>')
                .append(inline(text))
                .append("</")
                .append(name)
                .append(">\n");
        return this;
    }

    /** A paragraph that begins with its number. */
    Html numbered(String number, String text) {
        out.append("<p><span class=\"number\">")
                .append(number)
                .append("</span> ")
                .append(inline(text))
                .append("</p>\n");
        return this;
    }

    /** The whole page. */
    String end() {
        return out + "</body>\n</html>\n";
    }

    private static String inline(String text) {
        StringBuilder html = new StringBuilder();
        int open = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == Words.ISOLATE) {
                html.append("<bdi>");
                open++;
            } else if (c == Words.END_ISOLATE && open > 0) {
                html.append("</bdi>");
                open--;
            } else if (c != Words.END_ISOLATE) {
                html.append(escaped(c));
            }
        }
        return html + "</bdi>".repeat(open);
    }

    private static String escaped(String text) {
        StringBuilder html = new StringBuilder();
        text.chars().forEach(c -> {
            if (c != Words.ISOLATE && c != Words.END_ISOLATE) {
                html.append(escaped((char) c));
            }
        });
        return html.toString();
    }

    /** Control characters have no place in XML (section 2.2) and show nothing. */
    private static String escaped(char c) {
        return switch (c) {
            case '&' -> "&amp;";
            case '<' -> "&lt;";
            case '>' -> "&gt;";
            case '"' -> "&quot;";
            case '\n', '\t' -> " ";
            default -> Character.isISOControl(c) || c == '\uFFFE' || c == '\uFFFF' ? "" : String.valueOf(c);
        };
    }
}
