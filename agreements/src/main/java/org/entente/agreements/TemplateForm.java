package org.entente.agreements;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A file with every value that a template wants, to be filled in by hand: YAML, each value under what belongs there. */
final class TemplateForm {
    private final Template template;
    private final StringBuilder out = new StringBuilder();

    TemplateForm(Template template) {
        this.template = template;
    }

    String write() {
        out.append("# ").append(template.about()).append(".\n");
        out.append("# Fill in what stands between the quotes. A value that is given already may stay.\n");
        Map<String, List<Template.Parameter>> groups = template.parameters().stream()
                .collect(Collectors.groupingBy(
                        p -> p.name().contains(".") ? group(p) : p.name(), LinkedHashMap::new, Collectors.toList()));
        groups.forEach((name, parameters) -> {
            Template.Parameter first = parameters.get(0);
            if (!first.name().contains(".")) {
                value(first, first.name(), "");
            } else if (first.list() != null) {
                list(name, parameters);
            } else {
                out.append(name).append(":\n");
                parameters.forEach(p -> value(p, part(p), "  "));
            }
        });
        return out.toString();
    }

    private static String group(Template.Parameter parameter) {
        return parameter.name().substring(0, parameter.name().indexOf('.'));
    }

    private static String part(Template.Parameter parameter) {
        return parameter.name().substring(parameter.name().indexOf('.') + 1);
    }

    private void value(Template.Parameter parameter, String name, String indent) {
        out.append(indent).append("# ").append(parameter.what()).append('\n');
        String value = parameter.byDefault() == null ? "" : parameter.byDefault();
        out.append(indent).append(name).append(": \"").append(value).append("\"\n");
    }

    /** As many empty items as there must be; more are written like them. */
    private void list(String name, List<Template.Parameter> parts) {
        Template.ListParameter list = template.lists().stream()
                .filter(l -> l.name().equals(name))
                .findFirst()
                .orElseThrow();
        out.append("# ").append(list.what()).append("; at least ").append(list.atLeast());
        out.append(", repeat the block for more\n").append(name).append(":\n");
        for (int i = 0; i < list.atLeast(); i++) {
            out.append("  -\n");
            parts.forEach(p -> value(p, part(p), "    "));
        }
    }
}
