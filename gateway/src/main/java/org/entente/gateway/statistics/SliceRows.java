package org.entente.gateway.statistics;

import java.util.BitSet;
import java.util.function.DoublePredicate;
import org.jspecify.annotations.Nullable;

/** Walks the wanted series of a slice and, in each, the wanted observations. */
final class SliceRows {

    private final Columns columns;
    private final Slice slice;
    private final boolean wholeSeries;
    private final int[] stretches;
    private int stretch;
    private int nextSeries;
    private int series = -1;
    private int start;
    private int count;
    private int[] rows = new int[64];

    SliceRows(Columns columns, Slice slice) {
        this.columns = columns;
        this.slice = slice;
        this.wholeSeries = slice.takesWholeSeries();
        int @Nullable [] wanted = slice.series();
        this.stretches = wanted == null ? new int[] {0, columns.seriesCount()} : wanted;
        this.nextSeries = stretches.length == 0 ? 0 : stretches[0];
    }

    /** Moves to the next series that has at least one wanted observation. */
    boolean nextSeries() {
        while (stretch < stretches.length) {
            if (nextSeries == stretches[stretch + 1]) {
                stretch += 2;
                nextSeries = stretch < stretches.length ? stretches[stretch] : 0;
                continue;
            }
            series = nextSeries++;
            start = columns.seriesStarts()[series];
            int end = columns.seriesStarts()[series + 1];
            if (wholeSeries) {
                count = end - start;
            } else {
                collect(end);
                cutToEnds();
            }
            if (count > 0) {
                return true;
            }
        }
        return false;
    }

    int series() {
        return series;
    }

    int rowCount() {
        return count;
    }

    /** The observation's place in the columns. */
    int row(int index) {
        return wholeSeries ? start + index : rows[index];
    }

    private void collect(int end) {
        count = 0;
        if (rows.length < end - start) {
            rows = new int[Math.max(end - start, rows.length * 2)];
        }
        BitSet times = slice.times();
        DoublePredicate values = slice.values();
        for (int row = start; row < end; row++) {
            if ((times == null || times.get(columns.times().get(row)))
                    && (values == null || values.test(columns.values()[row]))
                    && attributesAdmit(row)) {
                rows[count++] = row;
            }
        }
    }

    private boolean attributesAdmit(int row) {
        @Nullable BitSet @Nullable [] masks = slice.masks();
        if (masks == null) {
            return true;
        }
        for (int a = 0; a < masks.length; a++) {
            BitSet mask = masks[a];
            if (mask != null) {
                IntColumn column = columns.attributes()[a];
                if (!mask.get(column.get(columns.seriesAttribute()[a] ? series : row))) {
                    return false;
                }
            }
        }
        return true;
    }

    private void cutToEnds() {
        int keep = slice.first() + slice.last();
        if (keep == 0 || keep >= count) {
            return;
        }
        System.arraycopy(rows, count - slice.last(), rows, slice.first(), slice.last());
        count = keep;
    }
}
