package org.entente.gateway.region.site;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.entente.gateway.region.comparison.FigureConcept;
import org.entente.gateway.region.comparison.RegionalTotal;
import org.entente.gateway.region.profile.Profile;
import org.entente.gateway.region.profile.PublicEdition;
import org.entente.gateway.region.profile.PublicEdition.Line;
import org.entente.gateway.region.profile.Source;
import org.entente.gateway.region.site.SiteTable.Cell;
import org.entente.gateway.region.site.SiteTable.Column;
import org.entente.gateway.region.site.SiteTable.Row;
import org.entente.gateway.statistics.Structure;
import org.entente.gateway.statistics.TimePeriod;
import org.jspecify.annotations.Nullable;

/** The tables on the figures of one definition: totals, members' figures by counterpart, and how they have changed. */
final class GroupTables {
    private static final int MOST_PERIODS = 30;

    private final EditionReading reading;
    private final SiteTexts say;
    private final String table;
    private final Profile.Group group;
    private final String id;
    private final Structure structure;
    private final String counterpart;

    GroupTables(EditionReading reading, String table, Profile.Group group, String id) {
        this.reading = reading;
        this.say = reading.say();
        this.table = table;
        this.group = group;
        this.id = id;
        this.structure = reading.structures().apply(table);
        this.counterpart = reading.counterpart(table);
    }

    /** All of them that have any row. */
    List<SiteTable> all() {
        List<SiteTable> tables = new ArrayList<>();
        tables.add(totals());
        tables.addAll(breakdowns());
        tables.add(matrix());
        tables.addAll(divided());
        tables.addAll(new RegionMatrices(reading, table, id, given(2), this::cell).all());
        tables.add(overTime());
        return tables.stream().filter(one -> !one.rows().isEmpty()).toList();
    }

    // ---- totals ----

    private SiteTable totals() {
        List<Profile.Total> whole = whole();
        List<Row> rows = whole.stream()
                .limit(reading.mostRows())
                .map(total -> row(area(total.key().getOrDefault(counterpart, PublicEdition.whole())), total.total()))
                .toList();
        return table("totals", "totals.caption", totalColumns(say.get("counterpart")), rows, "bar", whole.size());
    }

    private static double size(RegionalTotal total) {
        return total.value() == null ? -1 : total.value();
    }

    private List<Column> totalColumns(String first) {
        return List.of(
                Column.words(first),
                Column.figures(say.get("total")),
                Column.figures(say.get("contributors")),
                Column.words(say.get("years")),
                Column.words(say.get("withheld-by")),
                Column.words(say.get("sources")));
    }

    private Row row(String what, RegionalTotal total) {
        List<SiteTable.Link> sources = new ArrayList<>();
        for (String party : group.parties()) {
            reading.source(party, table)
                    .filter(source -> !total.absent().contains(party))
                    .ifPresent(source -> sources.add(
                            new SiteTable.Link(reading.party(table, party), reading.sourcePath(source.id()))));
        }
        return Row.of(
                Cell.words(what),
                reading.total(total),
                Cell.words(say.number(total.contributors())),
                Cell.words(String.join(", ", total.periods())),
                Cell.words(reading.parties(table, total.withheldBy())),
                new Cell("", sources, ""));
    }

    String id() {
        return id;
    }

    String area(String code) {
        return reading.names().area(structure, code);
    }

    /** Whether figures count people who move, and not people who are there. */
    boolean movement() {
        return List.of("INFLOW", "OUTFLOW").contains(group.concept().indicator());
    }

    /** The undivided totals, by counterpart. */
    SortedMap<String, RegionalTotal> totalsByArea() {
        SortedMap<String, RegionalTotal> totals = new TreeMap<>();
        whole().forEach(total ->
                totals.put(total.key().getOrDefault(counterpart, PublicEdition.whole()), total.total()));
        return totals;
    }

    private List<Profile.Total> whole() {
        return group.totals().stream()
                .filter(total -> Set.of(counterpart).containsAll(total.key().keySet()))
                .sorted(Comparator.comparingDouble((Profile.Total total) -> -size(total.total())))
                .toList();
    }

    /** Totals of all counterparts by sex, by age and by whatever else divides them. */
    private List<SiteTable> breakdowns() {
        Map<String, List<Profile.Total>> byDimension = new TreeMap<>();
        for (Profile.Total total : group.totals()) {
            if (total.key().size() == 1 && !total.key().containsKey(counterpart)) {
                byDimension
                        .computeIfAbsent(total.key().firstKey(), dimension -> new ArrayList<>())
                        .add(total);
            }
        }
        List<SiteTable> tables = new ArrayList<>();
        byDimension.forEach((dimension, totals) -> tables.add(table(
                dimension,
                "breakdown.caption",
                totalColumns(reading.names().component(structure, dimension)),
                totals.stream()
                        .limit(reading.mostRows())
                        .map(total -> row(
                                reading.names()
                                        .code(
                                                structure,
                                                dimension,
                                                total.key().getOrDefault(dimension, PublicEdition.whole())),
                                total.total()))
                        .toList(),
                "bar",
                totals.size())));
        return tables;
    }

    // ---- members' figures ----

    /** A member's line with its source. */
    record Given(Source source, Line line) {}

    /** Lines of this definition that are divided by so many dimensions besides the counterpart. */
    private List<Given> given(int divided) {
        FigureConcept wanted = EditionReading.undated(group.concept());
        List<Given> found = new ArrayList<>();
        for (PublicEdition.MemberFigures one : reading.edition().figures()) {
            if (one.source().table().equals(table)) {
                one.lines().stream()
                        .filter(line -> line.key().size() == divided
                                && EditionReading.undated(line.concept()).equals(wanted))
                        .forEach(line -> found.add(new Given(one.source(), line)));
            }
        }
        return found;
    }

    /** Each member's figures on each counterpart by sex, by age and by whatever else divides them. */
    private List<SiteTable> divided() {
        Map<String, Map<String, SortedMap<String, Given>>> byDimension = new TreeMap<>();
        for (Given one : given(1)) {
            String dimension = one.line().key().firstKey();
            String what = reading.party(table, one.source().party()) + ": "
                    + area(one.line().counterpart());
            byDimension
                    .computeIfAbsent(dimension, d -> new TreeMap<>())
                    .computeIfAbsent(what, w -> new TreeMap<>())
                    .put(one.line().key().getOrDefault(dimension, ""), one);
        }
        List<SiteTable> tables = new ArrayList<>();
        byDimension.forEach((dimension, lines) -> tables.add(divided(dimension, lines)));
        return tables;
    }

    private SiteTable divided(String dimension, Map<String, SortedMap<String, Given>> lines) {
        SortedSet<String> codes = new TreeSet<>();
        lines.values().forEach(line -> codes.addAll(line.keySet()));
        List<Column> columns = new ArrayList<>(List.of(Column.words(say.get("member-and-counterpart"))));
        codes.forEach(code -> columns.add(Column.figures(reading.names().code(structure, dimension, code))));
        List<Row> rows = new ArrayList<>();
        lines.entrySet().stream().limit(reading.mostRows()).forEach(line -> {
            List<Cell> cells = new ArrayList<>(List.of(Cell.words(line.getKey())));
            codes.forEach(code -> cells.add(cell(line.getValue().get(code))));
            rows.add(new Row(cells));
        });
        List<String> notes = rows.size() < lines.size()
                ? List.of(say.get("shortened", say.number(rows.size()), say.number(lines.size())))
                : List.of();
        return new SiteTable(
                id + "-members-" + dimension,
                say.get("divided.caption", reading.names().component(structure, dimension)),
                columns,
                rows,
                "",
                notes);
    }

    private Cell cell(@Nullable Given one) {
        if (one == null) {
            return Cell.empty();
        }
        At at = at(one);
        String mark = yearOf(at.period()) == reading.profile().year() ? "" : " (" + at.period() + ")";
        return reading.figure(
                at.cell().value(), at.cell().status(), one.source().id(), mark);
    }

    /**
     * A member's undivided figure at the period nearest to the profile's year, as in the matrix.
     *
     * @param member its area
     * @param leaves whether people leave the member for the counterpart, and not the other way round
     * @param withheld whether there is a figure that is not shown
     */
    record MemberFigure(
            String member,
            String counterpart,
            boolean leaves,
            @Nullable Double value,
            boolean withheld) {}

    /** One for each member and counterpart. */
    List<MemberFigure> memberFigures() {
        boolean leaves = group.concept().indicator().equals("OUTFLOW")
                && group.concept().basis().equals("NR");
        Map<String, Given> figures = new LinkedHashMap<>();
        for (Given one : given(0)) {
            figures.merge(one.source().party() + " " + one.line().counterpart(), one, this::better);
        }
        return figures.values().stream()
                .map(one -> new MemberFigure(
                        reading.names().areaOf(one.source().party()),
                        one.line().counterpart(),
                        leaves,
                        at(one).cell().value(),
                        EditionReading.isWithheld(at(one).cell().status())))
                .toList();
    }

    private SiteTable matrix() {
        Map<String, SortedMap<String, Given>> byArea = new LinkedHashMap<>();
        SortedSet<String> parties = new TreeSet<>();
        for (Given one : given(0)) {
            byArea.computeIfAbsent(one.line().counterpart(), area -> new TreeMap<>())
                    .merge(one.source().party(), one, this::better);
            parties.add(one.source().party());
        }
        List<Column> columns = new ArrayList<>(List.of(Column.words(say.get("counterpart"))));
        parties.forEach(party -> columns.add(Column.figures(reading.party(table, party))));
        List<Row> rows = byArea.entrySet().stream()
                .sorted(Comparator.comparingDouble(entry -> -sum(entry.getValue())))
                .limit(reading.mostRows())
                .map(entry -> row(entry.getKey(), entry.getValue(), parties))
                .toList();
        return table("matrix", "matrix.caption", columns, rows, "", byArea.size());
    }

    private Given better(Given one, Given other) {
        return at(one).cell().value() == null ? other : one;
    }

    private double sum(SortedMap<String, Given> members) {
        double sum = 0;
        for (Given one : members.values()) {
            Double value = at(one).cell().value();
            sum += value == null ? 0 : value;
        }
        return sum;
    }

    /** The figure at the period nearest to the profile's year. */
    private record At(String period, PublicEdition.Cell cell) {}

    private At at(Given given) {
        int year = reading.profile().year();
        return given.line().cells().entrySet().stream()
                .min(Comparator.comparingInt(
                        (Map.Entry<String, PublicEdition.Cell> entry) -> Math.abs(yearOf(entry.getKey()) - year)))
                .map(entry -> new At(entry.getKey(), entry.getValue()))
                .orElseThrow();
    }

    private static int yearOf(String period) {
        return TimePeriod.parse(period).start().getYear();
    }

    private Row row(String area, SortedMap<String, Given> members, SortedSet<String> parties) {
        List<Cell> cells = new ArrayList<>(List.of(Cell.words(area(area))));
        for (String party : parties) {
            cells.add(cell(members.get(party)));
        }
        return new Row(cells);
    }

    /** Members' overall figures, and those on each other, year by year. */
    private SiteTable overTime() {
        Set<String> areas = new TreeSet<>(List.of(PublicEdition.whole()));
        reading.profile().members().forEach(member -> areas.addAll(member.areas()));
        List<Given> lines = given(0).stream()
                .filter(one -> areas.contains(one.line().counterpart()))
                .filter(one -> one.line().cells().size() > 1)
                .sorted(Comparator.comparing((Given one) -> one.source().party())
                        .thenComparing(one -> one.line().counterpart()))
                .toList();
        SortedSet<String> periods = new TreeSet<>();
        lines.forEach(one -> periods.addAll(one.line().cells().keySet()));
        List<String> shown = periods.stream()
                .skip(Math.max(0, periods.size() - MOST_PERIODS))
                .toList();
        List<Column> columns = new ArrayList<>(List.of(Column.words(say.get("member-and-counterpart"))));
        shown.forEach(period -> columns.add(Column.figures(period)));
        List<Row> rows = new ArrayList<>();
        for (Given one : lines.subList(0, Math.min(lines.size(), reading.mostRows()))) {
            List<Cell> cells = new ArrayList<>(
                    List.of(Cell.words(reading.party(table, one.source().party()) + ": "
                            + area(one.line().counterpart()))));
            for (String period : shown) {
                PublicEdition.Cell cell = one.line().cells().get(period);
                cells.add(
                        cell == null
                                ? Cell.empty()
                                : reading.figure(
                                        cell.value(),
                                        cell.status(),
                                        one.source().id(),
                                        ""));
            }
            rows.add(new Row(cells));
        }
        return table("time", "time.caption", columns, rows, "line", lines.size());
    }

    private SiteTable table(String part, String caption, List<Column> columns, List<Row> rows, String chart, int all) {
        List<String> notes =
                rows.size() < all ? List.of(say.get("shortened", say.number(rows.size()), say.number(all))) : List.of();
        return new SiteTable(
                id + "-" + part, say.get(caption, columns.getFirst().text()), columns, rows, chart, notes);
    }
}
