package org.entente.gateway.sdmx;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.MonthDay;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumSet;
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

    /** Parameters of data queries besides {@code c[...]}. */
    static final Set<String> DATA = Set.of(
            "updatedAfter",
            "firstNObservations",
            "lastNObservations",
            "dimensionAtObservation",
            "attributes",
            "measures",
            "includeHistory",
            "asOf",
            "reportingYearStartDay",
            "sort",
            "offset",
            "limit");

    private static final int MAX_KEYS = 1_000;
    private static final Pattern COMPONENT = Pattern.compile("c\\[([A-Za-z][A-Za-z0-9_-]*)\\]");
    private static final Pattern CODE = Pattern.compile("[A-Za-z0-9_@$-]+");
    private static final Pattern COMPONENT_ID = Pattern.compile("[A-Za-z][A-Za-z0-9_-]*");

    private final RawQuery raw;
    private final Map<String, ComponentFilter> filters = new LinkedHashMap<>();
    private final Map<String, String> extensions = new LinkedHashMap<>();

    /**
     * @param standard the standard's parameters that the resource takes
     * @param extensionNames further ones that the service takes
     */
    DataQueryParser(RawQuery raw, Set<String> standard, Set<String> extensionNames) {
        this.raw = raw;
        raw.parameters().forEach((name, value) -> {
            Matcher component = COMPONENT.matcher(name);
            if (component.matches()) {
                filters.put(component.group(1), ComponentFilter.parse(component.group(1), value));
            } else if (DataQuery.FORMAT_PARAMETERS.contains(name) || extensionNames.contains(name)) {
                extensions.put(name, value);
            } else if (!standard.contains(name)) {
                throw unknown(name);
            }
        });
    }

    static DataQuery parse(String rawPath, @Nullable String rawQuery, Set<String> extensionNames) {
        RawQuery raw = new RawQuery(rawPath, rawQuery);
        raw.requirePath("data", 6, "/data/{context}/{agency}/{id}/{version}/{key}");
        return new DataQueryParser(raw, DATA, extensionNames).query();
    }

    /** The query that path and parameters make; the path's segments after the key are not looked at. */
    DataQuery query() {
        Instant updatedAfter = instant("updatedAfter");
        Instant asOf = instant("asOf");
        if (updatedAfter != null && asOf != null && updatedAfter.isAfter(asOf)) {
            throw new EntenteException(ErrorCode.QUERY_UNFIT, "updatedAfter lies after asOf");
        }
        return new DataQuery(
                contexts(raw.path(1, "*")),
                ArtefactQuery.parse(raw.path(2, "*"), raw.path(3, "*"), raw.path(4, "*")),
                keys(raw.path(5, "*")),
                Map.copyOf(filters),
                updatedAfter,
                (int) number("firstNObservations", 0, 1, Integer.MAX_VALUE),
                (int) number("lastNObservations", 0, 1, Integer.MAX_VALUE),
                atObservation(),
                RawQuery.list("attributes", raw.parameter("attributes", "dsd")),
                RawQuery.list("measures", raw.parameter("measures", "all")),
                RawQuery.bool("includeHistory", raw.parameter("includeHistory", "false")),
                asOf,
                number("offset", 0, 0, Long.MAX_VALUE),
                number("limit", -1, 0, Long.MAX_VALUE),
                raw.parameters().containsKey("sort") ? SortOrder.parse(raw.parameter("sort", "")) : SortOrder.NONE,
                yearStart(),
                Map.copyOf(extensions));
    }

    private static Set<DataQuery.Context> contexts(String text) {
        Set<DataQuery.Context> contexts = EnumSet.noneOf(DataQuery.Context.class);
        for (String part : text.split(",", -1)) {
            contexts.add(
                    switch (part) {
                        case "datastructure" -> DataQuery.Context.DATASTRUCTURE;
                        case "dataflow" -> DataQuery.Context.DATAFLOW;
                        case "provisionagreement" -> DataQuery.Context.PROVISIONAGREEMENT;
                        case "*" -> DataQuery.Context.ANY;
                        default ->
                            throw RawQuery.malformed(
                                    "the context is datastructure, dataflow, provisionagreement or *, not '" + part
                                            + "'");
                    });
        }
        return contexts;
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
                    throw RawQuery.malformed("'" + code + "' in the key is neither a code nor *");
                }
                codes.add(code.isEmpty() ? "*" : code);
            }
            keys.add(List.copyOf(codes));
        }
        if (keys.size() > MAX_KEYS) {
            throw RawQuery.malformed("more than " + MAX_KEYS + " keys");
        }
        return List.copyOf(keys);
    }

    private static EntenteException unknown(String name) {
        return switch (name) {
            case "startPeriod", "endPeriod" ->
                RawQuery.malformed(name + " belongs to SDMX REST 1; write c[TIME_PERIOD]=ge:2015+le:2020 instead");
            case "detail" -> RawQuery.malformed("detail belongs to SDMX REST 1; use attributes and measures instead");
            default -> RawQuery.malformed("the parameter '" + name + "' is not known");
        };
    }

    private @Nullable String atObservation() {
        String value = raw.parameters().get("dimensionAtObservation");
        if (value != null && !COMPONENT_ID.matcher(value).matches()) {
            throw RawQuery.malformed("dimensionAtObservation is a dimension's id or AllDimensions");
        }
        return value;
    }

    private @Nullable MonthDay yearStart() {
        String value = raw.parameters().get("reportingYearStartDay");
        try {
            return value == null ? null : MonthDay.parse(value);
        } catch (DateTimeException e) {
            throw RawQuery.malformed("reportingYearStartDay has the form --MM-DD");
        }
    }

    private long number(String name, long standard, long least, long most) {
        String value = raw.parameters().get(name);
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
        throw RawQuery.malformed(name + " is a whole number from " + least + " on");
    }

    private @Nullable Instant instant(String name) {
        String value = raw.parameters().get(name);
        return value == null ? null : instant(name, value);
    }

    /** A date or a date and time; without an offset it is UTC, the only local time that this service has. */
    static Instant instant(String name, String value) {
        try {
            if (value.indexOf('T') < 0) {
                return LocalDate.parse(value).atStartOfDay().toInstant(ZoneOffset.UTC);
            }
            boolean zoned =
                    value.endsWith("Z") || value.lastIndexOf('+') > 0 || value.lastIndexOf('-') > value.indexOf('T');
            return zoned
                    ? OffsetDateTime.parse(value).toInstant()
                    : LocalDateTime.parse(value).toInstant(ZoneOffset.UTC);
        } catch (DateTimeException e) {
            throw RawQuery.malformed(name + " is a date or a date and time of ISO 8601");
        }
    }
}
