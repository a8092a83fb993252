package org.entente.agreements;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Puts checked values into the tree of a template. */
final class TemplateFilling {
    private static final Pattern GAP = Pattern.compile("\\$\\{([a-zA-Z][a-zA-Z0-9.]*)}");
    private static final String EACH = "$each";
    private static final String ITEM = "$item";

    private final Template template;
    private final Map<String, String> values;
    private final Map<String, Integer> sizes;

    /**
     * @param values a value for every parameter, and for every part of every item of a list
     * @param sizes number of items of every list
     */
    TemplateFilling(Template template, Map<String, String> values, Map<String, Integer> sizes) {
        this.template = template;
        this.values = values;
        this.sizes = sizes;
    }

    JsonNode fill() {
        return filled(template.document(), Map.of());
    }

    /** @param at number of the item at hand, per list */
    private JsonNode filled(JsonNode node, Map<String, Integer> at) {
        if (node instanceof ObjectNode object) {
            ObjectNode copy = JsonNodeFactory.instance.objectNode();
            object.fields().forEachRemaining(f -> copy.set(f.getKey(), filled(f.getValue(), at)));
            return copy;
        }
        if (node instanceof ArrayNode array) {
            ArrayNode copy = JsonNodeFactory.instance.arrayNode();
            for (JsonNode item : array) {
                if (item.has(EACH)) {
                    each(item.path(EACH).asText(), item.path(ITEM), copy);
                } else {
                    copy.add(filled(item, at));
                }
            }
            return copy;
        }
        return node instanceof TextNode text ? filled(text.textValue(), at) : node;
    }

    private void each(String list, JsonNode item, ArrayNode into) {
        Integer size = sizes.get(list);
        if (size == null) {
            throw new IllegalStateException("the template repeats a list that it does not declare: " + list);
        }
        for (int i = 1; i <= size; i++) {
            into.add(filled(item, Map.of(list, i)));
        }
    }

    private JsonNode filled(String text, Map<String, Integer> at) {
        for (Template.Parameter parameter : template.parameters()) {
            if (parameter.integer() && text.equals("${" + parameter.name() + "}")) {
                return LongNode.valueOf(Long.parseLong(value(parameter.name(), at)));
            }
        }
        Matcher gap = GAP.matcher(text);
        StringBuilder result = new StringBuilder();
        while (gap.find()) {
            gap.appendReplacement(result, Matcher.quoteReplacement(value(gap.group(1), at)));
        }
        return TextNode.valueOf(gap.appendTail(result).toString());
    }

    private String value(String name, Map<String, Integer> at) {
        String list = template.parameters().stream()
                .filter(p -> p.name().equals(name))
                .findFirst()
                .map(Template.Parameter::list)
                .orElse(null);
        String key = list != null && at.containsKey(list) ? Template.item(name, list, at.get(list)) : name;
        String value = values.get(key);
        if (value == null) {
            throw new IllegalStateException("the template uses a parameter that it does not declare here: " + name);
        }
        return value;
    }
}
