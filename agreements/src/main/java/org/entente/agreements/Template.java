package org.entente.agreements;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.entente.agreements.InvalidAgreementException.Problem;
import org.entente.agreements.InvalidAgreementException.Reason;
import org.jspecify.annotations.Nullable;

/**
 * A document with gaps {@code ${name}} to be filled in. Values are put into the parsed tree, never into the text, so that no value can
 * change the structure of the document.
 *
 * <p>A list parameter, for instance the members of a framework, is filled by values {@code members.1.id}, {@code members.1.name},
 * {@code members.2.id} and so on. An array of the document that holds <code>{$each: members, $item: ...}</code> gets the item once for
 * each of them, and in it {@code ${members.id}} is the id of the one at hand.
 *
 * @param name name of the template
 * @param parameters every gap, with what belongs there; those of a list stand after the list they belong to
 * @param lists every list parameter
 */
public record Template(
        String name, String about, List<Parameter> parameters, List<ListParameter> lists, JsonNode document) {
    /** The templates that come with the library. */
    public static final List<String> NAMES =
            List.of("bilateral-diaspora-stock", "bilateral-diaspora-stock-crisis", "technical-annex", "rcp-framework");

    private static final Pattern INTEGER = Pattern.compile("0|[1-9][0-9]{0,14}");
    private static final Pattern INDEX = Pattern.compile("[1-9][0-9]{0,2}");

    public Template {
        parameters = List.copyOf(parameters);
        lists = List.copyOf(lists);
    }

    /**
     * One gap; it must be filled unless it has a default.
     *
     * @param integer whether it stands for a number in the document
     * @param list the list of whose every item it is a part; absent for one that is filled once
     */
    public record Parameter(
            String name,
            String what,
            boolean integer,
            @Nullable String byDefault,
            @Nullable String list) {}

    /** A list to be filled with at least so many items. */
    public record ListParameter(String name, String what, int atLeast) {}

    /**
     * Loads a template that comes with the library.
     *
     * @throws IllegalArgumentException when there is none of this name
     */
    public static Template load(String name) {
        try {
            return read(name, AgreementReader.tree(source(name)));
        } catch (InvalidAgreementException e) {
            throw new IllegalStateException("template " + name + " is not readable", e);
        }
    }

    /**
     * The template as it was written, YAML with comments.
     *
     * @throws IllegalArgumentException when there is none of this name
     */
    public static byte[] source(String name) {
        if (!NAMES.contains(name)) {
            throw new IllegalArgumentException("no template " + name + "; there are: " + String.join(", ", NAMES));
        }
        try (InputStream in = Template.class.getResourceAsStream("/templates/" + name + ".yaml")) {
            if (in == null) {
                throw new IllegalStateException("template " + name + " is not on the class path");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Template read(String name, JsonNode tree) {
        List<Parameter> parameters = new ArrayList<>();
        List<ListParameter> lists = new ArrayList<>();
        tree.path("parameters").fields().forEachRemaining(p -> {
            JsonNode about = p.getValue();
            if (about.has("list")) {
                lists.add(new ListParameter(
                        p.getKey(),
                        about.path("what").asText(),
                        about.path("list").path("atLeast").asInt(1)));
            } else {
                parameters.add(parameter(p.getKey(), about, lists));
            }
        });
        return new Template(name, tree.path("about").asText(), parameters, lists, tree.path("document"));
    }

    private static Parameter parameter(String name, JsonNode about, List<ListParameter> lists) {
        JsonNode byDefault = about.get("default");
        return new Parameter(
                name,
                about.path("what").asText(),
                about.path("integer").asBoolean(),
                byDefault == null ? null : byDefault.asText(),
                lists.stream()
                        .map(ListParameter::name)
                        .filter(l -> name.startsWith(l + "."))
                        .findFirst()
                        .orElse(null));
    }

    /**
     * Reads values from YAML or JSON: <code>origin: {id: PHL}</code> is the value {@code origin.id}, and the items of a list are numbered
     * from 1.
     *
     * @throws InvalidAgreementException when it cannot be read, or holds something else than texts and numbers in objects and lists
     */
    public static Map<String, String> values(byte[] jsonOrYaml) throws InvalidAgreementException {
        Map<String, String> values = new TreeMap<>();
        List<Problem> problems = new ArrayList<>();
        flatten("", AgreementReader.tree(jsonOrYaml), values, problems);
        if (!problems.isEmpty()) {
            throw new InvalidAgreementException(problems);
        }
        return values;
    }

    private static void flatten(String name, JsonNode node, Map<String, String> values, List<Problem> problems) {
        String before = name.isEmpty() ? "" : name + ".";
        if (node instanceof ObjectNode object) {
            object.fields().forEachRemaining(f -> flatten(before + f.getKey(), f.getValue(), values, problems));
        } else if (node instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                flatten(before + (i + 1), array.get(i), values, problems);
            }
        } else if (name.isEmpty() || !node.isTextual() && !node.isIntegralNumber()) {
            problems.add(new Problem(Reason.UNREADABLE, "/" + name, "is neither a text nor a whole number"));
        } else {
            values.put(name, node.asText());
        }
    }

    /** A YAML file with every value that is wanted, to be filled in by hand; {@link #values} reads it. */
    public String form() {
        return new TemplateForm(this).write();
    }

    /**
     * Fills the gaps and reads the result as an agreement.
     *
     * @param values value per parameter name
     * @throws InvalidAgreementException naming every parameter that is missing or not known, or every fault of the filled document
     */
    public Agreement fill(Map<String, String> values) throws InvalidAgreementException {
        Map<String, String> all = new TreeMap<>();
        Map<String, Integer> sizes = new TreeMap<>();
        Set<String> unknown = new TreeSet<>(values.keySet());
        List<Problem> problems = new ArrayList<>();
        for (ListParameter list : lists) {
            int size = size(list, values);
            sizes.put(list.name(), size);
            if (size < list.atLeast()) {
                String sentence = "has " + size + " items; at least " + list.atLeast() + " belong here: " + list.what();
                problems.add(new Problem(Reason.MEANING, "/" + list.name(), sentence));
            }
        }
        for (Parameter parameter : parameters) {
            for (String name : names(parameter, sizes)) {
                unknown.remove(name);
                String value = values.getOrDefault(name, parameter.byDefault() == null ? "" : parameter.byDefault());
                check(parameter, name, value, problems);
                all.put(name, value);
            }
        }
        unknown.forEach(u -> problems.add(new Problem(Reason.MEANING, "/" + u, "the template has no such parameter")));
        if (!problems.isEmpty()) {
            throw new InvalidAgreementException(problems);
        }
        return AgreementReader.model(new TemplateFilling(this, all, sizes).fill());
    }

    private static void check(Parameter parameter, String name, String value, List<Problem> problems) {
        if (value.isEmpty()) {
            problems.add(new Problem(Reason.MEANING, "/" + name, "missing: " + parameter.what()));
        } else if (parameter.integer() && !INTEGER.matcher(value).matches()) {
            problems.add(new Problem(Reason.MEANING, "/" + name, value + " is no whole number"));
        }
    }

    /** The parameter's name, or for a part of a list its name in every item. */
    private static List<String> names(Parameter parameter, Map<String, Integer> sizes) {
        String list = parameter.list();
        if (list == null) {
            return List.of(parameter.name());
        }
        List<String> names = new ArrayList<>();
        for (int i = 1; i <= sizes.getOrDefault(list, 0); i++) {
            names.add(item(parameter.name(), list, i));
        }
        return names;
    }

    /** The name of a part in one item: {@code members.id} in the second is {@code members.2.id}. */
    static String item(String part, String list, int index) {
        return list + "." + index + part.substring(list.length());
    }

    /** The highest number of an item that has a value; an item in between that has none is found to lack its parts. */
    private static int size(ListParameter list, Map<String, String> values) {
        String before = list.name() + ".";
        return values.keySet().stream()
                .filter(k -> k.startsWith(before))
                .map(k -> k.substring(before.length()).split("\\.", 2)[0])
                .filter(i -> INDEX.matcher(i).matches())
                .mapToInt(Integer::parseInt)
                .max()
                .orElse(0);
    }
}
