package org.entente.gateway.disclosure;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.entente.gateway.statistics.CubeException;
import org.entente.gateway.statistics.Problem;
import org.entente.gateway.statistics.Problem.Kind;

/**
 * A table as a CSV file: the specification's dimensions and count, and other columns that are carried along.
 *
 * @param header the file's columns
 * @param records its rows
 * @param table the counts
 * @param grades of the estimates, one for each record; empty for a table that was counted and for a protected one
 */
public record TableFile(List<String> header, List<String[]> records, CountTable table, List<Survey.Grade> grades) {

    private static final String OBS_STATUS = "OBS_STATUS";
    private static final String CONF_STATUS = "CONF_STATUS";
    private static final int MAX_PROBLEMS = 100;

    /** What a table may say of an estimate without knowing better: normal or estimated. */
    private static final Set<String> ESTIMABLE = Set.of("A", "E");

    /**
     * Reads a table in which every count is given.
     *
     * @throws CubeException naming row and column of what is wrong
     */
    public static TableFile read(byte[] csv, Specification spec) {
        return read(csv, spec, false);
    }

    /** Reads a table in which counts may be withheld, as {@code NaN}. */
    public static TableFile readProtected(byte[] csv, Specification spec) {
        return read(csv, spec, true);
    }

    private static TableFile read(byte[] csv, Specification spec, boolean withheld) {
        List<String[]> all = CsvLines.read(csv);
        List<Problem> problems = new ArrayList<>();
        List<String> header = all.isEmpty() ? List.of() : Arrays.asList(all.getFirst());
        List<String> columns = spec.dimensions().stream().map(Dimension::column).toList();
        checkHeader(header, columns, spec, withheld, problems);
        if (!problems.isEmpty()) {
            throw new CubeException(problems, problems.size());
        }
        int[] at = columns.stream().mapToInt(header::indexOf).toArray();
        int count = header.indexOf(spec.count());
        List<CountTable.Row> rows = new ArrayList<>();
        Survey survey = withheld ? null : spec.survey();
        List<Survey.Grade> grades = new ArrayList<>();
        Set<List<String>> unsupported = new HashSet<>();
        for (int r = 1; r < all.size(); r++) {
            String[] record = all.get(r);
            if (record.length != header.size()) {
                problems.add(new Problem(
                        Kind.MALFORMED,
                        r + 1,
                        "",
                        "the row has " + record.length + " cells, the header has " + header.size()));
                continue;
            }
            List<String> codes = new ArrayList<>();
            for (int i = 0; i < at.length; i++) {
                codes.add(record[at[i]]);
                if (record[at[i]].isBlank()) {
                    problems.add(new Problem(Kind.MISSING, r + 1, columns.get(i), "the code is missing"));
                }
            }
            rows.add(new CountTable.Row(codes, number(record[count], r + 1, spec.count(), withheld, problems), r + 1));
            if (survey != null) {
                Survey.Grade grade = grade(survey, header, record, r + 1, problems);
                grades.add(grade);
                if (grade == Survey.Grade.UNSUPPORTED) {
                    unsupported.add(codes);
                }
            }
        }
        if (!problems.isEmpty()) {
            throw new CubeException(problems.subList(0, Math.min(problems.size(), MAX_PROBLEMS)), problems.size());
        }
        return new TableFile(
                header, all.subList(1, all.size()), new CountTable(columns, rows, unsupported), List.copyOf(grades));
    }

    /** Judges an estimate by what stands beside it. */
    private static Survey.Grade grade(
            Survey survey, List<String> header, String[] record, long row, List<Problem> problems) {
        long sample = number(record[header.indexOf(survey.sample())], row, survey.sample(), false, problems);
        String column = survey.variation();
        String given = column == null ? "" : record[header.indexOf(column)];
        if (column == null || given.isEmpty()) {
            // No coefficient exists where the sample holds nobody; where it holds somebody one must be there.
            if (column != null && sample > 0) {
                problems.add(new Problem(Kind.MISSING, row, column, "the coefficient of variation is missing"));
            }
            return survey.grade(sample, null);
        }
        try {
            BigDecimal coefficient = new BigDecimal(given);
            if (coefficient.signum() >= 0) {
                return survey.grade(sample, coefficient);
            }
        } catch (NumberFormatException e) {
            // The one sentence below says what is expected.
        }
        problems.add(new Problem(Kind.MALFORMED, row, column, "'" + given + "' is no coefficient in per cent"));
        return Survey.Grade.UNSUPPORTED;
    }

    private static void checkHeader(
            List<String> header, List<String> columns, Specification spec, boolean withheld, List<Problem> problems) {
        List<String> needed = new ArrayList<>(columns);
        needed.add(spec.count());
        Survey survey = spec.survey();
        if (survey != null && !withheld) {
            needed.add(survey.sample());
            String variation = survey.variation();
            if (variation != null) {
                needed.add(variation);
            }
        }
        if (withheld) {
            spec.rates().forEach(rate -> needed.add(rate.column()));
        }
        for (String column : needed) {
            if (!header.contains(column)) {
                problems.add(new Problem(Kind.MISSING, 1, column, "the column is missing"));
            }
        }
        for (int i = 0; i < header.size(); i++) {
            String column = header.get(i);
            boolean status = withheld && (column.equals(OBS_STATUS) || column.equals(CONF_STATUS));
            if (!needed.contains(column) && !spec.ignored().contains(column) && !status) {
                problems.add(new Problem(
                        Kind.MALFORMED,
                        1,
                        column,
                        "the specification does not name the column; name it as a dimension or under ignore"));
            } else if (header.indexOf(column) != i) {
                problems.add(new Problem(Kind.DUPLICATE_KEY, 1, column, "the column stands there twice"));
            }
        }
    }

    private static long number(String text, long row, String column, boolean withheld, List<Problem> problems) {
        if (withheld && text.equals("NaN")) {
            return CountTable.WITHHELD;
        }
        try {
            java.math.BigDecimal number = new java.math.BigDecimal(text);
            long whole = number.longValueExact();
            if (whole >= 0) {
                return whole;
            }
        } catch (NumberFormatException | ArithmeticException e) {
            // The one sentence below says what is expected.
        }
        problems.add(new Problem(Kind.MALFORMED, row, column, "'" + text + "' is not a count, 0 or more people"));
        return 0;
    }

    /**
     * The protected table in the file's own columns, with {@code OBS_STATUS} and {@code CONF_STATUS}; a withheld count is
     * {@code NaN} with Q and C, whatever it is withheld for. Cells that the file left out because nobody is in them follow
     * if they are withheld. Unweighted counts and coefficients of variation stay here; rates are computed from what is shown.
     */
    public byte[] write(ProtectedTable result) {
        List<String> columns = new ArrayList<>(header);
        for (String status : List.of(OBS_STATUS, CONF_STATUS)) {
            if (!columns.contains(status)) {
                columns.add(status);
            }
        }
        int count = header.indexOf(result.spec().count());
        BitSet leaving = leaving(columns, result.spec());
        StringBuilder out = new StringBuilder();
        List<String> top = only(leaving, columns);
        result.spec().rates().forEach(rate -> top.add(rate.column()));
        CsvLines.write(out, top);
        List<ProtectedTable.Cell> cells = result.cells();
        Map<List<String>, Long> published = Rate.published(result.asSeen());
        for (ProtectedTable.Cell cell : cells) {
            List<String> record = new ArrayList<>();
            String[] original = cell.line() > 0 ? records.get((int) cell.line() - 2) : blank(result, cell);
            record.addAll(Arrays.asList(original));
            while (record.size() < columns.size()) {
                record.add("");
            }
            status(record, columns, cell);
            record.set(count, cell.withheld() ? "NaN" : Long.toString(cell.count()));
            List<String> line = only(leaving, record);
            result.spec()
                    .rates()
                    .forEach(
                            rate -> line.add(rate.of(cell.codes(), result.spec().columns(), published)));
            CsvLines.write(out, line);
        }
        return out.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** The columns that leave the office. */
    private static BitSet leaving(List<String> columns, Specification spec) {
        BitSet leaving = DisclosureControl.all(columns.size());
        Survey survey = spec.survey();
        if (survey != null) {
            leaving.clear(columns.indexOf(survey.sample()));
            String variation = survey.variation();
            if (variation != null) {
                leaving.clear(columns.indexOf(variation));
            }
        }
        return leaving;
    }

    private static List<String> only(BitSet leaving, List<String> record) {
        List<String> left = new ArrayList<>();
        leaving.stream().forEach(at -> left.add(record.get(at)));
        return left;
    }

    /**
     * The table without its rates, which whoever has the counts can compute, as a table of figures.
     *
     * @throws CubeException if a rate is not that of the counts that are shown
     */
    public byte[] figures(Specification spec) {
        List<String> columns = spec.columns();
        Map<List<String>, Long> published = Rate.published(table);
        List<Problem> problems = new ArrayList<>();
        BitSet leaving = DisclosureControl.all(header.size());
        for (Rate rate : spec.rates()) {
            int at = header.indexOf(rate.column());
            leaving.clear(at);
            for (int r = 0; r < records.size(); r++) {
                String right = rate.of(table.rows().get(r).codes(), columns, published);
                if (!right.equals(records.get(r)[at]) && problems.size() < MAX_PROBLEMS) {
                    problems.add(new Problem(
                            Kind.INCONSISTENT,
                            r + 2,
                            rate.column(),
                            "the rate is not that of the counts shown, which is " + right));
                }
            }
        }
        if (!problems.isEmpty()) {
            throw new CubeException(problems, problems.size());
        }
        StringBuilder out = new StringBuilder();
        CsvLines.write(out, only(leaving, header));
        records.forEach(record -> CsvLines.write(out, only(leaving, Arrays.asList(record))));
        return out.toString().getBytes(StandardCharsets.UTF_8);
    }

    private void status(List<String> record, List<String> columns, ProtectedTable.Cell cell) {
        int observation = columns.indexOf(OBS_STATUS);
        int confidentiality = columns.indexOf(CONF_STATUS);
        if (cell.withheld()) {
            record.set(observation, "Q");
            record.set(confidentiality, "C");
            return;
        }
        String stated = record.get(observation);
        if (!grades.isEmpty() && (stated.isBlank() || ESTIMABLE.contains(stated))) {
            Survey.Grade grade = cell.line() > 0 ? grades.get((int) cell.line() - 2) : Survey.Grade.UNSUPPORTED;
            record.set(observation, grade == Survey.Grade.ESTIMATED ? "E" : "U");
        } else if (stated.isBlank()) {
            record.set(observation, "A");
        }
        if (record.get(confidentiality).isBlank()) {
            record.set(confidentiality, cell.known() ? "F" : "N");
        }
    }

    private String[] blank(ProtectedTable result, ProtectedTable.Cell cell) {
        String[] record = new String[header.size()];
        Arrays.fill(record, "");
        // What every row says (the dataflow, the unit) holds for this one too.
        for (int column = 0; column < record.length; column++) {
            int at = column;
            String first = records.getFirst()[at];
            if (result.spec().ignored().contains(header.get(at))
                    && records.stream().allMatch(row -> row[at].equals(first))) {
                record[at] = first;
            }
        }
        for (int d = 0; d < cell.codes().size(); d++) {
            record[header.indexOf(result.spec().dimensions().get(d).column())] =
                    cell.codes().get(d);
        }
        return record;
    }
}
