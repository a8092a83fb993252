package org.entente.gateway.region.site;

import java.util.Map;
import java.util.TreeMap;

/**
 * The page of a link by which somebody reads a draft and sends comments.
 *
 * @param path of the link, without language
 * @param draft as it would be shown, without links
 * @param organisation whom the link was given to
 * @param expires until when it is good, UTC
 * @param typed comments that were tried last and not taken, by section
 * @param named whether the organisation may be named, as it was tried last
 * @param problem what is wrong with what was tried last; empty if nothing is
 * @param sent how many comments were taken just now; 0 while none were
 * @param longest characters of a comment
 */
public record CommentPage(
        String path,
        SitePage draft,
        String organisation,
        String expires,
        Map<String, String> typed,
        boolean named,
        String problem,
        int sent,
        int longest) {
    public CommentPage {
        typed = new TreeMap<>(typed);
    }
}
