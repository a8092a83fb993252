package org.entente.gateway.region.site;

import java.util.List;

/**
 * A page.
 *
 * @param path its address on this site, without language
 * @param lead sentences under the title
 * @param actions where its content is to be had in other forms
 * @param feed address of the Atom feed that tells what is new here; empty if there is none
 */
public record SitePage(
        String path,
        String title,
        List<String> lead,
        List<SiteTable.Link> actions,
        List<Section> sections,
        String feed) {
    public SitePage {
        lead = List.copyOf(lead);
        actions = List.copyOf(actions);
        sections = List.copyOf(sections);
    }

    /** The same with one more section at its end. */
    SitePage with(Section section) {
        List<Section> all = new java.util.ArrayList<>(sections);
        all.add(section);
        return new SitePage(path, title, lead, actions, all, feed);
    }

    /** Whether any part has a map. */
    public boolean maps() {
        return sections.stream().anyMatch(section -> !section.maps().isEmpty());
    }

    /** The outline of land for its maps. */
    public String land() {
        return WorldMap.get().land();
    }

    /** Whether any table is drawn too. */
    public boolean charts() {
        return sections.stream()
                .flatMap(section -> section.tables().stream())
                .anyMatch(table -> !table.chart().isEmpty());
    }
}
