package org.entente.gateway.sdmx;

import org.entente.gateway.statistics.Code;
import org.entente.gateway.statistics.Component;

/** Names of components and codes in the languages a reader wants. */
final class Labelled {

    private final Languages languages;

    Labelled(Languages languages) {
        this.languages = languages;
    }

    String name(Component component) {
        return languages.pick(component.concept().name());
    }

    /** The name of a code; empty for what has no code list or is not in it. */
    String name(Component component, String text) {
        return component
                .representation()
                .codelist()
                .flatMap(list -> list.code(text))
                .map(Code::name)
                .map(languages::pick)
                .orElse("");
    }

    /** {@code CODE: name} as SDMX-CSV joins them; a text without a name stands alone. */
    String both(Component component, String text) {
        String name = name(component, text);
        return name.isEmpty() ? text : text + ": " + name;
    }
}
