package org.entente.gateway.sdmx;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
import org.entente.gateway.statistics.ArtefactId;

/**
 * Agency, id and version in a query, each possibly several values or {@code *}.
 *
 * @param agencies agencies or {@code *}
 * @param ids ids or {@code *}
 * @param versions versions or version patterns
 */
public record ArtefactQuery(List<String> agencies, List<String> ids, List<String> versions) {

    private static final Pattern AGENCY = Pattern.compile("\\*|[A-Za-z][A-Za-z0-9_-]*(\\.[A-Za-z][A-Za-z0-9_-]*)*");
    private static final Pattern ID = Pattern.compile("\\*|[A-Za-z0-9_@$-]+");

    static ArtefactQuery parse(String agency, String id, String version) {
        List<String> versions = List.of(version.split(",", -1));
        versions.forEach(VersionPattern::parse);
        return new ArtefactQuery(parts(agency, AGENCY, "agency"), parts(id, ID, "id"), versions);
    }

    private static List<String> parts(String text, Pattern pattern, String what) {
        List<String> parts = List.of(text.split(",", -1));
        for (String part : parts) {
            if (!pattern.matcher(part).matches()) {
                throw new EntenteException(ErrorCode.QUERY_MALFORMED, "'" + part + "' is not an artefact's " + what);
            }
        }
        return parts;
    }

    /** Those of one artefact's versions that the query means, in ascending order. */
    List<String> versions(Collection<String> held) {
        Set<String> meant = new TreeSet<>(VersionPattern::compare);
        versions.forEach(pattern -> meant.addAll(VersionPattern.parse(pattern).select(held)));
        return List.copyOf(meant);
    }

    /** Those of the artefacts that the query means, in the order given. */
    public <T> List<T> select(Collection<T> artefacts, Function<T, ArtefactId> id) {
        Map<String, List<String>> held = new LinkedHashMap<>();
        List<T> named = new ArrayList<>();
        for (T artefact : artefacts) {
            ArtefactId own = id.apply(artefact);
            if (matches(agencies, own.agency()) && matches(ids, own.id())) {
                named.add(artefact);
                held.computeIfAbsent(own.agency() + ":" + own.id(), key -> new ArrayList<>())
                        .add(own.version());
            }
        }
        Map<String, List<String>> meant = new LinkedHashMap<>();
        held.forEach((key, all) -> meant.put(key, versions(all)));
        return named.stream()
                .filter(artefact -> {
                    ArtefactId own = id.apply(artefact);
                    return meant.getOrDefault(own.agency() + ":" + own.id(), List.of())
                            .contains(own.version());
                })
                .toList();
    }

    private static boolean matches(List<String> wanted, String value) {
        return wanted.contains("*") || wanted.contains(value);
    }
}
