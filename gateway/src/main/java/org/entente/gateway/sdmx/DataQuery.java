package org.entente.gateway.sdmx;

import java.time.Instant;
import java.time.MonthDay;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
import org.entente.gateway.statistics.Structure;
import org.jspecify.annotations.Nullable;

/**
 * A data query of SDMX REST 2 as written, before it is held against a structure.
 *
 * @param contexts what kinds of artefact the path names
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
 * @param sort in which order
 * @param yearStart when the reporting year begins that the query's periods are of, or null for 1 January
 * @param extensions parameters that are not of the query but of the service, by name, decoded
 */
public record DataQuery(
        Set<Context> contexts,
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
        SortOrder sort,
        @Nullable MonthDay yearStart,
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

    public DataQuery {
        contexts = Set.copyOf(contexts);
    }

    /** The one kind of artefact that the path names, or {@link Context#ANY} if it names several. */
    public Context context() {
        return contexts.size() == 1 ? contexts.iterator().next() : Context.ANY;
    }

    /** Whether the path may name artefacts of this kind. */
    public boolean inContext(Context context) {
        return contexts.contains(context) || contexts.contains(Context.ANY);
    }

    /** Whether the answer needs more than the present state: {@code updatedAfter}, {@code asOf} or {@code includeHistory}. */
    public boolean needsHistory() {
        return updatedAfter != null || asOf != null || includeHistory;
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
     * Holds the query against a structure; for services that know the present state only.
     *
     * @throws org.entente.gateway.base.EntenteException {@code query-unfit}, {@code code-unknown}, or
     *     {@code not-implemented} if the query {@link #needsHistory()}
     */
    public BoundQuery bind(Structure structure) {
        if (needsHistory()) {
            throw new EntenteException(
                    ErrorCode.NOT_IMPLEMENTED, "updatedAfter, asOf and includeHistory are not offered here");
        }
        return bindWithHistory(structure);
    }

    /**
     * Holds the query against a structure; for services that answer by {@link DataHistory} where the query
     * {@link #needsHistory()}.
     *
     * @throws org.entente.gateway.base.EntenteException {@code query-unfit} or {@code code-unknown}
     */
    public BoundQuery bindWithHistory(Structure structure) {
        return new QueryBinder(this, structure).bind();
    }

    /** The same query without what it asks of one dimension, by its position in the structure. */
    DataQuery without(Structure structure, int dimension) {
        Map<String, ComponentFilter> others = new HashMap<>(filters);
        others.remove(structure.dimensions().get(dimension).id());
        List<List<String>> open = new ArrayList<>();
        for (List<String> key : keys) {
            List<String> codes = new ArrayList<>(key);
            if (dimension < codes.size()) {
                codes.set(dimension, "*");
            }
            open.add(codes);
        }
        return new DataQuery(
                contexts,
                artefact,
                open,
                others,
                updatedAfter,
                first,
                last,
                dimensionAtObservation,
                attributes,
                measures,
                includeHistory,
                asOf,
                offset,
                limit,
                sort,
                yearStart,
                extensions);
    }
}
