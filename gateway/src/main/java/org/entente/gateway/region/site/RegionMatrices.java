package org.entente.gateway.region.site;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.entente.gateway.region.site.GroupTables.Given;
import org.entente.gateway.region.site.SiteTable.Cell;
import org.entente.gateway.region.site.SiteTable.Column;
import org.entente.gateway.region.site.SiteTable.Row;
import org.entente.gateway.statistics.Component.Dimension;
import org.entente.gateway.statistics.Structure;
import org.jspecify.annotations.Nullable;

/**
 * What members give by regions of both sides: internal migration, where the counterpart is the member itself, and any corridor whose regions
 * it knows. Regions are called by their codes, ISO 3166-2 or NUTS.
 */
final class RegionMatrices {
    private final EditionReading reading;
    private final String table;
    private final String id;
    private final List<Given> given;
    private final Function<@Nullable Given, Cell> cells;
    private final Structure structure;
    private final String here;
    private final String there;

    /**
     * @param given lines that two things divide besides the counterpart
     * @param cells a figure as it stands in a table
     */
    RegionMatrices(
            EditionReading reading, String table, String id, List<Given> given, Function<@Nullable Given, Cell> cells) {
        this.reading = reading;
        this.table = table;
        this.id = id;
        this.given = given;
        this.cells = cells;
        this.structure = reading.structures().apply(table);
        this.here = id(Dimension.Role.REPORTING_REGION);
        this.there = id(Dimension.Role.COUNTERPART_REGION);
    }

    private String id(Dimension.Role role) {
        return structure.dimension(role).map(Dimension::id).orElse("");
    }

    /** One table for each member and counterpart. */
    List<SiteTable> all() {
        SortedMap<List<String>, SortedMap<String, SortedMap<String, Given>>> found =
                new TreeMap<>(Comparator.comparing(List::toString));
        for (Given one : given) {
            if (one.line().key().keySet().equals(Set.of(here, there))) {
                found.computeIfAbsent(List.of(one.source().party(), one.line().counterpart()), k -> new TreeMap<>())
                        .computeIfAbsent(one.line().key().getOrDefault(there, ""), k -> new TreeMap<>())
                        .put(one.line().key().getOrDefault(here, ""), one);
            }
        }
        List<SiteTable> tables = new ArrayList<>();
        found.forEach((pair, rows) -> tables.add(matrix(pair.getFirst(), pair.getLast(), rows)));
        return tables;
    }

    private SiteTable matrix(String party, String counterpart, SortedMap<String, SortedMap<String, Given>> lines) {
        SortedSet<String> columns = new TreeSet<>();
        lines.values().forEach(line -> columns.addAll(line.keySet()));
        List<Column> heads = new ArrayList<>(List.of(Column.words(name(there))));
        columns.forEach(code -> heads.add(Column.figures(code)));
        List<Row> rows = new ArrayList<>();
        lines.forEach((code, line) -> {
            List<Cell> row = new ArrayList<>(List.of(Cell.words(code)));
            columns.forEach(column -> row.add(cells.apply(line.get(column))));
            rows.add(new Row(row));
        });
        List<Row> shown = rows.subList(0, Math.min(rows.size(), reading.mostRows()));
        List<String> notes = shown.size() < rows.size()
                ? List.of(reading.say()
                        .get(
                                "shortened",
                                reading.say().number(shown.size()),
                                reading.say().number(rows.size())))
                : List.of();
        return new SiteTable(
                id + "-regions-" + party + "-" + counterpart,
                reading.say()
                        .get(
                                "regions.caption",
                                reading.party(table, party),
                                reading.names().area(structure, counterpart),
                                name(there),
                                name(here)),
                heads,
                shown,
                "",
                notes);
    }

    private String name(String dimension) {
        return reading.names().component(structure, dimension);
    }
}
