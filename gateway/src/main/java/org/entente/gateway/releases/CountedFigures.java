package org.entente.gateway.releases;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.entente.agreements.DisclosureRule;
import org.entente.crypto.Base64Url;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
import org.entente.gateway.disclosure.Additivity;
import org.entente.gateway.disclosure.CountTable;
import org.entente.gateway.disclosure.Dimension;
import org.entente.gateway.disclosure.Ledger;
import org.entente.gateway.disclosure.Rules;
import org.entente.gateway.disclosure.Specification;
import org.entente.gateway.statistics.Component.Attribute;
import org.entente.gateway.statistics.Cube;
import org.entente.gateway.statistics.ObservationCursor;
import org.entente.gateway.statistics.Structure;
import org.jspecify.annotations.Nullable;

/** A dataset's figures as disclosure control takes them: counts by code, with the sums that the dataset promises. Pure. */
final class CountedFigures {
    /** OBS_STATUS of a cell that is withheld. */
    static final String WITHHELD_STATUS = "Q";

    /** COLL_SOURCE of a sample survey, and OBS_STATUS of an estimate with too few behind it. */
    private static final String SURVEY = "SURVEY";

    private static final String UNRELIABLE = "U";

    private final Dataset dataset;
    private final Structure structure;
    private final List<String> columns;
    private final @Nullable String status;

    CountedFigures(Dataset dataset, Structure structure) {
        this.dataset = dataset;
        this.structure = structure;
        this.columns = structure.dimensions().stream().map(d -> d.id()).toList();
        this.status = structure
                .attribute(Attribute.Role.OBSERVATION_STATUS)
                .map(Attribute::id)
                .orElse(null);
    }

    /** The dimensions, which are the columns of its tables. */
    List<String> columns() {
        return columns;
    }

    /** Id of the attribute that says why a figure is missing; null if the structure has none. */
    @Nullable
    String status() {
        return status;
    }

    static EntenteException invalid(String what) {
        return new EntenteException(ErrorCode.TABLE_INVALID, "The figures cannot be protected: " + what);
    }

    /**
     * Whether figures are estimates from a sample: some say so by their kind of source, or are of low reliability.
     *
     * @param reliability whether low reliability counts as a sign of it
     */
    static boolean estimated(Cube cube, boolean reliability) {
        Structure structure = cube.structure();
        Attribute source = structure.attribute(Attribute.Role.COLLECTION_SOURCE).orElse(null);
        Attribute status =
                structure.attribute(Attribute.Role.OBSERVATION_STATUS).orElse(null);
        if (source != null && SURVEY.equals(cube.datasetAttributes().get(source.id()))) {
            return true;
        }
        ObservationCursor cursor = cube.cursor();
        while (cursor.next()) {
            boolean sampled =
                    source != null && SURVEY.equals(cursor.attributeText(structure.attributePosition(source.id())));
            boolean doubtful = reliability
                    && status != null
                    && UNRELIABLE.equals(cursor.attributeText(structure.attributePosition(status.id())));
            if (sampled || doubtful) {
                return true;
            }
        }
        return false;
    }

    /** How the figures are read and protected: the promised sums over the codes of these cubes. */
    Specification specification(List<Cube> cubes, DisclosureRule rule) {
        Rules.Zeros zeros = rule.zeros() == DisclosureRule.Zeros.PROTECTED ? Rules.Zeros.PROTECTED : Rules.Zeros.SHOWN;
        Integer threshold = rule.threshold();
        Integer width = rule.width();
        Integer base = rule.roundingBase();
        Specification.Method method = switch (rule.method()) {
            case SMALL_COUNT_ROUNDING ->
                new Specification.Method(Specification.Method.Kind.ROUND_SMALL_COUNTS, base == null ? 5 : base);
            case CONVENTIONAL_ROUNDING ->
                new Specification.Method(Specification.Method.Kind.ROUND, base == null ? 10 : base);
            case SUPPRESSION, NONE, CELL_KEY -> Specification.Method.SUPPRESS;
        };
        List<Dimension> dimensions = new ArrayList<>();
        columns.forEach(column -> dimensions.add(dimension(cubes, column)));
        return new Specification(
                        dimensions,
                        structure.measure().id(),
                        List.of(),
                        new Rules(threshold == null ? 1 : threshold, zeros, width == null ? 1 : width, true, 0, false),
                        dataset.absent() == AbsentCells.ZERO ? Specification.Absent.ZERO : Specification.Absent.UNKNOWN,
                        method,
                        List.of(),
                        "")
                .against(ConsumerRegisters.holders(rule.consumerKnows()));
    }

    /** The promised sums; of a total without named parts all other codes are. */
    private Dimension dimension(List<Cube> cubes, String column) {
        SortedSet<String> codes = new TreeSet<>();
        cubes.forEach(cube -> codes.addAll(cube.codes(column)));
        List<Dimension.Sum> sums = new ArrayList<>();
        Set<String> alone = new TreeSet<>(codes);
        for (SumRule rule : dataset.sums()) {
            List<String> parts = new ArrayList<>(rule.parts() == null ? codes : rule.parts());
            parts.remove(rule.total());
            if (!rule.dimension().equals(column) || !codes.contains(rule.total()) || parts.isEmpty()) {
                continue;
            }
            sums.add(new Dimension.Sum(rule.total(), parts, additivity(rule)));
            alone.remove(rule.total());
            parts.forEach(alone::remove);
        }
        return sums.isEmpty() ? Dimension.untied(column) : new Dimension(column, sums, null, Additivity.EXACT, alone);
    }

    /** A total that need not be its parts' sum may hold more than they do: what is left could be computed and is protected too. */
    private static Additivity additivity(SumRule rule) {
        return switch (rule.additivity()) {
            case EXACT -> Additivity.EXACT;
            case TOLERANCE -> Additivity.within((long) Math.ceil(rule.allowed()));
            case NOT_ADDITIVE -> Additivity.REMAINDER;
        };
    }

    /** The counts; cells without one (not collected, cannot exist) are no cells of the table. */
    CountTable table(Cube cube, boolean strict) {
        List<CountTable.Row> rows = new ArrayList<>();
        ObservationCursor cursor = cube.cursor();
        for (long line = 2; cursor.next(); line++) {
            double value = cursor.value();
            List<String> codes = codes(cursor);
            if (Double.isNaN(value)) {
                if (strict && WITHHELD_STATUS.equals(text(cursor, status))) {
                    throw invalid("the cell " + String.join(" ", codes)
                            + " is withheld already; what the office has protected is imported as BY_OFFICE.");
                }
                continue;
            }
            if (value < 0 || value != Math.rint(value) || value > 1e15) {
                throw invalid("the cell " + String.join(" ", codes) + " holds " + value
                        + ", which is no count; only counts of people are protected here.");
            }
            rows.add(new CountTable.Row(codes, (long) value, line));
        }
        return new CountTable(columns, rows);
    }

    /** What a release shows; withheld cells stay without a count, and figures that are no counts of people are left out. */
    CountTable asSeen(Cube cube) {
        List<CountTable.Row> rows = new ArrayList<>();
        ObservationCursor cursor = cube.cursor();
        for (long line = 2; cursor.next(); line++) {
            double value = cursor.value();
            boolean withheld = Double.isNaN(value) && WITHHELD_STATUS.equals(text(cursor, status));
            if (withheld || (value >= 0 && value == Math.rint(value) && value <= 1e15)) {
                rows.add(new CountTable.Row(codes(cursor), withheld ? CountTable.WITHHELD : (long) value, line));
            }
        }
        return new CountTable(columns, rows);
    }

    List<String> codes(ObservationCursor cursor) {
        List<String> codes = new ArrayList<>(columns.size());
        for (int d = 0; d < columns.size(); d++) {
            codes.add(cursor.dimensionText(d));
        }
        return codes;
    }

    String text(ObservationCursor cursor, @Nullable String attribute) {
        return attribute == null ? "" : cursor.attributeText(structure.attributePosition(attribute));
    }

    /** What is shown of true figures, as a release of the ledger. Editions with the same figures are one edition. */
    Ledger.Release release(String name, Cube shown, Cube truth) {
        Set<List<String>> withheld = new HashSet<>();
        ObservationCursor cursor = shown.cursor();
        while (cursor.next()) {
            if (Double.isNaN(cursor.value()) && WITHHELD_STATUS.equals(text(cursor, status))) {
                withheld.add(codes(cursor));
            }
        }
        return new Ledger.Release(name, Base64Url.encode(truth.digest()), table(truth, false), withheld);
    }
}
