package org.entente.gateway.disclosure;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
import org.jspecify.annotations.Nullable;

/**
 * Reads a specification from YAML, strictly: an unknown or missing member is refused by its path. The format is described in
 * docs/disclosure.md.
 */
public final class SpecificationFile {

    /** What the member {@code format} must say. */
    public static final String FORMAT = "entente-disclosure/1";

    private final Function<String, byte[]> files;

    private SpecificationFile(Function<String, byte[]> files) {
        this.files = files;
    }

    /**
     * Reads a specification.
     *
     * @param yaml the text
     * @param files gives the files with hierarchies that it names
     * @throws EntenteException {@code specification-invalid} naming the member
     */
    public static Specification read(byte[] yaml, Function<String, byte[]> files) {
        try {
            ObjectMapper mapper = new ObjectMapper(YAMLFactory.builder()
                    .enable(YAMLParser.Feature.PARSE_BOOLEAN_LIKE_WORDS_AS_STRINGS)
                    .build());
            mapper.enable(com.fasterxml.jackson.databind.DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
            mapper.enable(com.fasterxml.jackson.core.JsonParser.Feature.STRICT_DUPLICATE_DETECTION);
            JsonNode root = mapper.readTree(yaml);
            return new SpecificationFile(files).specification(new Members("", root));
        } catch (JsonProcessingException e) {
            int line = e.getLocation() == null ? 0 : e.getLocation().getLineNr();
            throw invalid(
                    "line " + line,
                    "is not YAML: " + e.getOriginalMessage().lines().findFirst().orElse(""));
        } catch (IOException e) {
            throw new EntenteException(ErrorCode.SPECIFICATION_INVALID, "The specification cannot be read.", e);
        }
    }

    private static EntenteException invalid(String path, String detail) {
        return new EntenteException(
                ErrorCode.SPECIFICATION_INVALID, "In the specification, " + path + " " + detail + ".");
    }

    /** The members of one object, each taken once. */
    private static final class Members {
        private final String path;
        private final JsonNode node;
        private final Set<String> open = new LinkedHashSet<>();

        Members(String path, @Nullable JsonNode node) {
            this.path = path;
            if (node == null || !node.isObject()) {
                throw invalid(path.isEmpty() ? "the whole" : path, "must be a list of members");
            }
            this.node = node;
            node.fieldNames().forEachRemaining(open::add);
        }

        private String at(String name) {
            return path.isEmpty() ? name : path + "." + name;
        }

        @Nullable
        JsonNode optional(String name) {
            open.remove(name);
            JsonNode value = node.get(name);
            return value == null || value.isNull() ? null : value;
        }

        JsonNode required(String name) {
            JsonNode value = optional(name);
            if (value == null) {
                throw invalid(at(name), "is missing");
            }
            return value;
        }

        String text(String name) {
            return text(at(name), required(name));
        }

        static String text(String where, JsonNode value) {
            if (!value.isValueNode() || value.asText().isBlank()) {
                throw invalid(where, "must be a text");
            }
            return value.asText();
        }

        long number(String name, long otherwise) {
            JsonNode value = optional(name);
            if (value == null) {
                return otherwise;
            }
            if (!value.isIntegralNumber() || !value.canConvertToInt()) {
                throw invalid(at(name), "must be a whole number");
            }
            return value.longValue();
        }

        @Nullable
        BigDecimal decimal(String name) {
            JsonNode value = optional(name);
            if (value != null && !value.isNumber()) {
                throw invalid(at(name), "must be a number");
            }
            return value == null ? null : new BigDecimal(value.asText());
        }

        boolean yes(String name, boolean otherwise) {
            JsonNode value = optional(name);
            if (value != null && !value.isBoolean()) {
                throw invalid(at(name), "must be true or false");
            }
            return value == null ? otherwise : value.booleanValue();
        }

        <T> T oneOf(String name, Map<String, T> choices, @Nullable T otherwise) {
            JsonNode value = optional(name);
            T chosen = value == null ? otherwise : choices.get(value.asText());
            if (chosen == null) {
                throw invalid(at(name), "must be one of " + String.join(", ", choices.keySet()));
            }
            return chosen;
        }

        List<String> texts(String name) {
            JsonNode value = optional(name);
            List<String> texts = new ArrayList<>();
            if (value != null) {
                if (!value.isArray()) {
                    throw invalid(at(name), "must be a list");
                }
                value.forEach(item -> texts.add(text(at(name), item)));
            }
            return texts;
        }

        void close() {
            if (!open.isEmpty()) {
                throw invalid(at(open.iterator().next()), "is not a member that is known here");
            }
        }
    }

    private Specification specification(Members root) {
        if (!root.text("format").equals(FORMAT)) {
            throw invalid("format", "must be " + FORMAT);
        }
        List<Dimension> dimensions = new ArrayList<>();
        JsonNode given = root.required("dimensions");
        Members names = new Members("dimensions", given);
        given.fieldNames().forEachRemaining(column -> dimensions.add(dimension(column, names.required(column))));
        if (dimensions.isEmpty()) {
            throw invalid("dimensions", "must name at least one column");
        }
        Rules rules = rules(new Members("rules", root.required("rules")));
        Specification.Absent absent = root.oneOf(
                "absent", Map.of("zero", Specification.Absent.ZERO, "unknown", Specification.Absent.UNKNOWN), null);
        Specification spec = new Specification(
                dimensions,
                root.text("count"),
                root.texts("ignore"),
                rules,
                absent,
                method(new Members("method", root.required("method"))),
                root.texts("known"),
                root.text("approver"),
                survey(root.optional("survey")),
                rates(root.optional("rates"), dimensions),
                holders(root.optional("consumerKnows")));
        for (Holder holder : spec.holders()) {
            if (!holder.odd(spec.columns()).isEmpty()) {
                throw invalid(
                        "consumerKnows",
                        "names " + String.join(", ", holder.odd(spec.columns())) + ", which is no dimension");
            }
        }
        root.close();
        if (spec.survey() != null && spec.method().kind() != Specification.Method.Kind.SUPPRESS) {
            throw invalid("survey", "needs the method suppress; rounding shows what the sample does not support");
        }
        return spec;
    }

    private static @Nullable Survey survey(@Nullable JsonNode node) {
        if (node == null) {
            return null;
        }
        Members members = new Members("survey", node);
        JsonNode variation = members.optional("cv");
        try {
            Survey survey = new Survey(
                    members.text("sample"),
                    members.number("minimum", 0),
                    variation == null ? null : Members.text("survey.cv", variation),
                    members.decimal("unreliable"),
                    members.decimal("limit"));
            members.close();
            return survey;
        } catch (IllegalArgumentException e) {
            throw invalid("survey", "does not hold: " + e.getMessage());
        }
    }

    private static List<Holder> holders(@Nullable JsonNode node) {
        List<Holder> holders = new ArrayList<>();
        if (node == null) {
            return holders;
        }
        for (Members holder : list("consumerKnows", node)) {
            List<Holder.Cells> cells = new ArrayList<>();
            for (Members some : list(holder.at("cells"), holder.required("cells"))) {
                SortedMap<String, SortedSet<String>> codes = new TreeMap<>();
                JsonNode named = some.optional("codes");
                if (named != null) {
                    Members columns = new Members(some.at("codes"), named);
                    named.fieldNames()
                            .forEachRemaining(column -> codes.put(column, new TreeSet<>(columns.texts(column))));
                }
                SortedSet<String> by = new TreeSet<>(some.texts("by"));
                by.removeAll(codes.keySet());
                cells.add(new Holder.Cells(codes, by));
                some.close();
            }
            holders.add(new Holder(holder.text("source"), cells));
            holder.close();
        }
        return holders;
    }

    private static List<Members> list(String where, JsonNode node) {
        if (!node.isArray() || node.isEmpty()) {
            throw invalid(where, "must be a list");
        }
        List<Members> members = new ArrayList<>();
        for (int i = 0; i < node.size(); i++) {
            members.add(new Members(where + "[" + i + "]", node.get(i)));
        }
        return members;
    }

    private static List<Rate> rates(@Nullable JsonNode node, List<Dimension> dimensions) {
        List<Rate> rates = new ArrayList<>();
        if (node == null) {
            return rates;
        }
        Members named = new Members("rates", node);
        Set<String> columns = new LinkedHashSet<>();
        dimensions.forEach(dimension -> columns.add(dimension.column()));
        node.fieldNames().forEachRemaining(column -> {
            Members members = new Members("rates." + column, named.required(column));
            SortedMap<String, String> per = new TreeMap<>();
            Members whole = new Members(members.at("per"), members.required("per"));
            whole.node.fieldNames().forEachRemaining(dimension -> per.put(dimension, whole.text(dimension)));
            if (!columns.containsAll(per.keySet()) || columns.contains(column)) {
                throw invalid(members.path, "must name dimensions, and be none itself");
            }
            try {
                rates.add(new Rate(column, per, members.number("times", 100), (int) members.number("decimals", 1)));
            } catch (IllegalArgumentException e) {
                throw invalid(members.path, "does not hold: " + e.getMessage());
            }
            members.close();
        });
        return rates;
    }

    private Rules rules(Members members) {
        try {
            Rules rules = new Rules(
                    members.number("threshold", 0),
                    members.oneOf(
                            "zeros", Map.of("shown", Rules.Zeros.SHOWN, "protected", Rules.Zeros.PROTECTED), null),
                    members.number("width", 1),
                    members.yes("insiders", true),
                    (int) members.number("share", 0),
                    members.yes("exactOnly", false));
            members.close();
            return rules;
        } catch (IllegalArgumentException e) {
            throw invalid("rules", "do not hold: " + e.getMessage());
        }
    }

    private Specification.Method method(Members members) {
        try {
            Specification.Method method = new Specification.Method(
                    members.oneOf(
                            "kind",
                            Map.of(
                                    "suppress", Specification.Method.Kind.SUPPRESS,
                                    "round-small-counts", Specification.Method.Kind.ROUND_SMALL_COUNTS,
                                    "round", Specification.Method.Kind.ROUND),
                            null),
                    (int) members.number("base", 0));
            members.close();
            return method;
        } catch (IllegalArgumentException e) {
            throw invalid("method", "does not hold: " + e.getMessage());
        }
    }

    private Dimension dimension(String column, JsonNode node) {
        String path = "dimensions." + column;
        Members members = new Members(path, node);
        List<Dimension.Sum> sums = new ArrayList<>();
        JsonNode given = members.optional("sums");
        if (given != null) {
            if (!given.isArray()) {
                throw invalid(path + ".sums", "must be a list");
            }
            for (int i = 0; i < given.size(); i++) {
                sums.addAll(sums(new Members(path + ".sums[" + i + "]", given.get(i))));
            }
        }
        JsonNode total = members.optional("total");
        Additivity additivity = additivity(path + ".additive", members.optional("additive"));
        Set<String> alone = new LinkedHashSet<>(members.texts("alone"));
        members.close();
        return new Dimension(
                column, sums, total == null ? null : Members.text(path + ".total", total), additivity, alone);
    }

    private List<Dimension.Sum> sums(Members members) {
        Additivity additivity = additivity(members.at("additive"), members.optional("additive"));
        Map<String, List<String>> parts = new LinkedHashMap<>();
        JsonNode file = members.optional("file");
        if (file != null) {
            List<String[]> rows = CsvLines.read(files.apply(Members.text(members.at("file"), file)));
            if (rows.isEmpty() || rows.getFirst().length != 2) {
                throw invalid(members.at("file"), "must be a CSV file with the columns parent and child");
            }
            rows.stream()
                    .skip(1)
                    .forEach(row -> parts.computeIfAbsent(row[0], p -> new ArrayList<>())
                            .add(row[1]));
        }
        JsonNode of = members.optional("of");
        if (of != null) {
            Members totals = new Members(members.at("of"), of);
            of.fieldNames().forEachRemaining(name -> parts.put(name, totals.texts(name)));
        }
        members.close();
        List<Dimension.Sum> sums = new ArrayList<>();
        parts.forEach((name, codes) -> {
            try {
                sums.add(new Dimension.Sum(name, codes, additivity));
            } catch (IllegalArgumentException e) {
                throw invalid(members.path, "does not hold: " + e.getMessage());
            }
        });
        return sums;
    }

    private static Additivity additivity(String where, @Nullable JsonNode node) {
        if (node == null) {
            return Additivity.EXACT;
        }
        if (node.isObject()) {
            Members members = new Members(where, node);
            long within = members.number("within", 0);
            members.close();
            if (within > 0) {
                return Additivity.within(within);
            }
        }
        return switch (node.asText()) {
            case "exact" -> Additivity.EXACT;
            case "remainder" -> Additivity.REMAINDER;
            case "none" -> Additivity.NONE;
            default -> throw invalid(where, "must be exact, remainder, none or {within: N}");
        };
    }
}
