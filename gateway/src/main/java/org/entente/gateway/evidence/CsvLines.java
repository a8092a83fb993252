package org.entente.gateway.evidence;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Lines of an audit as CSV (RFC 4180); a field that a spreadsheet would take for a formula begins with an apostrophe. */
public final class CsvLines {
    private CsvLines() {}

    /** One line with its end; an absent field is empty. */
    public static String line(List<? extends @Nullable Object> fields) {
        return fields.stream().map(CsvLines::field).collect(Collectors.joining(",", "", "\r\n"));
    }

    private static String field(@Nullable Object value) {
        String text = value == null ? "" : value.toString();
        String safe = !text.isEmpty() && "=+-@\t\r".indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
        return safe.chars().anyMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r')
                ? '"' + safe.replace("\"", "\"\"") + '"'
                : safe;
    }
}
