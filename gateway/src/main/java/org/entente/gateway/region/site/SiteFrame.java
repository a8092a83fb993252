package org.entente.gateway.region.site;

import java.util.List;

/**
 * What every page has around its content.
 *
 * @param home address of the list of profiles
 * @param languages the same page in the other languages
 * @param address the page's permanent address with host; empty for an error
 */
public record SiteFrame(String party, String partyName, String home, List<SiteTable.Link> languages, String address) {
    public SiteFrame {
        languages = List.copyOf(languages);
    }
}
