package org.entente.gateway.sdmx;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.entente.gateway.statistics.Structure;
import org.jspecify.annotations.Nullable;

/**
 * A data query of SDMX REST 2 as written, before it is held against a structure.
 *
 * @param context what kind of artefact the path names
 * @param artefact which one
 * @param keys alternatives; each lists one code or {@code *} per dimension, and may be shorter than the key
 * @param filters by component id, from {@code c[ID]}
 * @param updatedAfter only what changed since, or null
 * @param first observations per series from the start, 0 for all
 * @param last observations per series from the end, 0 for all
 * @param dimensionAtObservation dimension id, {@code AllDimensions}, or null for the default
 * @param attributes {@code dsd}, {@code all}, {@code none}, levels or ids
 * @param measures {@code all}, {@code none} or ids
 * @param includeHistory whether earlier states are wanted too
 * @param asOf the state as of an instant, or null
 * @param offset observations to skip
 * @param limit most observations to return, or -1
 * @param extensions parameters that are not of the query but of the service, by name, decoded
 */
public record DataQuery(
        Context context,
        ArtefactQuery artefact,
        List<List<String>> keys,
        Map<String, ComponentFilter> filters,
        @Nullable Instant updatedAfter,
        int first,
        int last,
        @Nullable String dimensionAtObservation,
        List<String> attributes,
        List<String> measures,
        boolean includeHistory,
        @Nullable Instant asOf,
        long offset,
        long limit,
        Map<String, String> extensions) {

    /** Service parameters that every data address takes besides the query. */
    public static final Set<String> FORMAT_PARAMETERS =
            Set.of("format", "formatVersion", "compression", "lang", "labels", "timeFormat", "keys");

    /** What the path names. */
    public enum Context {
        DATASTRUCTURE,
        DATAFLOW,
        PROVISIONAGREEMENT,
        ANY
    }

    /**
     * Reads a query.
     *
     * @param rawPath what follows the service's base, still percent-encoded: {@code /data/dataflow/AGENCY/ID/1.0.0/KEY}
     * @param rawQuery the query part, still percent-encoded, or null
     * @param extensionNames further parameters to admit besides the standard's and {@link #FORMAT_PARAMETERS}
     * @throws org.entente.gateway.base.EntenteException {@code query-malformed}
     */
    public static DataQuery parse(String rawPath, @Nullable String rawQuery, Set<String> extensionNames) {
        return DataQueryParser.parse(rawPath, rawQuery, extensionNames);
    }

    /** As {@link #parse(String, String, Set)} without further parameters. */
    public static DataQuery parse(String rawPath, @Nullable String rawQuery) {
        return parse(rawPath, rawQuery, Set.of());
    }

    /**
     * Holds the query against a structure.
     *
     * @throws org.entente.gateway.base.EntenteException {@code query-unfit}, {@code code-unknown} or
     *     {@code not-implemented}
     */
    public BoundQuery bind(Structure structure) {
        return new QueryBinder(this, structure).bind();
    }
}
