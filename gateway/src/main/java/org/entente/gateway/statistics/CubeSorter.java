package org.entente.gateway.statistics;

import org.jspecify.annotations.Nullable;

/** Canonical order of rows by several columns of ranks, without an object per row. */
final class CubeSorter {

    private final GrowingColumn[] columns;
    private final int[][] ranks;
    private final int rows;

    /**
     * @param columns dictionary numbers, most significant column first
     * @param ranks per column the rank of each dictionary number
     */
    CubeSorter(GrowingColumn[] columns, int[][] ranks, int rows) {
        this.columns = columns;
        this.ranks = ranks;
        this.rows = rows;
    }

    /** The rows in order; equal rows keep the order they came in. Null if they came sorted. */
    int @Nullable [] permutation() {
        if (isSorted()) {
            return null;
        }
        int[] order = new int[rows];
        for (int i = 0; i < rows; i++) {
            order[i] = i;
        }
        int[] next = new int[rows];
        // Least significant column first, each pass stable: a radix sort whose digits are whole columns.
        for (int c = columns.length - 1; c >= 0; c--) {
            int[] rank = ranks[c];
            if (rank.length > 1) {
                countingPass(columns[c], rank, order, next);
                int[] swap = order;
                order = next;
                next = swap;
            }
        }
        return order;
    }

    private static void countingPass(GrowingColumn column, int[] rank, int[] from, int[] to) {
        int[] places = new int[rank.length + 1];
        for (int row : from) {
            places[rank[column.get(row)] + 1]++;
        }
        for (int i = 1; i < places.length; i++) {
            places[i] += places[i - 1];
        }
        for (int row : from) {
            to[places[rank[column.get(row)]]++] = row;
        }
    }

    private boolean isSorted() {
        for (int row = 1; row < rows; row++) {
            if (compare(row - 1, row, columns.length) > 0) {
                return false;
            }
        }
        return true;
    }

    /** Compares two rows by their first {@code significant} columns. */
    int compare(int a, int b, int significant) {
        for (int c = 0; c < significant; c++) {
            int result = Integer.compare(ranks[c][columns[c].get(a)], ranks[c][columns[c].get(b)]);
            if (result != 0) {
                return result;
            }
        }
        return 0;
    }
}
