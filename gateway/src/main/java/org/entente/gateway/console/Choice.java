package org.entente.gateway.console;

/**
 * A value with its words: an option of a form, a mark with its meaning, a link with its text.
 *
 * @param chosen whether it is selected or checked
 */
public record Choice(String value, String label, boolean chosen) {
    static Choice of(String value, String label) {
        return new Choice(value, label, false);
    }
}
