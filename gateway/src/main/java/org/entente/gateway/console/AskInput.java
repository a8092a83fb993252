package org.entente.gateway.console;

import io.micronaut.http.HttpParameters;
import java.util.Set;
import java.util.TreeSet;

/**
 * What stands in the form.
 *
 * @param leg {@code AGREEMENT LEG}, or empty
 * @param people code of an area, or empty for all that the agreement allows
 * @param by ids of the dimensions to break down by
 * @param asked whether figures are wanted, and not only the form
 */
record AskInput(
        String leg,
        String people,
        String purpose,
        String from,
        String to,
        Set<String> by,
        boolean fresh,
        boolean asked) {

    static AskInput of(HttpParameters form) {
        return new AskInput(
                form.get("leg", String.class, ""),
                form.get("people", String.class, ""),
                form.get("purpose", String.class, ""),
                form.get("from", String.class, "").strip(),
                form.get("to", String.class, "").strip(),
                new TreeSet<>(form.getAll("by")),
                "true".equals(form.get("fresh")),
                "yes".equals(form.get("ask")));
    }
}
