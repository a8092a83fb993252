package org.entente.gateway.region.site;

import java.util.List;

/**
 * What every page has around its content.
 *
 * @param home address from which everything can be reached
 * @param parts ways to the parts of the site that have anything in them; none on pages for one person and on refusals
 * @param languages the same page in the other languages
 * @param address the page's permanent address with host; empty for an error
 */
public record SiteFrame(
        String party,
        String partyName,
        String home,
        List<SiteTable.Link> parts,
        List<SiteTable.Link> languages,
        String address) {
    public SiteFrame {
        parts = List.copyOf(parts);
        languages = List.copyOf(languages);
    }
}
