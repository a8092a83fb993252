package org.entente.gateway.sdmx;

import java.util.Set;
import java.util.TreeSet;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
import org.entente.gateway.statistics.Component.Attribute;
import org.entente.gateway.statistics.Structure;

/**
 * Which columns are wanted.
 *
 * @param attributes ids of the wanted attributes
 * @param measure whether the measure is wanted
 */
public record Projection(Set<String> attributes, boolean measure) {

    /** Nothing but keys. */
    static final Projection KEYS = new Projection(Set.of(), false);

    public Projection {
        attributes = Set.copyOf(attributes);
    }

    /** Every attribute and the measure. */
    public static Projection all(Structure structure) {
        Set<String> attributes = new TreeSet<>();
        structure.attributes().forEach(attribute -> attributes.add(attribute.id()));
        return new Projection(attributes, true);
    }

    static Projection of(DataQuery query, Structure structure) {
        Set<String> attributes = new TreeSet<>();
        for (String wanted : query.attributes()) {
            for (Attribute attribute : structure.attributes()) {
                if (wants(wanted, attribute)) {
                    attributes.add(attribute.id());
                }
            }
            if (!KEYWORDS.contains(wanted) && structure.attributePosition(wanted) < 0) {
                throw new EntenteException(
                        ErrorCode.QUERY_UNFIT, structure.id() + " has no attribute '" + wanted + "'");
            }
        }
        boolean measure = false;
        for (String wanted : query.measures()) {
            measure |= wanted.equals("all") || wanted.equals(structure.measure().id());
            if (!wanted.equals("all")
                    && !wanted.equals("none")
                    && !wanted.equals(structure.measure().id())) {
                throw new EntenteException(ErrorCode.QUERY_UNFIT, structure.id() + " has no measure '" + wanted + "'");
            }
        }
        return new Projection(attributes, measure);
    }

    private static final Set<String> KEYWORDS = Set.of("dsd", "msd", "dataset", "series", "obs", "all", "none");

    private static boolean wants(String wanted, Attribute attribute) {
        return switch (wanted) {
            case "dsd", "all" -> true;
            case "msd", "none" -> false;
            case "dataset" -> attribute.level() == Attribute.Level.DATASET;
            case "series" -> attribute.level() == Attribute.Level.SERIES;
            case "obs" -> attribute.level() == Attribute.Level.OBSERVATION;
            default -> wanted.equals(attribute.id());
        };
    }

    /** Whether only the keys of the series are wanted. */
    public boolean keysOnly() {
        return attributes.isEmpty() && !measure;
    }
}
