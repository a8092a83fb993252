package org.entente.gateway.sdmx;

/** Texts that a spreadsheet would run as a formula, and the apostrophe that keeps it from doing so. */
final class CsvGuard {

    static final char MARK = '\'';

    private CsvGuard() {}

    /** Whether the text begins like a formula, or like a text that was guarded. */
    static boolean isFormula(String text) {
        return !text.isEmpty() && "=+-@\t'".indexOf(text.charAt(0)) >= 0;
    }

    /** The text without the apostrophe that was put before a formula. */
    static String unguarded(String text) {
        return text.length() > 1 && text.charAt(0) == MARK && isFormula(text.substring(1)) ? text.substring(1) : text;
    }
}
