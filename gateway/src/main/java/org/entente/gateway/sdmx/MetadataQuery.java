package org.entente.gateway.sdmx;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
import org.entente.gateway.statistics.ArtefactId;
import org.entente.gateway.statistics.MetadataSet;
import org.jspecify.annotations.Nullable;

/**
 * A query for reports about data of SDMX REST 2 ({@code /metadata}): by what they are about, by their metadataflow, or by themselves. The
 * first two find the latest version of each report, the third the versions that it names.
 *
 * @param by how reports are found
 * @param type of the structures that reports are about, or {@code *}
 * @param artefact which structures, metadataflows or reports
 * @param providers who reports, or {@code *}; by metadataflow only
 * @param stubs whether reports are only named
 * @param format parameters that choose a format
 */
public record MetadataQuery(
        By by, String type, ArtefactQuery artefact, List<String> providers, boolean stubs, Map<String, String> format) {

    /** How reports are found. */
    public enum By {
        STRUCTURE,
        METADATAFLOW,
        METADATASET
    }

    /**
     * Reads a query.
     *
     * @param rawPath what follows the service's base, still percent-encoded
     * @param rawQuery the query part, still percent-encoded, or null
     * @throws EntenteException {@code query-malformed}; {@code not-implemented} for {@code asOf}
     */
    public static MetadataQuery parse(String rawPath, @Nullable String rawQuery) {
        RawQuery raw = new RawQuery(rawPath, rawQuery);
        raw.requirePath(
                "metadata",
                6,
                "/metadata/structure/{type}/{agency}/{id}/{version}, /metadata/metadataflow/{agency}/{id}/{version}/{provider}"
                        + " or /metadata/metadataset/{provider}/{id}/{version}");
        raw.requireOnly(Set.of("detail", "asOf"));
        if (raw.parameters().containsKey("asOf")) {
            DataQueryParser.instant("asOf", raw.parameter("asOf", ""));
            throw new EntenteException(
                    ErrorCode.NOT_IMPLEMENTED, "Earlier states of reports are told by their versions, not by asOf.");
        }
        String detail = raw.parameter("detail", "full");
        if (!detail.equals("full") && !detail.equals("allstubs")) {
            throw RawQuery.malformed("detail is full or allstubs");
        }
        boolean stubs = detail.equals("allstubs");
        return switch (raw.path(1, "")) {
            case "structure" -> {
                String type = raw.path(2, "*");
                if (!type.equals("*") && ArtefactType.named(type).isEmpty() && !ArtefactType.isKnownButNotHeld(type)) {
                    throw RawQuery.malformed("'" + Refusal.shortened(type) + "' is not a type of structural metadata");
                }
                yield new MetadataQuery(
                        By.STRUCTURE, type, artefact(raw, 3), List.of("*"), stubs, raw.formatParameters());
            }
            case "metadataflow" ->
                new MetadataQuery(
                        By.METADATAFLOW,
                        "*",
                        artefact(raw, 2),
                        RawQuery.list("provider", raw.path(5, "*")),
                        stubs,
                        raw.formatParameters());
            case "metadataset" -> {
                raw.requirePath("metadata", 5, "/metadata/metadataset/{provider}/{id}/{version}");
                yield new MetadataQuery(
                        By.METADATASET, "*", artefact(raw, 2), List.of("*"), stubs, raw.formatParameters());
            }
            default -> throw RawQuery.malformed("reports are found by structure, metadataflow or metadataset");
        };
    }

    private static ArtefactQuery artefact(RawQuery raw, int from) {
        return ArtefactQuery.parse(raw.path(from, "*"), raw.path(from + 1, "*"), raw.path(from + 2, "~"));
    }

    /** What the query means of the reports that are held. */
    public List<MetadataSet> select(List<MetadataSet> held) {
        if (by == By.METADATASET) {
            return artefact.select(held, MetadataSet::id);
        }
        List<MetadataSet> latest = ArtefactQuery.parse("*", "*", "~").select(held, MetadataSet::id);
        if (by == By.METADATAFLOW) {
            List<ArtefactId> flows = artefact.select(
                    latest.stream().map(MetadataSet::flow).distinct().toList(), id -> id);
            return latest.stream()
                    .filter(set -> flows.contains(set.flow()))
                    .filter(set -> providers.contains("*")
                            || providers.contains(set.id().agency()))
                    .toList();
        }
        List<ArtefactId> targets = new ArrayList<>();
        latest.forEach(set -> targets.addAll(targets(set)));
        List<ArtefactId> meant = artefact.select(targets.stream().distinct().toList(), id -> id);
        return latest.stream()
                .filter(set -> targets(set).stream().anyMatch(meant::contains))
                .toList();
    }

    /** What a report is about, as far as it is of the type that is asked for. */
    private List<ArtefactId> targets(MetadataSet set) {
        List<ArtefactId> targets = new ArrayList<>();
        for (String target : set.targets()) {
            boolean fits = type.equals("*")
                    || ArtefactType.named(type)
                            .filter(held -> target.contains("." + held.urnClass() + "="))
                            .isPresent();
            if (fits) {
                Matcher urn = StructureParts.urn(target, "a target");
                targets.add(new ArtefactId(urn.group(1), urn.group(2), urn.group(3)));
            }
        }
        return targets;
    }
}
