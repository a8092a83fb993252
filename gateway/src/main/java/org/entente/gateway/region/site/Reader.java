package org.entente.gateway.region.site;

import io.micronaut.http.HttpRequest;
import java.text.MessageFormat;

/**
 * Who reads a page.
 *
 * @param say the texts in the reader's language
 * @param chosen whether the language was chosen by the address, so that links keep it
 */
record Reader(SiteTexts say, boolean chosen) {
    static Reader of(HttpRequest<?> request) {
        return new Reader(SiteTexts.of(request), request.getParameters().contains("lang"));
    }

    /** An address of this site for this reader. */
    String at(String path) {
        if (!chosen) {
            return path;
        }
        int mark = path.indexOf('#');
        String page = mark < 0 ? path : path.substring(0, mark);
        return MessageFormat.format(
                "{0}{1}lang={2}{3}",
                page, page.contains("?") ? "&" : "?", say.language(), mark < 0 ? "" : path.substring(mark));
    }
}
