package org.entente.gateway.sdmx;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
import org.jspecify.annotations.Nullable;

/** The grammar of SDMX REST 2 data queries (OpenAPI 2.2.2, /data). */
final class DataQueryParser {

    private static final int MAX_LENGTH = 32_768;
    private static final int MAX_KEYS = 1_000;
    private static final Pattern COMPONENT = Pattern.compile("c\\[([A-Za-z][A-Za-z0-9_-]*)\\]");
    private static final Pattern CODE = Pattern.compile("[A-Za-z0-9_@$-]+");

    private final Set<String> extensionNames;
    private final Map<String, ComponentFilter> filters = new LinkedHashMap<>();
    private final Map<String, String> parameters = new LinkedHashMap<>();
    private final Map<String, String> extensions = new LinkedHashMap<>();

    private DataQueryParser(Set<String> extensionNames) {
        this.extensionNames = extensionNames;
    }

    static DataQuery parse(String rawPath, @Nullable String rawQuery, Set<String> extensionNames) {
        if (rawPath.length() + (rawQuery == null ? 0 : rawQuery.length()) > MAX_LENGTH) {
            throw malformed("the query is longer than " + MAX_LENGTH + " characters");
        }
        return new DataQueryParser(extensionNames).parse(rawPath, rawQuery);
    }

    private DataQuery parse(String rawPath, @Nullable String rawQuery) {
        List<String> path = new ArrayList<>();
        for (String segment : rawPath.split("/", -1)) {
            path.add(Percent.decode(segment));
        }
        if (!path.isEmpty() && path.getFirst().isEmpty()) {
            path.removeFirst();
        }
        if (!path.isEmpty() && path.getLast().isEmpty()) {
            path.removeLast();
        }
        if (path.isEmpty() || !path.getFirst().equals("data") || path.size() > 6) {
            throw malformed("a data query has the path /data/{context}/{agency}/{id}/{version}/{key}");
        }
        parameters(rawQuery == null ? "" : rawQuery);
        return new DataQuery(
                context(part(path, 1)),
                ArtefactQuery.parse(part(path, 2), part(path, 3), part(path, 4)),
                keys(part(path, 5)),
                Map.copyOf(filters),
                instant("updatedAfter"),
                (int) number("firstNObservations", 0, 1, Integer.MAX_VALUE),
                (int) number("lastNObservations", 0, 1, Integer.MAX_VALUE),
                parameters.get("dimensionAtObservation"),
                list("attributes", "dsd"),
                list("measures", "all"),
                bool("includeHistory"),
                instant("asOf"),
                number("offset", 0, 0, Long.MAX_VALUE),
                number("limit", -1, 0, Long.MAX_VALUE),
                Map.copyOf(extensions));
    }

    private static String part(List<String> path, int index) {
        return path.size() > index ? path.get(index) : "*";
    }

    private static DataQuery.Context context(String text) {
        return switch (text) {
            case "datastructure" -> DataQuery.Context.DATASTRUCTURE;
            case "dataflow" -> DataQuery.Context.DATAFLOW;
            case "provisionagreement" -> DataQuery.Context.PROVISIONAGREEMENT;
            case "*" -> DataQuery.Context.ANY;
            default ->
                throw malformed("the context is datastructure, dataflow, provisionagreement or *, not '" + text + "'");
        };
    }

    /** Keys are separated by commas, codes by dots. An empty code means any, as in SDMX REST 1, which clients still send. */
    private static List<List<String>> keys(String text) {
        if (text.equals("*")) {
            return List.of();
        }
        List<List<String>> keys = new ArrayList<>();
        for (String key : text.split(",", -1)) {
            List<String> codes = new ArrayList<>();
            for (String code : key.split("\\.", -1)) {
                if (!code.isEmpty() && !code.equals("*") && !CODE.matcher(code).matches()) {
                    throw malformed("'" + code + "' in the key is neither a code nor *");
                }
                codes.add(code.isEmpty() ? "*" : code);
            }
            keys.add(List.copyOf(codes));
        }
        if (keys.size() > MAX_KEYS) {
            throw malformed("more than " + MAX_KEYS + " keys");
        }
        return List.copyOf(keys);
    }

    private void parameters(String rawQuery) {
        for (String pair : rawQuery.split("&")) {
            if (pair.isEmpty()) {
                continue;
            }
            int equals = pair.indexOf('=');
            String name = Percent.decode(equals < 0 ? pair : pair.substring(0, equals));
            String value = equals < 0 ? "" : Percent.decode(pair.substring(equals + 1));
            Matcher component = COMPONENT.matcher(name);
            if (component.matches()) {
                String id = component.group(1);
                refuseRepeat(filters.put(id, ComponentFilter.parse(id, value)), name);
            } else if (STANDARD.contains(name)) {
                refuseRepeat(parameters.put(name, value), name);
            } else if (DataQuery.FORMAT_PARAMETERS.contains(name) || extensionNames.contains(name)) {
                refuseRepeat(extensions.put(name, value), name);
            } else {
                throw unknown(name);
            }
        }
    }

    private static final Set<String> STANDARD = Set.of(
            "updatedAfter",
            "firstNObservations",
            "lastNObservations",
            "dimensionAtObservation",
            "attributes",
            "measures",
            "includeHistory",
            "asOf",
            "offset",
            "limit");

    private static EntenteException unknown(String name) {
        return switch (name) {
            case "startPeriod", "endPeriod" ->
                malformed(name + " belongs to SDMX REST 1; write c[TIME_PERIOD]=ge:2015+le:2020 instead");
            case "detail" -> malformed("detail belongs to SDMX REST 1; use attributes and measures instead");
            case "sort", "reportingYearStartDay" ->
                new EntenteException(ErrorCode.NOT_IMPLEMENTED, "the parameter " + name + " is not offered");
            default -> malformed("the parameter '" + name + "' is not known");
        };
    }

    private static void refuseRepeat(@Nullable Object earlier, String name) {
        if (earlier != null) {
            throw malformed("the parameter " + name + " occurs twice");
        }
    }

    private List<String> list(String name, String standard) {
        String value = parameters.getOrDefault(name, standard);
        for (String part : value.split(",", -1)) {
            if (part.isEmpty()) {
                throw malformed("the parameter " + name + " holds an empty part");
            }
        }
        return List.of(value.split(",", -1));
    }

    private boolean bool(String name) {
        String value = parameters.getOrDefault(name, "false");
        if (!value.equals("true") && !value.equals("false")) {
            throw malformed(name + " is true or false");
        }
        return value.equals("true");
    }

    private long number(String name, long standard, long least, long most) {
        String value = parameters.get(name);
        if (value == null) {
            return standard;
        }
        try {
            long number = Long.parseLong(value);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Falls through to the one message.
        }
        throw malformed(name + " is a whole number from " + least + " on");
    }

    private @Nullable Instant instant(String name) {
        String value = parameters.get(name);
        if (value == null) {
            return null;
        }
        try {
            if (value.indexOf('T') < 0) {
                return LocalDate.parse(value).atStartOfDay().toInstant(ZoneOffset.UTC);
            }
            boolean zoned =
                    value.endsWith("Z") || value.lastIndexOf('+') > 0 || value.lastIndexOf('-') > value.indexOf('T');
            return zoned
                    ? OffsetDateTime.parse(value).toInstant()
                    : LocalDateTime.parse(value).toInstant(ZoneOffset.UTC);
        } catch (DateTimeParseException e) {
            throw malformed(name + " is a date or a date and time of ISO 8601");
        }
    }

    private static EntenteException malformed(String detail) {
        return new EntenteException(ErrorCode.QUERY_MALFORMED, detail);
    }
}
