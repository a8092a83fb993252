package org.entente.gateway.disclosure;

import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * Counts by codes: the true table, before anything is withheld.
 *
 * @param columns names of the dimensions
 * @param rows the cells, each with one code per column
 * @param unsupported codes of the cells that are withheld because too small a sample stands behind them
 */
public record CountTable(List<String> columns, List<Row> rows, Set<List<String>> unsupported) {

    /** Stands for a count that is withheld. */
    public static final long WITHHELD = -1;

    /**
     * A cell.
     *
     * @param codes one per column
     * @param count people, 0 or more, or {@link #WITHHELD}
     * @param line where it stood, as a person counts records: the header is row 1
     */
    public record Row(List<String> codes, long count, long line) {
        public Row {
            codes = List.copyOf(codes);
        }
    }

    public CountTable {
        columns = List.copyOf(columns);
        rows = List.copyOf(rows);
        unsupported = Set.copyOf(unsupported);
    }

    /** A table that was counted. */
    public CountTable(List<String> columns, List<Row> rows) {
        this(columns, rows, Set.of());
    }

    /** The rows in the order of their codes, which does not depend on the file's. */
    List<Row> sorted() {
        Row[] sorted = rows.toArray(new Row[0]);
        Arrays.sort(sorted, (a, b) -> compare(a.codes(), b.codes()));
        return Arrays.asList(sorted);
    }

    private static int compare(List<String> a, List<String> b) {
        for (int i = 0; i < a.size(); i++) {
            int order = a.get(i).compareTo(b.get(i));
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }
}
