package org.entente.gateway.sdmx;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
import org.entente.gateway.statistics.Component.Dimension;
import org.jspecify.annotations.Nullable;

/**
 * An address of SDMX REST 1.5 as the address of SDMX REST 2 that asks the same.
 *
 * @param rawPath what follows the service's base, percent-encoded
 * @param rawQuery the query part, percent-encoded; empty if there is none
 */
public record RestV1(String rawPath, String rawQuery) {

    private static final Set<String> CONSTRAINTS =
            Set.of("contentconstraint", "allowedconstraint", "attachmentconstraint");
    private static final Set<String> NOT_HELD = Set.of(
            "hierarchicalcodelist", "organisationunitscheme", "structureset", "metadata", "schema", "actualconstraint");

    /**
     * Translates.
     *
     * @param path what follows the service's base, still percent-encoded
     * @param query the query part, still percent-encoded, or null
     * @throws EntenteException {@code query-malformed}, or {@code not-implemented} for what version 1 has and this node not
     */
    public static RestV1 translate(String path, @Nullable String query) {
        RawQuery raw = new RawQuery(path, query);
        String resource = raw.path(0, "");
        return switch (resource) {
            case "data" -> data(raw, "data", 4, Set.of());
            case "availableconstraint" -> data(raw, "availability", 5, Set.of("references", "mode"));
            default -> structure(raw, resource);
        };
    }

    private static RestV1 structure(RawQuery raw, String resource) {
        String type = CONSTRAINTS.contains(resource) ? "dataconstraint" : resource;
        if (NOT_HELD.contains(resource) || ArtefactType.isKnownButNotHeld(resource)) {
            throw new EntenteException(
                    ErrorCode.NOT_IMPLEMENTED, "This node never holds what " + resource + " stands for.");
        }
        if (!type.equals("structure")
                && !type.equals("organisationscheme")
                && ArtefactType.named(type).isEmpty()) {
            throw RawQuery.malformed("'" + resource + "' is no resource of SDMX REST 1");
        }
        raw.requirePath(resource, 5, "/" + resource + "/{agency}/{id}/{version}/{item}");
        raw.requireOnly(Set.of("detail", "references"));
        List<String> path =
                new ArrayList<>(List.of("structure", type.startsWith("organisation") ? "agencyscheme" : type));
        if (type.equals("structure")) {
            path.set(1, "*");
        }
        path.add(any(raw.path(1, "all")));
        path.add(any(raw.path(2, "all")));
        path.add(version(raw.path(3, "latest")));
        if (raw.pathLength() > 4) {
            path.add(any(raw.path(4, "all")));
        }
        List<String> query = new ArrayList<>();
        raw.parameters()
                .forEach((name, value) -> query.add(parameter(
                        name,
                        name.equals("references")
                                ? value.replace("contentconstraint", "dataconstraint")
                                        .replace("organisationscheme", "agencyscheme")
                                : value)));
        return of(path, query);
    }

    /** {@code /data/{flow}/{key}/{provider}} and {@code /availableconstraint/{flow}/{key}/{provider}/{component}}. */
    private static RestV1 data(RawQuery raw, String resource, int most, Set<String> more) {
        String name = raw.path(0, "");
        raw.requirePath(name, most, "/" + name + "/{flow}/{key}/{provider}");
        String[] flow = raw.path(1, "").split(",", -1);
        if (raw.pathLength() < 2 || flow.length > 3) {
            throw RawQuery.malformed("a flow is named as ID, AGENCY,ID or AGENCY,ID,VERSION");
        }
        String provider = raw.path(3, "all");
        if (!provider.equals("all")) {
            throw new EntenteException(
                    ErrorCode.NOT_IMPLEMENTED, "Data are asked for by reporting area, not by data provider.");
        }
        List<String> path = new ArrayList<>(List.of(resource, "dataflow"));
        path.add(flow.length > 1 ? any(flow[0]) : "*");
        path.add(any(flow[flow.length > 1 ? 1 : 0]));
        path.add(flow.length > 2 ? version(flow[2]) : "~");
        List<String> query = new ArrayList<>();
        path.add(key(raw.path(2, "all")));
        if (raw.pathLength() > 4) {
            path.add(any(raw.path(4, "all")));
        }
        parameters(raw, query, more);
        return of(path, query);
    }

    /** {@code A+B} in a part of the key is either of both, for which version 2 has a list of whole keys. */
    private static String key(String key) {
        if (key.equals("all") || key.isEmpty()) {
            return "*";
        }
        List<String> keys = List.of("");
        boolean first = true;
        for (String part : key.split("\\.", -1)) {
            List<String> longer = new ArrayList<>();
            for (String begun : keys) {
                for (String code : part.split("\\+", -1)) {
                    longer.add(begun + (first ? "" : ".") + (code.isEmpty() ? "*" : code));
                }
            }
            if (longer.size() > 1000) {
                throw RawQuery.malformed("the key stands for more than 1000 keys");
            }
            keys = longer;
            first = false;
        }
        return String.join(",", keys);
    }

    private static void parameters(RawQuery raw, List<String> query, Set<String> more) {
        List<String> time = new ArrayList<>();
        for (Map.Entry<String, String> entry : raw.parameters().entrySet()) {
            String value = entry.getValue();
            switch (entry.getKey()) {
                case "startPeriod" -> time.add("ge:" + value);
                case "endPeriod" -> time.add("le:" + value);
                case "detail" -> detail(value, query);
                case "updatedAfter",
                        "firstNObservations",
                        "lastNObservations",
                        "dimensionAtObservation",
                        "includeHistory" -> query.add(parameter(entry.getKey(), value));
                default -> {
                    if (more.contains(entry.getKey()) || DataQuery.FORMAT_PARAMETERS.contains(entry.getKey())) {
                        query.add(parameter(entry.getKey(), value.equals("structure") ? "datastructure" : value));
                    } else {
                        throw RawQuery.malformed("the parameter '" + entry.getKey() + "' is not known");
                    }
                }
            }
        }
        if (!time.isEmpty()) {
            query.add(parameter("c[" + Dimension.TIME_ID + "]", String.join("+", time)));
        }
    }

    private static void detail(String value, List<String> query) {
        switch (value) {
            case "full" -> {}
            case "dataonly" -> query.add("attributes=none");
            case "nodata" -> query.add("measures=none");
            case "serieskeysonly" -> {
                query.add("attributes=none");
                query.add("measures=none");
            }
            default -> throw RawQuery.malformed("detail is full, dataonly, serieskeysonly or nodata");
        }
    }

    private static String any(String text) {
        return text.equals("all") ? "*" : text.replace('+', ',');
    }

    private static String version(String text) {
        return switch (text) {
            case "all" -> "*";
            case "latest" -> "~";
            default -> text.replace('+', ',');
        };
    }

    private static RestV1 of(List<String> path, List<String> query) {
        List<String> encoded = path.stream().map(RestV1::encode).toList();
        return new RestV1("/" + String.join("/", encoded), String.join("&", query));
    }

    private static String parameter(String name, String value) {
        return encode(name) + "=" + encode(value);
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("%2C", ",")
                .replace("%3A", ":")
                .replace("%7E", "~");
    }
}
