package org.entente.gateway.region.site;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.entente.gateway.region.comparison.FigureConcept;
import org.entente.gateway.region.comparison.RegionalTotal;
import org.entente.gateway.region.profile.Profile;
import org.entente.gateway.region.profile.PublicEdition;
import org.entente.gateway.region.profile.Source;
import org.entente.gateway.region.programme.Programme;
import org.entente.gateway.statistics.Component.Dimension;
import org.entente.gateway.statistics.Structure;
import org.jspecify.annotations.Nullable;

/**
 * A published edition with what it takes to put it into a reader's words.
 *
 * @param structures the structure of a table's figures, by the table's id
 * @param mostRows how many rows of a table are shown
 */
record EditionReading(
        PublicEdition edition,
        Programme programme,
        Function<String, Structure> structures,
        Names names,
        Reader reader,
        int mostRows) {
    /** Most rows of a table that a page shows; the files hold all. */
    static final int MOST_ROWS = 300;

    /** The same with all rows of every table. */
    EditionReading inFull() {
        return new EditionReading(edition, programme, structures, names, reader, Integer.MAX_VALUE);
    }

    SiteTexts say() {
        return reader.say();
    }

    Profile profile() {
        return edition.profile();
    }

    String title() {
        return Programme.in(profile().title(), say().language());
    }

    String tableTitle(String table) {
        return Programme.in(programme.table(table).title(), say().language());
    }

    /** The permanent address of the edition. */
    String path() {
        return "/profiles/" + edition.edition().programme() + "/"
                + edition.edition().edition();
    }

    String sourcePath(String source) {
        return reader.at(path() + "/sources/" + source);
    }

    /** The dimension of a table's counterparts; empty if it has none. */
    String counterpart(String table) {
        return structures
                .apply(table)
                .dimension(Dimension.Role.COUNTERPART_AREA)
                .map(Dimension::id)
                .orElse("");
    }

    Optional<Source> source(String party, String table) {
        return profile().sources().stream()
                .filter(source -> source.party().equals(party) && source.table().equals(table))
                .findFirst();
    }

    String party(String table, String party) {
        return names.party(structures.apply(table), party);
    }

    String parties(String table, List<String> parties) {
        return String.join(
                ", ", parties.stream().map(party -> party(table, party)).toList());
    }

    /** A member's figure, leading to its source. */
    SiteTable.Cell figure(@Nullable Double value, String status, String source, String mark) {
        String text = value == null ? say().get(isWithheld(status) ? "withheld" : "no-figure") : say().number(value);
        return new SiteTable.Cell(
                "", List.of(new SiteTable.Link(text + mark, sourcePath(source))), value == null ? "" : plain(value));
    }

    /** Whether a figure exists and is not given, by its observation status. */
    static boolean isWithheld(String status) {
        return status.equals("Q") || status.equals("S");
    }

    /** A number as programs write it. */
    static String plain(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? String.valueOf((long) value)
                : String.valueOf(value);
    }

    /** A regional total. */
    SiteTable.Cell total(RegionalTotal total) {
        Double value = total.value();
        if (value == null) {
            return SiteTable.Cell.words(say().get("total.NOT_SHOWN"));
        }
        String text = total.kind() == RegionalTotal.Kind.AT_LEAST
                ? say().get("total.AT_LEAST", say().number(value))
                : say().number(value);
        String off = total.rounding() > 0 ? " ± " + say().number(total.rounding()) : "";
        return new SiteTable.Cell(text + off, List.of(), plain(value));
    }

    /** The definition without the day of the year, by which figures share a group. */
    static FigureConcept undated(FigureConcept concept) {
        return new FigureConcept(
                concept.indicator(),
                concept.basis(),
                concept.unit(),
                concept.residenceRule(),
                concept.referenceDateType(),
                "");
    }
}
