package org.entente.gateway.region.profile;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.entente.gateway.disclosure.Inference;
import org.entente.gateway.region.comparison.FigureConcept;
import org.entente.gateway.region.programme.Programme;
import org.entente.gateway.region.programme.Programme.Publication;
import org.entente.gateway.statistics.Component.Dimension;
import org.entente.gateway.statistics.Structure;
import org.jspecify.annotations.Nullable;

/**
 * The audit of all that a profile would show: every table of it, together with the editions that are published already. It holds if neither
 * the public nor any other member can infer a figure that a member withholds, nor a member's figure that only goes into totals.
 *
 * <p>Known to everybody are the figures of tables published with members' figures, and the totals of the other ones with the names of who
 * withholds and who has no figure. Sums within a member's own table are supposed where the same codes add up elsewhere in the same table.
 * A figure that did not change between editions is one unknown, and everybody is assumed to know that it did not.
 */
final class UnionAudit {
    /** A withheld figure whose possible values lie closer than this is as good as known. */
    private static final double WITHHELD_NEED = 3;

    private final Inference inference = new Inference();
    private final Map<Cell, Integer> numbers = new HashMap<>();
    private final List<Cell> cells = new ArrayList<>();
    private final Set<Cell> shown = new HashSet<>();

    /** An edition as it is or would be shown. */
    record Shown(Profile profile, Programme programme, List<SourceFigures> sources) {}

    /**
     * A member's figure.
     *
     * @param codes of the whole series key
     * @param value as text, so that a figure that was revised is another one; {@code withheld} where it is
     */
    record Cell(String party, FigureConcept concept, List<String> codes, String period, String value) {
        @Override
        public String toString() {
            return party + " " + String.join(".", codes) + " " + period;
        }
    }

    /**
     * What is not safe.
     *
     * @param attacker the member who might infer it; null for anybody
     */
    record Exposure(Cell cell, @Nullable String attacker) {}

    /**
     * A figure with where it stands.
     *
     * @param open whether it stands there for all to read, unless it is withheld
     */
    private record Placed(
            SourceFigures source, Harmonised.Series series, String period, Harmonised.Figure figure, boolean open) {
        boolean known() {
            return open && !Double.isNaN(figure.value());
        }

        Cell cell() {
            return new Cell(
                    source.source().party(),
                    series.concept(),
                    series.codes(),
                    period,
                    Double.isNaN(figure.value()) ? "withheld" : String.valueOf(figure.value()));
        }
    }

    private UnionAudit() {}

    /**
     * Audits.
     *
     * @param editions the one that would be published, and those that are
     */
    static List<Exposure> of(List<Shown> editions) {
        UnionAudit audit = new UnionAudit();
        // Only a figure that goes into a total is looked for among those that stand elsewhere for all to read.
        if (editions.stream()
                .anyMatch(edition -> !tables(edition, Publication.TOTALS).isEmpty())) {
            editions.forEach(audit::see);
        }
        editions.forEach(audit::relate);
        return audit.inference.run().stream()
                .map(one -> new Exposure(audit.cells.get(one.figure()), one.attacker()))
                .toList();
    }

    private static List<Programme.Table> tables(Shown edition, Publication how) {
        return edition.programme.tables().stream()
                .filter(table -> table.publish() == how)
                .toList();
    }

    private static List<SourceFigures> of(Shown edition, Programme.Table table) {
        return edition.sources.stream()
                .filter(source -> source.source().table().equals(table.id()))
                .toList();
    }

    /** Everything that stands there for all to read. */
    private void see(Shown edition) {
        for (Programme.Table table : tables(edition, Publication.MEMBERS)) {
            for (SourceFigures source : of(edition, table)) {
                for (Harmonised.Series series : source.series()) {
                    series.figures().forEach((period, figure) -> {
                        if (!Double.isNaN(figure.value())) {
                            shown.add(new Placed(source, series, period, figure, true).cell());
                        }
                    });
                }
            }
        }
    }

    private void relate(Shown edition) {
        for (Programme.Table table : tables(edition, Publication.MEMBERS)) {
            for (SourceFigures source : of(edition, table)) {
                if (source.source().withheld() == 0) {
                    continue;
                }
                Map<List<Object>, Placed> placed = new LinkedHashMap<>();
                for (Harmonised.Series series : source.series()) {
                    series.figures().forEach((period, figure) -> {
                        if (!figure.missing()) {
                            put(placed, new Placed(source, series, period, figure, true));
                        }
                    });
                }
                within(edition, source, placed);
            }
        }
        for (Programme.Table table : tables(edition, Publication.TOTALS)) {
            totals(edition, table);
        }
    }

    private static void put(Map<List<Object>, Placed> placed, Placed one) {
        placed.put(key(one.series.concept(), one.series.codes(), one.period), one);
    }

    private static List<Object> key(FigureConcept concept, List<String> codes, String period) {
        return List.of(concept, codes, period);
    }

    // ---- totals over members ----

    private void totals(Shown edition, Programme.Table table) {
        Map<List<Object>, Map<String, Placed>> byTotal = new HashMap<>();
        for (SourceFigures source : of(edition, table)) {
            Map<List<Object>, Placed> placed = new LinkedHashMap<>();
            for (Harmonised.Series series : source.series()) {
                RegionalTables.nearest(series.figures(), edition.profile.year(), edition.programme.acceptedYears())
                        .filter(found -> !found.getValue().missing())
                        .ifPresent(found -> {
                            Placed one = new Placed(source, series, found.getKey(), found.getValue(), false);
                            put(placed, one);
                            if (RegionalTables.addsUp(source.cube().structure(), series.codes())) {
                                byTotal.computeIfAbsent(totalKey(source, series), k -> new LinkedHashMap<>())
                                        .merge(
                                                source.source().party(),
                                                one,
                                                (a, b) -> Double.isNaN(a.figure.value()) ? b : a);
                            }
                        });
            }
            within(edition, source, placed);
        }
        edition.profile.tables().stream()
                .filter(result -> result.id().equals(table.id()))
                .flatMap(result -> result.groups().stream())
                .forEach(group -> group.totals()
                        .forEach(total -> total(
                                edition,
                                total,
                                byTotal.getOrDefault(List.of(group.concept(), total.key()), Map.of()))));
    }

    private static List<Object> totalKey(SourceFigures source, Harmonised.Series series) {
        Structure structure = source.cube().structure();
        return List.of(RegionalTables.undated(series.concept()), RegionalTables.named(structure, series.codes()));
    }

    private void total(Shown edition, Profile.Total total, Map<String, Placed> contributions) {
        Double value = total.total().value();
        if (value == null) {
            return;
        }
        List<Placed> in = contributions.values().stream()
                .filter(one -> !Double.isNaN(one.figure.value()))
                .toList();
        sum(edition, in, null, value, total.total().rounding(), true);
    }

    // ---- sums within a member's table ----

    /** Cells that differ in one breakdown alone, and the cell of all of them, where such codes add up elsewhere. */
    private void within(Shown edition, SourceFigures source, Map<List<Object>, Placed> placed) {
        Structure structure = source.cube().structure();
        List<Dimension> dimensions = structure.keyDimensions();
        for (int d = 0; d < dimensions.size(); d++) {
            if (dimensions.get(d).role() == Dimension.Role.BREAKDOWN) {
                within(edition, source, placed, d);
            }
        }
    }

    private void within(Shown edition, SourceFigures source, Map<List<Object>, Placed> placed, int d) {
        Map<List<Object>, List<Placed>> parts = new LinkedHashMap<>();
        for (Placed one : placed.values()) {
            if (!one.series.codes().get(d).equals(Harmonised.TOTAL)) {
                parts.computeIfAbsent(
                                key(one.series.concept(), whole(one.series.codes(), d), one.period),
                                k -> new ArrayList<>())
                        .add(one);
            }
        }
        double off = source.source().rounding();
        Set<SortedSet<String>> add = new HashSet<>();
        parts.forEach((key, some) -> {
            Placed whole = placed.get(key);
            if (whole != null && addsUp(whole, some, off)) {
                add.add(codes(some, d));
            }
        });
        parts.forEach((key, some) -> {
            Placed whole = placed.get(key);
            if (whole != null && add.contains(codes(some, d))) {
                sum(edition, some, whole, 0, off * (some.size() + 1), false);
            }
        });
    }

    private static List<String> whole(List<String> codes, int d) {
        List<String> whole = new ArrayList<>(codes);
        whole.set(d, Harmonised.TOTAL);
        return whole;
    }

    private static boolean addsUp(Placed whole, List<Placed> parts, double off) {
        double sum = parts.stream().mapToDouble(one -> one.figure.value()).sum();
        return parts.size() > 1 && Math.abs(sum - whole.figure.value()) <= off * (parts.size() + 1);
    }

    private static SortedSet<String> codes(List<Placed> parts, int d) {
        SortedSet<String> codes = new TreeSet<>();
        parts.forEach(one -> codes.add(one.series.codes().get(d)));
        return codes;
    }

    /**
     * Adds a sum, if anything in it is not shown.
     *
     * @param whole what the parts come to, itself a figure; null if they come to {@code is}
     */
    private void sum(
            Shown edition, List<Placed> parts, @Nullable Placed whole, double is, double off, boolean certain) {
        List<Integer> of = new ArrayList<>();
        List<Integer> signs = new ArrayList<>();
        double rest = is;
        List<Placed> all = new ArrayList<>(parts);
        if (whole != null) {
            all.add(whole);
        }
        for (int i = 0; i < all.size(); i++) {
            Placed one = all.get(i);
            int sign = i < parts.size() ? 1 : -1;
            if (one.known() || shown.contains(one.cell())) {
                rest -= sign * one.figure.value();
            } else {
                of.add(numbers.computeIfAbsent(one.cell(), cell -> number(edition, cell, one)));
                signs.add(sign);
            }
        }
        if (!of.isEmpty()) {
            inference.sum(
                    of.stream().mapToInt(Integer::intValue).toArray(),
                    signs.stream().mapToInt(Integer::intValue).toArray(),
                    rest,
                    off,
                    certain);
        }
    }

    private int number(Shown edition, Cell cell, Placed one) {
        double value = one.figure.value();
        double need = Double.isNaN(value)
                ? WITHHELD_NEED
                : Math.max(1, Math.ceil(value * edition.programme.dominance() / 100));
        cells.add(Objects.requireNonNull(cell));
        return inference.figure(cell.party(), value, need);
    }
}
