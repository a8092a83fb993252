package org.entente.agreements;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.entente.agreements.InvalidAgreementException.Problem;
import org.entente.agreements.InvalidAgreementException.Reason;
import org.jspecify.annotations.Nullable;

/**
 * A document with gaps {@code ${name}} to be filled in. Values are put into the parsed tree, never into the text, so that no value can
 * change the structure of the document.
 *
 * @param name name of the template
 * @param parameters every gap, with what belongs there
 */
public record Template(String name, String about, List<Parameter> parameters, JsonNode document) {
    /** The templates that come with the library. */
    public static final List<String> NAMES = List.of("bilateral-diaspora-stock");

    private static final Pattern INTEGER = Pattern.compile("0|[1-9][0-9]{0,14}");
    private static final Pattern GAP = Pattern.compile("\\$\\{([a-zA-Z][a-zA-Z0-9.]*)}");

    public Template {
        parameters = List.copyOf(parameters);
    }

    /**
     * One gap; it must be filled unless it has a default.
     *
     * @param integer whether it stands for a number in the document
     */
    public record Parameter(
            String name,
            String what,
            boolean integer,
            @Nullable String byDefault) {}

    /**
     * Loads a template that comes with the library.
     *
     * @throws IllegalArgumentException when there is none of this name
     */
    public static Template load(String name) {
        if (!NAMES.contains(name)) {
            throw new IllegalArgumentException("no template " + name + "; there are: " + String.join(", ", NAMES));
        }
        try (InputStream in = Template.class.getResourceAsStream("/templates/" + name + ".yaml")) {
            if (in == null) {
                throw new IllegalStateException("template " + name + " is not on the class path");
            }
            return read(name, AgreementReader.tree(in.readAllBytes()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InvalidAgreementException e) {
            throw new IllegalStateException("template " + name + " is not readable", e);
        }
    }

    private static Template read(String name, JsonNode tree) {
        List<Parameter> parameters = new ArrayList<>();
        tree.path("parameters").fields().forEachRemaining(p -> {
            JsonNode byDefault = p.getValue().get("default");
            parameters.add(new Parameter(
                    p.getKey(),
                    p.getValue().path("what").asText(),
                    p.getValue().path("integer").asBoolean(),
                    byDefault == null ? null : byDefault.asText()));
        });
        return new Template(name, tree.path("about").asText(), parameters, tree.path("document"));
    }

    /**
     * Fills the gaps and reads the result as an agreement.
     *
     * @param values value per parameter name
     * @throws InvalidAgreementException naming every parameter that is missing or not known, or every fault of the filled document
     */
    public Agreement fill(Map<String, String> values) throws InvalidAgreementException {
        Map<String, String> all = new TreeMap<>();
        for (Parameter parameter : parameters) {
            if (parameter.byDefault() != null) {
                all.put(parameter.name(), parameter.byDefault());
            }
        }
        all.putAll(values);
        List<Problem> problems = new ArrayList<>();
        TreeSet<String> unknown = new TreeSet<>(values.keySet());
        for (Parameter parameter : parameters) {
            unknown.remove(parameter.name());
            String value = all.get(parameter.name());
            if (value == null) {
                problems.add(new Problem(Reason.MEANING, "/" + parameter.name(), "missing: " + parameter.what()));
            } else if (parameter.integer() && !INTEGER.matcher(value).matches()) {
                problems.add(new Problem(Reason.MEANING, "/" + parameter.name(), value + " is no whole number"));
            }
        }
        unknown.forEach(u -> problems.add(new Problem(Reason.MEANING, "/" + u, "the template has no such parameter")));
        if (!problems.isEmpty()) {
            throw new InvalidAgreementException(problems);
        }
        return AgreementReader.model(filled(document, all));
    }

    private JsonNode filled(JsonNode node, Map<String, String> values) {
        if (node instanceof ObjectNode object) {
            ObjectNode copy = JsonNodeFactory.instance.objectNode();
            object.fields().forEachRemaining(f -> copy.set(f.getKey(), filled(f.getValue(), values)));
            return copy;
        }
        if (node instanceof ArrayNode array) {
            ArrayNode copy = JsonNodeFactory.instance.arrayNode();
            array.forEach(item -> copy.add(filled(item, values)));
            return copy;
        }
        return node instanceof TextNode text ? filled(text.textValue(), values) : node;
    }

    private JsonNode filled(String text, Map<String, String> values) {
        for (Parameter parameter : parameters) {
            if (parameter.integer() && text.equals("${" + parameter.name() + "}")) {
                return LongNode.valueOf(Long.parseLong(values.getOrDefault(parameter.name(), "")));
            }
        }
        Matcher gap = GAP.matcher(text);
        StringBuilder result = new StringBuilder();
        while (gap.find()) {
            String value = values.get(gap.group(1));
            if (value == null) {
                throw new IllegalStateException("the template uses a parameter it does not declare: " + gap.group(1));
            }
            gap.appendReplacement(result, Matcher.quoteReplacement(value));
        }
        return TextNode.valueOf(gap.appendTail(result).toString());
    }
}
