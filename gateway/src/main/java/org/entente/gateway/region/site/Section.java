package org.entente.gateway.region.site;

import java.util.List;

/**
 * A part of a page.
 *
 * @param id of its element
 * @param depth 2 for a main part, 3 for a part of it
 * @param maps of figures in the tables
 */
public record Section(
        String id, int depth, String title, List<String> paragraphs, List<SiteTable> tables, List<SiteMap> maps) {
    public Section {
        paragraphs = List.copyOf(paragraphs);
        tables = List.copyOf(tables);
        maps = List.copyOf(maps);
    }

    /** A part without maps. */
    Section(String id, int depth, String title, List<String> paragraphs, List<SiteTable> tables) {
        this(id, depth, title, paragraphs, tables, List.of());
    }
}
