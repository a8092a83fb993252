package org.entente.gateway.sdmx;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
import org.entente.gateway.statistics.Component.Dimension;
import org.entente.gateway.statistics.Structure;
import org.jspecify.annotations.Nullable;

/**
 * A question which data there are (SDMX REST 2, {@code /availability}).
 *
 * @param data the data query that is meant
 * @param components of which dimensions; empty for all
 * @param references which artefacts come along, by the standard's names
 * @param stillAvailable {@code mode=available}: the values that could still be added to the query, instead of those that it
 *     finds
 * @param format parameters that choose a format
 */
public record AvailabilityQuery(
        DataQuery data,
        List<String> components,
        Set<String> references,
        boolean stillAvailable,
        Map<String, String> format) {

    private static final Set<String> STANDARD = Set.of("updatedAfter", "reportingYearStartDay", "references", "mode");
    private static final Set<String> REFERENCES = Set.of(
            "none", "all", "datastructure", "conceptscheme", "codelist", "dataproviderscheme", "dataflow", "valuelist");

    /**
     * Reads a query.
     *
     * @param rawPath what follows the service's base, still percent-encoded:
     *     {@code /availability/{context}/{agency}/{id}/{version}/{key}/{component}}
     * @param rawQuery the query part, still percent-encoded, or null
     * @throws EntenteException {@code query-malformed}
     */
    public static AvailabilityQuery parse(String rawPath, @Nullable String rawQuery) {
        RawQuery raw = new RawQuery(rawPath, rawQuery);
        raw.requirePath("availability", 7, "/availability/{context}/{agency}/{id}/{version}/{key}/{component}");
        String context = raw.path(1, "*");
        if (context.equals("*") || context.indexOf(',') >= 0) {
            throw RawQuery.malformed(
                    "an availability query names one context: datastructure, dataflow or" + " provisionagreement");
        }
        Set<String> references = new HashSet<>(RawQuery.list("references", raw.parameter("references", "none")));
        if (!REFERENCES.containsAll(references)) {
            throw RawQuery.malformed("references of an availability query are among " + REFERENCES);
        }
        String mode = raw.parameter("mode", "exact");
        if (!mode.equals("exact") && !mode.equals("available")) {
            throw RawQuery.malformed("mode is exact or available");
        }
        String components = raw.path(6, "*");
        return new AvailabilityQuery(
                new DataQueryParser(raw, STANDARD, Set.of()).query(),
                components.equals("*") ? List.of() : RawQuery.list("component", components),
                Set.copyOf(references),
                mode.equals("available"),
                raw.formatParameters());
    }

    /** Whether artefacts of a type come along. */
    public boolean references(String type) {
        return references.contains("all") || references.contains(type);
    }

    /**
     * The dimensions asked about, in the structure's order.
     *
     * @throws EntenteException {@code query-unfit} if one is not the structure's
     */
    List<Dimension> dimensions(Structure structure) {
        List<Dimension> dimensions = new ArrayList<>();
        for (String component : components) {
            if (structure.dimensionPosition(component) < 0) {
                throw new EntenteException(
                        ErrorCode.QUERY_UNFIT, structure.id() + " has no dimension '" + component + "'");
            }
        }
        for (Dimension dimension : structure.dimensions()) {
            if (components.isEmpty() || components.contains(dimension.id())) {
                dimensions.add(dimension);
            }
        }
        return dimensions;
    }
}
