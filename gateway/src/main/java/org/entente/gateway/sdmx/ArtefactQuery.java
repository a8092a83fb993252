package org.entente.gateway.sdmx;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
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

    /** Those of the artefacts that the query means, in the order given. */
    public <T> List<T> select(Collection<T> artefacts, Function<T, ArtefactId> id) {
        List<T> named = artefacts.stream()
                .filter(artefact -> matches(agencies, id.apply(artefact).agency())
                        && matches(ids, id.apply(artefact).id()))
                .toList();
        List<T> selected = new ArrayList<>();
        for (T artefact : named) {
            ArtefactId own = id.apply(artefact);
            List<String> siblings = named.stream()
                    .map(id)
                    .filter(other ->
                            other.agency().equals(own.agency()) && other.id().equals(own.id()))
                    .map(ArtefactId::version)
                    .toList();
            if (versions.stream()
                    .anyMatch(version ->
                            VersionPattern.parse(version).select(siblings).contains(own.version()))) {
                selected.add(artefact);
            }
        }
        return selected;
    }

    private static boolean matches(List<String> wanted, String value) {
        return wanted.contains("*") || wanted.contains(value);
    }
}
