package org.entente.gateway.sdmx;

import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
import org.jspecify.annotations.Nullable;

/**
 * A question what data of a context must look like (SDMX REST 2, {@code /schema}).
 *
 * @param context what the path names
 * @param artefact which one
 * @param dimensionAtObservation a dimension id, {@code AllDimensions}, or null for the default
 * @param deletion whether messages that delete are meant
 * @param format parameters that choose a format
 */
public record SchemaQuery(
        ArtefactType context,
        ArtefactQuery artefact,
        @Nullable String dimensionAtObservation,
        boolean deletion,
        Map<String, String> format) {

    private static final Set<ArtefactType> CONTEXTS =
            EnumSet.of(ArtefactType.DATASTRUCTURE, ArtefactType.DATAFLOW, ArtefactType.PROVISIONAGREEMENT);
    private static final List<String> OF_METADATA =
            List.of("metadatastructure", "metadataflow", "metadataprovisionagreement");

    /**
     * Reads a query.
     *
     * @param rawPath what follows the service's base, still percent-encoded: {@code /schema/{context}/{agency}/{id}/{version}}
     * @param rawQuery the query part, still percent-encoded, or null
     * @throws EntenteException {@code query-malformed}, or {@code not-implemented} for metadata
     */
    public static SchemaQuery parse(String rawPath, @Nullable String rawQuery) {
        RawQuery raw = new RawQuery(rawPath, rawQuery);
        raw.requirePath("schema", 5, "/schema/{context}/{agency}/{id}/{version}");
        raw.requireOnly(Set.of("dimensionAtObservation", "deletion", "asOf"));
        String context = raw.path(1, "");
        if (OF_METADATA.contains(context) || raw.parameters().containsKey("asOf")) {
            throw new EntenteException(
                    ErrorCode.NOT_IMPLEMENTED, "This node has schemas of data, in their present state.");
        }
        ArtefactType type = ArtefactType.named(context)
                .filter(CONTEXTS::contains)
                .orElseThrow(() -> RawQuery.malformed("the context of a schema is datastructure, dataflow or"
                        + " provisionagreement, not '" + context + "'"));
        if (raw.pathLength() < 4) {
            throw RawQuery.malformed("a schema query names agency and id");
        }
        return new SchemaQuery(
                type,
                ArtefactQuery.parse(raw.path(2, "*"), raw.path(3, "*"), raw.path(4, "~")),
                raw.parameters().get("dimensionAtObservation"),
                RawQuery.bool("deletion", raw.parameter("deletion", "false")),
                raw.formatParameters());
    }
}
