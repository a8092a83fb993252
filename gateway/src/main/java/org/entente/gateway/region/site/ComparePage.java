package org.entente.gateway.region.site;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.entente.gateway.region.comparison.RegionalTotal;
import org.entente.gateway.region.profile.Profile;
import org.entente.gateway.region.profile.PublicEdition;
import org.entente.gateway.region.site.SiteTable.Cell;
import org.entente.gateway.region.site.SiteTable.Column;
import org.entente.gateway.region.site.SiteTable.Row;
import org.jspecify.annotations.Nullable;

/** Two editions of a profile side by side: regional totals and members' figures, as far as they differ. */
final class ComparePage {
    private final EditionReading before;
    private final EditionReading after;
    private final SiteTexts say;

    private ComparePage(EditionReading before, EditionReading after) {
        this.before = before;
        this.after = after;
        this.say = after.say();
    }

    static SitePage of(EditionReading before, EditionReading after) {
        return new ComparePage(before, after).page();
    }

    /** What a figure is of; sorts by table, definition, member, counterpart and whatever else divides. */
    private record Place(String table, String definition, String party, String counterpart, String rest, String period)
            implements Comparable<Place> {
        @Override
        public int compareTo(Place other) {
            return toString().compareTo(other.toString());
        }
    }

    private SitePage page() {
        String programme = after.edition().edition().programme();
        int from = before.edition().edition().edition();
        int to = after.edition().edition().edition();
        List<Section> sections = new ArrayList<>();
        sections.add(section("totals", totals(before), totals(after)));
        sections.add(section("members", figures(before), figures(after)));
        return new SitePage(
                "/profiles/" + programme + "/compare?from=" + from + "&to=" + to,
                say.get("compare.title", from, to, after.title()),
                List.of(say.get("compare.about")),
                List.of(
                        new SiteTable.Link(
                                say.get("edition", from), after.reader().at(before.path())),
                        new SiteTable.Link(
                                say.get("edition", to), after.reader().at(after.path()))),
                sections,
                "");
    }

    private static SortedMap<Place, Cell> totals(EditionReading reading) {
        SortedMap<Place, Cell> found = new TreeMap<>();
        for (Profile.TableResult table : reading.profile().tables()) {
            String dimension = reading.counterpart(table.id());
            for (Profile.Group group : table.groups()) {
                String definition = reading.names().concept(reading.structures().apply(table.id()), group.concept());
                for (Profile.Total total : group.totals()) {
                    SortedMap<String, String> rest = new TreeMap<>(total.key());
                    String counterpart = Objects.requireNonNullElse(rest.remove(dimension), PublicEdition.whole());
                    RegionalTotal sum = total.total();
                    found.put(
                            new Place(table.id(), definition, "", counterpart, words(reading, table.id(), rest), ""),
                            reading.total(sum));
                }
            }
        }
        return found;
    }

    private static SortedMap<Place, Cell> figures(EditionReading reading) {
        SortedMap<Place, Cell> found = new TreeMap<>();
        for (PublicEdition.MemberFigures one : reading.edition().figures()) {
            String table = one.source().table();
            for (PublicEdition.Line line : one.lines()) {
                String definition = reading.names().concept(reading.structures().apply(table), line.concept());
                String rest = words(reading, table, line.key());
                line.cells()
                        .forEach((period, cell) -> found.put(
                                new Place(table, definition, one.source().party(), line.counterpart(), rest, period),
                                reading.figure(
                                        cell.value(),
                                        cell.status(),
                                        one.source().id(),
                                        "")));
            }
        }
        return found;
    }

    private static String words(EditionReading reading, String table, SortedMap<String, String> key) {
        List<String> words = new ArrayList<>();
        key.forEach((dimension, code) ->
                words.add(reading.names().code(reading.structures().apply(table), dimension, code)));
        return String.join(", ", words);
    }

    private Section section(String part, SortedMap<Place, Cell> old, SortedMap<Place, Cell> current) {
        SortedMap<Place, Cell> all = new TreeMap<>(old);
        all.putAll(current);
        List<Row> rows = new ArrayList<>();
        int different = 0;
        for (Place place : all.keySet()) {
            Cell one = old.get(place);
            Cell other = current.get(place);
            if (same(one, other)) {
                continue;
            }
            different++;
            if (rows.size() < after.mostRows()) {
                rows.add(Row.of(Cell.words(what(place)), Cell.words(place.period), shown(one), shown(other)));
            }
        }
        List<Column> columns = List.of(
                Column.words(say.get("figure")),
                Column.words(say.get("year")),
                Column.figures(say.get("edition", before.edition().edition().edition())),
                Column.figures(say.get("edition", after.edition().edition().edition())));
        List<String> notes = rows.size() < different
                ? List.of(say.get("shortened", say.number(rows.size()), say.number(different)))
                : List.of();
        List<String> about = List.of(say.get("compare.count", different, all.size()));
        return new Section(
                part,
                2,
                say.get("compare." + part),
                about,
                new SiteTable(part + "-table", say.get("compare." + part), columns, rows, "", notes).ifAny());
    }

    private static boolean same(@Nullable Cell one, @Nullable Cell other) {
        return one != null
                && other != null
                && one.value().equals(other.value())
                && one.text().equals(other.text())
                && one.links().stream()
                        .map(SiteTable.Link::text)
                        .toList()
                        .equals(other.links().stream().map(SiteTable.Link::text).toList());
    }

    private static Cell shown(@Nullable Cell cell) {
        return cell == null ? Cell.empty() : cell;
    }

    private String what(Place place) {
        String table = place.table;
        StringBuilder words = new StringBuilder(after.tableTitle(table)).append(": ");
        if (!place.party.isEmpty()) {
            words.append(after.party(table, place.party)).append(", ");
        }
        words.append(after.names().area(after.structures().apply(table), place.counterpart));
        if (!place.rest.isEmpty()) {
            words.append(", ").append(place.rest);
        }
        return words.append(" (").append(place.definition).append(')').toString();
    }
}
