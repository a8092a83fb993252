package org.entente.gateway.region.site;

import java.util.List;

/**
 * The library as everybody sees it.
 *
 * @param table of the entries that were chosen
 * @param countries to choose from, and so on; the chosen one is marked
 */
public record LibraryPage(
        SiteTable table, List<Choice> countries, List<Choice> years, List<Choice> languages, String feed) {
    public LibraryPage {
        countries = List.copyOf(countries);
        years = List.copyOf(years);
        languages = List.copyOf(languages);
    }

    /** Something to choose by; its value is empty for all. */
    public record Choice(String value, String text, boolean chosen) {}
}
