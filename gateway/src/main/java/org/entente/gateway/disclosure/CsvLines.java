package org.entente.gateway.disclosure;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.entente.gateway.statistics.CubeException;
import org.entente.gateway.statistics.Problem;

/** RFC 4180 text as records of cells. */
final class CsvLines {

    private CsvLines() {}

    /**
     * All records, the header first; empty lines are left out.
     *
     * @throws CubeException naming the record that cannot be read
     */
    static List<String[]> read(byte[] bytes) {
        String text;
        try {
            text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw malformed(1, "the file is not UTF-8");
        }
        List<String[]> records = new ArrayList<>();
        List<String> cells = new ArrayList<>();
        StringBuilder cell = new StringBuilder();
        int at = text.startsWith("\uFEFF") ? 1 : 0;
        while (at < text.length()) {
            at = cell(text, at, cell, records.size() + 1);
            cells.add(cell.toString());
            boolean ends = at >= text.length() || text.charAt(at) != ',';
            if (ends) {
                if (cells.size() > 1 || !cells.getFirst().isEmpty()) {
                    records.add(cells.toArray(new String[0]));
                }
                cells.clear();
                at += text.startsWith("\r\n", at) ? 2 : 1;
            } else if (++at == text.length()) {
                cells.add("");
                records.add(cells.toArray(new String[0]));
            }
        }
        return records;
    }

    /** Reads one cell; the position of what ends it. */
    private static int cell(String text, int from, StringBuilder cell, int record) {
        cell.setLength(0);
        int at = from;
        if (at < text.length() && text.charAt(at) == '"') {
            at++;
            while (true) {
                if (at >= text.length()) {
                    throw malformed(record, "a quoted cell is not closed");
                }
                char c = text.charAt(at++);
                if (c != '"') {
                    cell.append(c);
                } else if (at < text.length() && text.charAt(at) == '"') {
                    cell.append('"');
                    at++;
                } else {
                    break;
                }
            }
            if (at < text.length() && ",\r\n".indexOf(text.charAt(at)) < 0) {
                throw malformed(record, "text stands after the closing quote");
            }
            return at;
        }
        while (at < text.length() && ",\r\n".indexOf(text.charAt(at)) < 0) {
            cell.append(text.charAt(at++));
        }
        return at;
    }

    private static CubeException malformed(long record, String detail) {
        return new CubeException(List.of(new Problem(Problem.Kind.MALFORMED, record, "", detail)), 1);
    }

    /** Appends a record. */
    static void write(StringBuilder out, List<String> cells) {
        for (int i = 0; i < cells.size(); i++) {
            String cell = cells.get(i);
            out.append(i == 0 ? "" : ",");
            boolean quote = cell.chars().anyMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
            out.append(quote ? '"' + cell.replace("\"", "\"\"") + '"' : cell);
        }
        out.append("\n");
    }
}
