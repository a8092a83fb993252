package org.entente.gateway.region.comparison;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which figures are the same, which are a mirror pair and which are different, with the reasons; one version of it. It ships with the
 * application, a programme names the version that it uses, and a version never changes.
 */
public final class ComparabilityTable {
    /** The version that new programmes use. */
    public static final String NEWEST = "1.0.0";

    private static final ObjectMapper MAPPER =
            new ObjectMapper().enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

    private final Content content;

    private ComparabilityTable(Content content) {
        this.content = content;
    }

    /** The file. */
    private record Content(
            String version, List<Pair> mirrorPairs, List<Grade> asymmetry, Map<String, String> reasons) {}

    /** Two sides of the same thing, each by indicator and basis of the counterpart. */
    private record Pair(Side origin, Side destination, List<String> reasons) {}

    private record Side(String indicator, String basis) {
        boolean matches(FigureConcept concept) {
            return indicator.equals(concept.indicator()) && basis.equals(concept.basis());
        }
    }

    /** A class of relative asymmetry, up to a bound; the last one has none. */
    private record Grade(String id, @Nullable Double upTo) {}

    /**
     * A version of the table.
     *
     * @throws IllegalArgumentException if the application has no such version
     */
    public static ComparabilityTable load(String version) {
        if (!version.matches("\\d+\\.\\d+\\.\\d+")) {
            throw new IllegalArgumentException("there is no comparability table '" + version + "'");
        }
        try (InputStream in = ComparabilityTable.class.getResourceAsStream("comparability-" + version + ".json")) {
            if (in == null) {
                throw new IllegalArgumentException("there is no comparability table '" + version + "'");
            }
            return new ComparabilityTable(MAPPER.readValue(in, Content.class));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Its version. */
    public String version() {
        return content.version();
    }

    /**
     * Two figures on the same counterpart, by the same party or by two parties of the same kind: may they stand in one column?
     *
     * @return {@link Relation#SAME} or {@link Relation#DIFFERENT}
     */
    public Comparison sameSide(FigureConcept one, FigureConcept other) {
        List<Comparison.Reason> reasons = new ArrayList<>();
        boolean indicator = differ(reasons, "indicator", one.indicator(), other.indicator());
        boolean basis = differ(reasons, "basis", one.basis(), other.basis());
        boolean unit = differ(reasons, "unit", one.unit(), other.unit());
        boolean rules = rules(reasons, one, other);
        return new Comparison(indicator && basis && unit && rules ? Relation.SAME : Relation.DIFFERENT, reasons);
    }

    /** Whether figures with these indicators and bases can make a mirror pair, each side with one of each. */
    public boolean hasMirrorPair(Predicate<String> indicator, Predicate<String> basis) {
        return content.mirrorPairs().stream()
                .anyMatch(pair -> Stream.of(pair.origin(), pair.destination())
                        .allMatch(side -> indicator.test(side.indicator()) && basis.test(side.basis())));
    }

    /**
     * Two figures on the same people, one by the state that they come from and one by the state that they go to or live in.
     *
     * @return {@link Relation#MIRROR_PAIR} or {@link Relation#DIFFERENT}
     */
    public Comparison oppositeSides(FigureConcept origin, FigureConcept destination) {
        Pair pair = content.mirrorPairs().stream()
                .filter(p -> p.origin().matches(origin) && p.destination().matches(destination))
                .findFirst()
                .orElse(null);
        List<Comparison.Reason> reasons = new ArrayList<>();
        boolean unit = differ(reasons, "unit", origin.unit(), destination.unit());
        if (pair == null) {
            reasons.add(reason("concepts", words(origin), words(destination)));
        } else {
            pair.reasons().forEach(code -> reasons.add(reason(code)));
        }
        rules(reasons, origin, destination);
        return new Comparison(pair != null && unit ? Relation.MIRROR_PAIR : Relation.DIFFERENT, reasons);
    }

    /**
     * Residence rule and reference date: each difference, or that it is not stated, is a reason.
     *
     * @return whether nothing contradicts that they are the same
     */
    private boolean rules(List<Comparison.Reason> reasons, FigureConcept one, FigureConcept other) {
        boolean stated =
                !one.residenceRule().isEmpty() && !other.residenceRule().isEmpty();
        if (!stated && !(one.residenceRule().isEmpty() && other.residenceRule().isEmpty())) {
            reasons.add(reason("residence-rule-open"));
        }
        boolean same = !stated || differ(reasons, "residence-rule", one.residenceRule(), other.residenceRule());
        boolean dated =
                !one.referenceDateType().isEmpty() && !other.referenceDateType().isEmpty();
        same &= !dated || differ(reasons, "reference-date-type", one.referenceDateType(), other.referenceDateType());
        if (!one.referenceDate().isEmpty() && !other.referenceDate().isEmpty()) {
            // A stock of another day is the same thing on another day: named, and no ground to keep it apart.
            differ(reasons, "reference-date", one.referenceDate(), other.referenceDate());
        }
        return same;
    }

    private boolean differ(List<Comparison.Reason> reasons, String code, String one, String other) {
        if (one.equals(other)) {
            return true;
        }
        reasons.add(reason(code, open(one), open(other)));
        return false;
    }

    private static String open(String code) {
        return code.isEmpty() ? "not stated" : code;
    }

    private static String words(FigureConcept concept) {
        return concept.indicator() + " by " + concept.basis();
    }

    private Comparison.Reason reason(String code, String... values) {
        String sentence = Objects.requireNonNull(content.reasons().get(code), code);
        for (int i = 0; i < values.length; i++) {
            sentence = sentence.replace("{" + i + "}", values[i]);
        }
        return new Comparison.Reason(code, sentence);
    }

    /** The class of a relative asymmetry. */
    String grade(double relative) {
        return content.asymmetry().stream()
                .filter(grade -> grade.upTo() == null || relative <= grade.upTo())
                .findFirst()
                .orElseThrow()
                .id();
    }
}
