package org.entente.gateway.sdmx;

import org.entente.gateway.sdmx.DataOptions.Labels;

/**
 * The ways in which SDMX-CSV is written.
 *
 * @param version of SDMX-CSV
 * @param separator between cells
 * @param decimal mark of numbers
 * @param byteOrderMark whether the file begins with one, by which Excel knows UTF-8
 * @param guarded whether texts that a spreadsheet would take for a formula get an apostrophe in front
 * @param labels what is shown if nobody says otherwise
 */
record CsvDialect(
        Version version, char separator, char decimal, boolean byteOrderMark, boolean guarded, Labels labels) {

    /** Versions of SDMX-CSV. */
    enum Version {
        V1_0,
        V2_0,
        V2_1
    }

    static final CsvDialect CSV_1_0 = plain(Version.V1_0);
    static final CsvDialect CSV_2_0 = plain(Version.V2_0);
    static final CsvDialect CSV_2_1 = plain(Version.V2_1);

    /** SDMX-CSV 2.1 that Excel opens by a double click where lists are separated by semicolons. */
    static final CsvDialect EXCEL = new CsvDialect(Version.V2_1, ';', ',', true, true, Labels.BOTH);

    private static CsvDialect plain(Version version) {
        return new CsvDialect(version, ',', '.', false, false, Labels.ID);
    }

    /** RFC 4180 section 2, rules 6 and 7. */
    String cell(String text) {
        String safe = guarded && CsvGuard.isFormula(text) ? CsvGuard.MARK + text : text;
        return needsQuotes(safe) ? '"' + escaped(safe) + '"' : safe;
    }

    boolean needsQuotes(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == separator || c == '"' || c == '\r' || c == '\n') {
                return true;
            }
        }
        return false;
    }

    static String escaped(String text) {
        return text.replace("\"", "\"\"");
    }

    /** What stands in the column ACTION. */
    char action(DataSet.Action action, boolean messageDeletes) {
        return switch (action) {
            case DELETE -> 'D';
            // In 2.0 a plain answer is information; from 3.1 on that word is no longer used.
            case REPLACE -> version == Version.V2_0 && !messageDeletes ? 'I' : 'R';
        };
    }
}
