package org.entente.gateway.releases;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.entente.agreements.DisclosureRule;
import org.entente.agreements.DisclosureRule.By;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
import org.entente.gateway.disclosure.CountTable;
import org.entente.gateway.disclosure.DisclosureControl;
import org.entente.gateway.disclosure.ProtectedTable;
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
    private static final String CONFIDENTIAL = "C";
    private static final String SHARED = "N";
    private static final String PUBLIC = "F";

    private final Structure structure;
    private final CountedFigures figures;
    private final @Nullable String status;
    private final @Nullable String confidentiality;

    private GatewayProtection(Dataset dataset, Structure structure) {
        this.structure = structure;
        this.figures = new CountedFigures(dataset, structure);
        this.status = figures.status();
        this.confidentiality = structure
                .attribute(Attribute.Role.CONFIDENTIALITY_STATUS)
                .map(Attribute::id)
                .orElse(null);
    }

    /**
     * Figures that may leave.
     *
     * @param cube the protected figures with their statuses
     * @param protection what was done
     */
    record Shielded(Cube cube, Protection.ByGateway protection) {}

    /**
     * Protects figures.
     *
     * @param cube the true counts
     * @param rule the strictest of what the law, the legs and the office ask for
     * @param known figures of the same source that are public already
     * @throws EntenteException {@code table-invalid}, {@code protection-unproved}
     */
    static Shielded protect(Cube cube, Dataset dataset, DisclosureRule rule, List<Cube> known) {
        return new GatewayProtection(dataset, cube.structure()).run(cube, rule, known);
    }

    private Shielded run(Cube cube, DisclosureRule rule, List<Cube> known) {
        Specification specification = figures.specification(List.of(cube), rule);
        List<CountTable> tables = new ArrayList<>();
        known.forEach(one -> tables.add(figures.table(one, false)));
        CountTable counts = figures.table(cube, true);
        DisclosureControl control = DisclosureControl.create();
        ProtectedTable result;
        try {
            result = control.protect(counts, specification, tables);
        } catch (CubeException e) {
            throw CountedFigures.invalid(
                    e.problems().stream().limit(SHOWN).map(Problem::toString).collect(Collectors.joining("; ")));
        }
        ProtectedTable.Report report = result.report();
        if (!report.safe()) {
            throw new EntenteException(
                    ErrorCode.PROTECTION_UNPROVED,
                    "Nothing was imported; " + report.beyondHelp().size() + " cells cannot be protected, the first "
                            + String.join(" ", report.beyondHelp().getFirst()) + ".");
        }
        return new Shielded(
                shown(cube, result),
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

    /** The figures as they leave: withheld cells have no value and one status, whatever they are withheld for. */
    private Cube shown(Cube cube, ProtectedTable result) {
        Map<List<String>, ProtectedTable.Cell> cells = new HashMap<>();
        result.cells().forEach(cell -> cells.put(cell.codes(), cell));
        CubeBuilder out = Cube.builder(structure);
        cube.datasetAttributes().forEach(out::datasetAttribute);
        Map<String, String> common = new HashMap<>();
        ObservationCursor cursor = cube.cursor();
        while (cursor.next()) {
            List<String> codes = figures.codes(cursor);
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
                attributes.put(status, CountedFigures.WITHHELD_STATUS);
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
            out.dimension(figures.columns().get(d), codes.get(d));
        }
        attributes.forEach(out::attribute);
        out.value(withheld ? Double.NaN : cell == null ? value : cell.count()).add();
    }
}
