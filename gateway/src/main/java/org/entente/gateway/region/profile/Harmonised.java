package org.entente.gateway.region.profile;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.entente.gateway.region.comparison.FigureConcept;
import org.entente.gateway.region.programme.Programme.HarmonisationRule;
import org.entente.gateway.statistics.Component.Attribute;
import org.entente.gateway.statistics.Component.Dimension;
import org.entente.gateway.statistics.Cube;
import org.entente.gateway.statistics.ObservationCursor;
import org.entente.gateway.statistics.Structure;
import org.jspecify.annotations.Nullable;

/**
 * A member's answer as series, with the declared rules applied: a code that a rule names is taken for another. Where a rule makes one code
 * of several, their figures are added up if all of them are there; a figure that the member itself gives under the code goes first. What a
 * rule does not name stays as it is.
 */
final class Harmonised {
    /** The code for everything, by convention of the SDMX code lists. */
    static final String TOTAL = "_T";

    private final Structure structure;
    private final List<Dimension> keys;
    private final int time;
    private final int status;
    private final Function<ObservationCursor, FigureConcept> concepts;
    private final Map<String, List<HarmonisationRule>> byComponent = new HashMap<>();
    private final Map<List<Object>, Series> series = new LinkedHashMap<>();
    private final Map<List<Object>, Sum> sums = new LinkedHashMap<>();

    /** Figures of one key, by period. */
    record Series(
            List<String> codes, FigureConcept concept, SortedSet<String> rules, SortedMap<String, Figure> figures) {}

    /**
     * A figure.
     *
     * @param value NaN if it is withheld or missing
     * @param status code of its observation status
     */
    record Figure(double value, String status) {
        boolean withheld() {
            return Double.isNaN(value) && WITHHELD.contains(status);
        }

        boolean missing() {
            return Double.isNaN(value) && !WITHHELD.contains(status);
        }
    }

    /** Suppressed, and suppressed by a receiving agency. */
    private static final Set<String> WITHHELD = Set.of("Q", "S");

    /** What becomes one figure of several. */
    private static final class Sum {
        private final int wanted;
        private final SortedSet<String> rules;
        private final SortedMap<String, List<Figure>> parts = new TreeMap<>();

        private Sum(int wanted, SortedSet<String> rules) {
            this.wanted = wanted;
            this.rules = rules;
        }
    }

    private Harmonised(Structure structure, List<HarmonisationRule> rules) {
        this.structure = structure;
        this.keys = structure.keyDimensions();
        this.time = structure.timePosition();
        this.status = structure.position(Attribute.Role.OBSERVATION_STATUS);
        this.concepts = FigureConcept.reader(structure);
        rules.forEach(rule -> byComponent
                .computeIfAbsent(rule.component(), c -> new ArrayList<>())
                .add(rule));
    }

    /** All series of an answer. Codes stand in the order of the structure's key dimensions. */
    static List<Series> read(Cube cube, List<HarmonisationRule> rules) {
        Harmonised reading = new Harmonised(cube.structure(), rules);
        ObservationCursor cursor = cube.cursor();
        Series current = null;
        Sum sum = null;
        while (cursor.next()) {
            if (cursor.firstOfSeries()) {
                Key key = reading.key(cursor);
                boolean added = key.parts > 1;
                current = added ? null : reading.own(key);
                sum = added ? reading.sum(key) : null;
            }
            Figure figure = new Figure(cursor.value(), reading.status < 0 ? "" : cursor.attributeText(reading.status));
            String period = cursor.dimensionText(reading.time);
            if (current != null) {
                current.figures.put(period, figure);
            } else if (sum != null) {
                sum.parts.computeIfAbsent(period, p -> new ArrayList<>()).add(figure);
            }
        }
        reading.addUp();
        return List.copyOf(reading.series.values());
    }

    /**
     * A key with what the rules have made of it.
     *
     * @param parts how many reported series become this one; 1 where nothing is added up
     */
    private record Key(List<String> codes, FigureConcept concept, SortedSet<String> rules, int parts) {
        List<Object> identity() {
            return List.of(codes, concept);
        }
    }

    private Key key(ObservationCursor cursor) {
        String[] codes = new String[keys.size()];
        SortedSet<String> applied = new TreeSet<>();
        int parts = 1;
        for (int d = 0; d < codes.length; d++) {
            String code = cursor.dimensionText(d);
            codes[d] = code;
            for (HarmonisationRule rule : byComponent.getOrDefault(keys.get(d).id(), List.of())) {
                String target = rule.codes().get(code);
                if (target != null) {
                    codes[d] = target;
                    applied.add(rule.id());
                    parts *= (int) rule.codes().values().stream()
                            .filter(target::equals)
                            .count();
                    break;
                }
            }
        }
        return new Key(List.of(codes), concept(concepts.apply(cursor), codes, applied), applied, parts);
    }

    private FigureConcept concept(FigureConcept reported, String[] codes, SortedSet<String> applied) {
        return new FigureConcept(
                code(Dimension.Role.INDICATOR, codes, reported.indicator()),
                code(Dimension.Role.COUNTERPART_BASIS, codes, reported.basis()),
                code(Dimension.Role.UNIT, codes, reported.unit()),
                attribute(Attribute.Role.RESIDENCE_RULE, reported.residenceRule(), applied),
                attribute(Attribute.Role.REFERENCE_DATE_TYPE, reported.referenceDateType(), applied),
                attribute(Attribute.Role.REFERENCE_DATE, reported.referenceDate(), applied));
    }

    private String code(Dimension.Role role, String[] codes, String otherwise) {
        int position = structure.position(role);
        return position < 0 ? otherwise : codes[position];
    }

    private String attribute(Attribute.Role role, String reported, SortedSet<String> applied) {
        String id = structure.attribute(role).map(Attribute::id).orElse("");
        for (HarmonisationRule rule : byComponent.getOrDefault(id, List.of())) {
            String target = rule.codes().get(reported);
            if (target != null) {
                applied.add(rule.id());
                return target;
            }
        }
        return reported;
    }

    private Series own(Key key) {
        return series.computeIfAbsent(
                key.identity(), k -> new Series(key.codes, key.concept, key.rules, new TreeMap<>()));
    }

    private Sum sum(Key key) {
        return sums.computeIfAbsent(key.identity(), k -> new Sum(key.parts, key.rules));
    }

    private void addUp() {
        Set<List<Object>> given = new HashSet<>(series.keySet());
        sums.forEach((identity, sum) -> {
            SortedMap<String, Figure> figures = new TreeMap<>();
            sum.parts.forEach((period, parts) -> {
                Figure whole = whole(parts, sum.wanted);
                if (whole != null) {
                    figures.put(period, whole);
                }
            });
            if (!given.contains(identity) && !figures.isEmpty()) {
                @SuppressWarnings("unchecked") // as key.identity() has made it
                List<String> codes = (List<String>) identity.getFirst();
                series.put(identity, new Series(codes, (FigureConcept) identity.getLast(), sum.rules, figures));
            }
        });
    }

    /** Whether a series key has these codes, and the total of every counterpart, region and breakdown that is not among them. */
    static boolean isAt(Structure structure, List<String> key, Map<String, String> codes) {
        List<Dimension> dimensions = structure.keyDimensions();
        for (int d = 0; d < dimensions.size(); d++) {
            String wanted = codes.get(dimensions.get(d).id());
            boolean divides = switch (dimensions.get(d).role()) {
                case BREAKDOWN, REPORTING_REGION, COUNTERPART_AREA, COUNTERPART_REGION -> true;
                default -> false;
            };
            if (wanted == null
                    ? divides && !key.get(d).equals(TOTAL)
                    : !key.get(d).equals(wanted)) {
                return false;
            }
        }
        return true;
    }

    /** Nothing unless every part is there; withheld if a part is. */
    private static @Nullable Figure whole(List<Figure> parts, int wanted) {
        if (parts.size() != wanted || parts.stream().anyMatch(Figure::missing)) {
            return null;
        }
        double sum = parts.stream().mapToDouble(Figure::value).sum();
        return new Figure(sum, Double.isNaN(sum) ? "Q" : "A");
    }
}
