package org.entente.gateway.releases;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.entente.agreements.DisclosureRule;
import org.entente.agreements.DisclosureRule.By;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
import org.entente.gateway.disclosure.Additivity;
import org.entente.gateway.disclosure.CountTable;
import org.entente.gateway.disclosure.Dimension;
import org.entente.gateway.disclosure.DisclosureControl;
import org.entente.gateway.disclosure.Ledger;
import org.entente.gateway.disclosure.ProtectedTable;
import org.entente.gateway.disclosure.Rules;
import org.entente.gateway.disclosure.Specification;
import org.entente.gateway.statistics.Component.Attribute;
import org.entente.gateway.statistics.Cube;
import org.entente.gateway.statistics.CubeBuilder;
import org.entente.gateway.statistics.CubeException;
import org.entente.gateway.statistics.ObservationCursor;
import org.entente.gateway.statistics.Problem;
import org.entente.gateway.statistics.Structure;
import org.jspecify.annotations.Nullable;

/**
 * Protects figures that an office brings unprotected: one pattern over everything that is imported, which holds whatever any leg may ask for,
 * so that each answer is a slice of it. Pure; the same figures give the same pattern.
 */
final class GatewayProtection {

    private static final int SHOWN = 20;
    private static final String WITHHELD_STATUS = "Q";
    private static final String CONFIDENTIAL = "C";
    private static final String SHARED = "N";
    private static final String PUBLIC = "F";

    private final Dataset dataset;
    private final Structure structure;
    private final List<String> columns;
    private final @Nullable String status;
    private final @Nullable String confidentiality;

    private GatewayProtection(Dataset dataset, Structure structure) {
        this.dataset = dataset;
        this.structure = structure;
        this.columns = structure.dimensions().stream().map(d -> d.id()).toList();
        this.status = attribute(Attribute.Role.OBSERVATION_STATUS);
        this.confidentiality = attribute(Attribute.Role.CONFIDENTIALITY_STATUS);
    }

    private @Nullable String attribute(Attribute.Role role) {
        return structure.attribute(role).map(Attribute::id).orElse(null);
    }

    /**
     * Figures that may leave.
     *
     * @param cube the protected figures with their statuses
     * @param protection what was done
     */
    record Shielded(Cube cube, Protection.ByGateway protection) {}

    /**
     * A release of the same dataset that is out.
     *
     * @param name how it is called in verdicts
     * @param truth what it was protected from; null if an office has protected it, or it is public
     * @param shown what it shows
     */
    record Out(String name, @Nullable Cube truth, Cube shown) {}

    /**
     * Protects figures.
     *
     * @param cube the true counts
     * @param rule the strictest of what the law, the legs and the office ask for
     * @param known figures of the same source that are public already
     * @param out releases of the same dataset that are out already
     * @param revision how much the figures may differ from those, as the office declares
     * @throws EntenteException {@code table-invalid}, {@code protection-unproved}; {@code edition-unsafe} if it would reveal something
     *     together with what is out
     */
    static Shielded protect(
            Cube cube,
            Dataset dataset,
            DisclosureRule rule,
            List<Cube> known,
            List<Out> out,
            Ledger.Revision revision) {
        return new GatewayProtection(dataset, cube.structure()).run(cube, rule, known, out, revision);
    }

    private Shielded run(Cube cube, DisclosureRule rule, List<Cube> known, List<Out> out, Ledger.Revision revision) {
        Specification specification = specification(List.of(cube), rule);
        List<CountTable> tables = new ArrayList<>();
        known.forEach(one -> tables.add(table(one, false)));
        CountTable counts = table(cube, true);
        DisclosureControl control = DisclosureControl.create();
        ProtectedTable result;
        try {
            result = control.protect(counts, specification, tables);
        } catch (CubeException e) {
            throw invalid(
                    e.problems().stream().limit(SHOWN).map(Problem::toString).collect(Collectors.joining("; ")));
        }
        ProtectedTable.Report report = result.report();
        if (!report.safe()) {
            throw new EntenteException(
                    ErrorCode.PROTECTION_UNPROVED,
                    "Nothing was imported; " + report.beyondHelp().size() + " cells cannot be protected, the first "
                            + String.join(" ", report.beyondHelp().getFirst()) + ".");
        }
        Cube shown = shown(cube, result);
        if (!out.isEmpty() && specification.method().kind() == Specification.Method.Kind.SUPPRESS) {
            requireSafeWith(cube, shown, rule, out, revision);
        }
        return new Shielded(
                shown,
                new Protection.ByGateway(
                        AppliedRule.of(specification, By.GATEWAY),
                        report.solver(),
                        report.cells(),
                        report.withheld(),
                        report.alreadyPublic().size(),
                        known.size(),
                        forHolders(control, counts, specification, tables, report)));
    }

    /** What is withheld only because of what consumers hold themselves; null where none does. */
    private static Protection.@Nullable RegisterCost forHolders(
            DisclosureControl control,
            CountTable counts,
            Specification specification,
            List<CountTable> known,
            ProtectedTable.Report report) {
        if (specification.holders().isEmpty() || specification.method().kind() != Specification.Method.Kind.SUPPRESS) {
            return null;
        }
        ProtectedTable.Report without =
                control.protect(counts, specification.against(List.of()), known).report();
        return new Protection.RegisterCost(
                report.withheld() - without.withheld(), report.peopleWithheld() - without.peopleWithheld());
    }

    /** Holds the new release together with everything that is out about the same source. */
    private void requireSafeWith(Cube truth, Cube shown, DisclosureRule rule, List<Out> out, Ledger.Revision revision) {
        List<Cube> all = new ArrayList<>();
        out.forEach(one -> all.add(one.truth() == null ? one.shown() : one.truth()));
        all.add(truth);
        Specification specification = specification(all, rule);
        Ledger.Verdict verdict;
        try {
            Ledger.Release judged = ledgered("this release", shown, truth);
            List<Ledger.Release> earlier = out.stream()
                    .map(one -> one.truth() == null
                            ? Ledger.Release.ofOffice(one.name(), asSeen(one.shown()), judged, specification)
                            : ledgered(one.name(), one.shown(), one.truth()))
                    .toList();
            verdict = Ledger.of(specification, earlier).judge(judged, revision);
        } catch (CubeException e) {
            throw invalid("together with what is out already, " + e.getMessage());
        }
        if (!verdict.safe()) {
            throw new EntenteException(
                    ErrorCode.EDITION_UNSAFE,
                    String.join(" ", verdict.explanation()),
                    Map.of("repair", verdict.repair(), "repairable", verdict.repairable()));
        }
    }

    /** Editions with the same figures are one edition. */
    private Ledger.Release ledgered(String name, Cube shown, Cube truth) {
        Set<List<String>> withheld = new HashSet<>();
        ObservationCursor cursor = shown.cursor();
        while (cursor.next()) {
            if (Double.isNaN(cursor.value()) && WITHHELD_STATUS.equals(text(cursor, status))) {
                withheld.add(codes(cursor));
            }
        }
        return new Ledger.Release(name, ReleaseTable.base64(truth.digest()), table(truth, false), withheld);
    }

    private static EntenteException invalid(String what) {
        return new EntenteException(ErrorCode.TABLE_INVALID, "The figures cannot be protected: " + what);
    }

    private Specification specification(List<Cube> cubes, DisclosureRule rule) {
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
    private CountTable table(Cube cube, boolean strict) {
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
    private CountTable asSeen(Cube cube) {
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

    private List<String> codes(ObservationCursor cursor) {
        List<String> codes = new ArrayList<>(columns.size());
        for (int d = 0; d < columns.size(); d++) {
            codes.add(cursor.dimensionText(d));
        }
        return codes;
    }

    private String text(ObservationCursor cursor, @Nullable String attribute) {
        return attribute == null ? "" : cursor.attributeText(structure.attributePosition(attribute));
    }

    /** The figures as they leave: withheld cells have no value and one status, whatever they are withheld for. */
    private Cube shown(Cube cube, ProtectedTable result) {
        Map<List<String>, ProtectedTable.Cell> cells = new HashMap<>();
        result.cells().forEach(cell -> cells.put(cell.codes(), cell));
        CubeBuilder out = Cube.builder(structure);
        cube.datasetAttributes().forEach(out::datasetAttribute);
        Map<String, String> common = new HashMap<>();
        ObservationCursor cursor = cube.cursor();
        while (cursor.next()) {
            List<String> codes = codes(cursor);
            ProtectedTable.Cell cell = cells.remove(codes);
            Map<String, String> attributes = attributes(cursor);
            if (common.isEmpty()) {
                common.putAll(attributes);
            } else {
                common.entrySet().removeIf(one -> !one.getValue().equals(attributes.get(one.getKey())));
            }
            add(out, codes, attributes, cell, cursor.value());
        }
        // Cells that the file left out because nobody is in them follow if they are withheld.
        cells.values().stream()
                .filter(ProtectedTable.Cell::withheld)
                .forEach(cell -> add(out, cell.codes(), new HashMap<>(common), cell, Double.NaN));
        return out.build();
    }

    private Map<String, String> attributes(ObservationCursor cursor) {
        Map<String, String> attributes = new HashMap<>();
        List<Attribute> all = structure.attributes();
        for (int a = 0; a < all.size(); a++) {
            if (all.get(a).level() != Attribute.Level.DATASET
                    && !cursor.attributeText(a).isEmpty()) {
                attributes.put(all.get(a).id(), cursor.attributeText(a));
            }
        }
        return attributes;
    }

    private void add(
            CubeBuilder out,
            List<String> codes,
            Map<String, String> attributes,
            ProtectedTable.@Nullable Cell cell,
            double value) {
        boolean withheld = cell != null && cell.withheld();
        if (cell != null && status != null) {
            if (withheld) {
                attributes.put(status, WITHHELD_STATUS);
            } else {
                attributes.putIfAbsent(status, "A");
            }
        }
        if (cell != null && confidentiality != null) {
            if (withheld) {
                attributes.put(confidentiality, CONFIDENTIAL);
            } else {
                attributes.putIfAbsent(confidentiality, cell.known() ? PUBLIC : SHARED);
            }
        }
        for (int d = 0; d < codes.size(); d++) {
            out.dimension(columns.get(d), codes.get(d));
        }
        attributes.forEach(out::attribute);
        out.value(withheld ? Double.NaN : cell == null ? value : cell.count()).add();
    }
}
