package org.entente.gateway.region.site;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.entente.gateway.region.comparison.Asymmetry;
import org.entente.gateway.region.comparison.Comparison;
import org.entente.gateway.region.comparison.Corridor;
import org.entente.gateway.region.comparison.NationalPair;
import org.entente.gateway.region.comparison.ReconciliationMethod;
import org.entente.gateway.region.comparison.Relation;
import org.entente.gateway.region.comparison.SideFigure;
import org.entente.gateway.region.profile.Reconciled;
import org.entente.gateway.region.profile.Source;
import org.entente.gateway.region.site.SiteTable.Cell;
import org.entente.gateway.region.site.SiteTable.Column;
import org.entente.gateway.region.site.SiteTable.Row;
import org.jspecify.annotations.Nullable;

/** The parts of a page in which two figures stand side by side: of two states, or of two sources of one state. Neither is corrected; what is made of both by consent stands by itself. */
final class PairSections {
    /** Where the reconciled figure stands: after both sides. */
    private static final int RECONCILED = 6;

    private final EditionReading reading;
    private final SiteTexts say;

    PairSections(EditionReading reading) {
        this.reading = reading;
        this.say = reading.say();
    }

    /**
     * Pairs of figures of two states on the same people.
     *
     * @param text key of the title and, with {@code .about}, of what stands above the table
     */
    Section corridors(List<Corridor> corridors, String text) {
        List<Row> rows =
                corridors.stream().limit(reading.mostRows()).map(this::row).toList();
        List<String> about = new ArrayList<>(List.of(say.get(text + ".about")));
        if (rows.isEmpty()) {
            about.add(say.get("corridors.none"));
        }
        List<Column> columns = columns(
                List.of(Column.words(say.get("corridor")), Column.words(say.get("year"))),
                List.of("by-origin", "definition-origin", "by-destination", "definition-destination"));
        if (reconciles()) {
            columns.add(RECONCILED, Column.words(say.get("reconciled.column")));
        }
        return new Section(
                "corridors",
                2,
                say.get(text),
                about,
                table("corridors-table", "corridors.caption", columns, rows, corridors.size())
                        .ifAny());
    }

    /**
     * Pairs of figures of one state from two of its own sources that are defined alike; nothing if there is none. Where the definitions
     * differ, the figures stand apart, as any others do.
     */
    Optional<Section> national() {
        List<NationalPair> pairs = reading.profile().national().stream()
                .filter(pair -> pair.relation() == Relation.SAME)
                .toList();
        if (pairs.isEmpty()) {
            return Optional.empty();
        }
        List<Row> rows = pairs.stream().limit(reading.mostRows()).map(this::row).toList();
        List<Column> columns = columns(
                List.of(Column.words(say.get("member-and-counterpart")), Column.words(say.get("year"))),
                List.of("by-one", "definition-one", "by-other", "definition-other"));
        return Optional.of(new Section(
                "national",
                2,
                say.get("national"),
                List.of(say.get("national.about")),
                List.of(table("national-table", "national.caption", columns, rows, pairs.size()))));
    }

    private SiteTable table(String id, String caption, List<Column> columns, List<Row> rows, int all) {
        List<String> notes =
                rows.size() < all ? List.of(say.get("shortened", say.number(rows.size()), say.number(all))) : List.of();
        return new SiteTable(id, say.get(caption), columns, rows, "bar", notes);
    }

    private List<Column> columns(List<Column> first, List<String> sides) {
        List<Column> columns = new ArrayList<>(first);
        columns.add(Column.figures(say.get(sides.get(0))));
        columns.add(Column.words(say.get(sides.get(1))));
        columns.add(Column.figures(say.get(sides.get(2))));
        columns.add(Column.words(say.get(sides.get(3))));
        columns.add(Column.figures(say.get("difference")));
        columns.add(Column.figures(say.get("ratio")));
        columns.add(Column.figures(say.get("asymmetry")));
        columns.add(Column.words(say.get("reasons")));
        return columns;
    }

    private boolean reconciles() {
        return !reading.profile().reconciled().isEmpty();
    }

    /** The reconciled figure of a pair in a column of its own; the chart shows what states count and not this. */
    private Cell reconciled(Corridor corridor) {
        return reading.profile().reconciled().stream()
                .filter(one -> one.isOf(corridor))
                .findFirst()
                .map(one -> one.value() == null
                        ? Cell.words(String.valueOf(one.reason()))
                        : new Cell(
                                say.number(one.value()), List.of(new SiteTable.Link(one.method(), "#reconciled")), ""))
                .orElse(Cell.empty());
    }

    /** Pairs that the programme has a rule of reconciliation for, with method, both figures and the consents; nothing without a rule. */
    Optional<Section> reconciliation() {
        if (!reconciles()) {
            return Optional.empty();
        }
        List<Row> rows = reading.profile().reconciled().stream()
                .limit(reading.mostRows())
                .map(this::row)
                .toList();
        List<Column> columns = List.of(
                Column.words(say.get("corridor")),
                Column.words(say.get("year")),
                Column.words(say.get("reconciled.method")),
                Column.figures(say.get("by-origin")),
                Column.figures(say.get("by-destination")),
                Column.figures(say.get("reconciled.column")),
                Column.words(say.get("reconciled.consents")),
                Column.words(say.get("reasons")));
        int all = reading.profile().reconciled().size();
        List<String> notes = new ArrayList<>();
        if (rows.size() < all) {
            notes.add(say.get("shortened", say.number(rows.size()), say.number(all)));
        }
        return Optional.of(new Section(
                "reconciled",
                2,
                say.get("reconciled"),
                List.of(say.get("reconciled.about")),
                List.of(new SiteTable("reconciled-table", say.get("reconciled.caption"), columns, rows, "", notes))));
    }

    private Row row(Reconciled one) {
        Double value = one.value();
        return Row.of(
                Cell.words(reading.party(one.table(), one.origin().party()) + " → "
                        + reading.party(one.table(), one.destination().party())),
                Cell.words(one.period()),
                Cell.words(one.method() + ": "
                        + say.get("reconciled."
                                + ReconciliationMethod.find(one.method())
                                        .orElseThrow()
                                        .name())),
                input(one.origin()),
                input(one.destination()),
                value == null ? Cell.empty() : new Cell(say.number(value), List.of(), EditionReading.plain(value)),
                new Cell("", one.consents().stream().map(this::consent).toList(), ""),
                Cell.words(one.reason() == null ? one.note() : one.reason() + " " + one.note()));
    }

    private Cell input(Reconciled.Input input) {
        return reading.figure(input.value(), "", input.source(), "");
    }

    private SiteTable.Link consent(Reconciled.Consent consent) {
        String given = say.get(
                "reconciled.consent",
                consent.party(),
                consent.at().substring(0, 10),
                String.valueOf(consent.journal()));
        String withdrawn = consent.withdrawn();
        return new SiteTable.Link(
                withdrawn == null ? given : given + ", " + say.get("reconciled.withdrawn", withdrawn.substring(0, 10)),
                reading.path() + "/consents/"
                        + consent.act().substring(consent.act().lastIndexOf(':') + 1));
    }

    private Row row(Corridor corridor) {
        String table = table(corridor.originSide());
        List<Cell> cells = new ArrayList<>();
        cells.add(Cell.words(
                reading.party(table, corridor.origin()) + " → " + reading.party(table, corridor.destination())));
        cells.add(Cell.words(corridor.period()));
        sides(corridor.originSide(), corridor.destinationSide(), corridor.asymmetry(), corridor.reasons(), cells);
        if (reconciles()) {
            cells.add(RECONCILED, reconciled(corridor));
        }
        return new Row(cells);
    }

    private Row row(NationalPair pair) {
        String table = table(pair.one());
        List<Cell> cells = new ArrayList<>();
        cells.add(Cell.words(reading.party(table, pair.party()) + ": " + reading.party(table, pair.counterpart())));
        cells.add(Cell.words(pair.period()));
        sides(pair.one(), pair.other(), pair.asymmetry(), pair.reasons(), cells);
        return new Row(cells);
    }

    private void sides(
            SideFigure one,
            SideFigure other,
            @Nullable Asymmetry asymmetry,
            List<Comparison.Reason> reasons,
            List<Cell> cells) {
        Double ratio = asymmetry == null ? null : asymmetry.ratio();
        cells.add(figure(one));
        cells.add(Cell.words(definition(one)));
        cells.add(figure(other));
        cells.add(Cell.words(definition(other)));
        cells.add(Cell.words(asymmetry == null ? "" : say.number(asymmetry.difference())));
        cells.add(Cell.words(ratio == null ? "" : say.number(rounded(ratio))));
        cells.add(Cell.words(
                asymmetry == null
                        ? ""
                        : say.number(rounded(asymmetry.relative())) + " " + say.get("grade." + asymmetry.grade())));
        cells.add(Cell.words(reasons.stream().map(Comparison.Reason::sentence).collect(Collectors.joining(" "))));
    }

    private static double rounded(double value) {
        return Math.round(value * 1000) / 1000.0;
    }

    private Cell figure(SideFigure side) {
        return reading.figure(side.value(), side.status(), side.source(), "");
    }

    private String definition(SideFigure side) {
        String words = reading.names().concept(reading.structures().apply(table(side)), side.concept());
        return side.organisation().isEmpty() ? words : words + ". " + side.organisation();
    }

    private String table(SideFigure side) {
        return reading.edition().source(side.source()).map(Source::table).orElseThrow();
    }
}
