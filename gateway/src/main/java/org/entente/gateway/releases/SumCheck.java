package org.entente.gateway.releases;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.entente.gateway.statistics.Cube;
import org.entente.gateway.statistics.Dictionary;
import org.entente.gateway.statistics.ObservationCursor;
import org.entente.gateway.statistics.Structure;
import org.jspecify.annotations.Nullable;

/**
 * Holds totals against their parts. A total or part that is withheld settles nothing; a part that is not there counts as
 * zero if the dataset says so, else its sum is not judged.
 */
final class SumCheck {

    /** Most differences that are kept of one rule. */
    static final int MAX_LISTED = 1000;

    /** Relative error of adding doubles; counts are whole and add up exactly. */
    private static final double ROUNDING = 1e-9;

    private final Cube cube;
    private final SumRule rule;
    private final boolean absentIsZero;
    private final int dimension;
    private final int time;
    private final Map<Group, Integer> groups = new HashMap<>();
    private final List<Group> groupsInOrder = new ArrayList<>();
    private final SumCells cells = new SumCells();

    /** The codes of a series without the dimension that is added over. */
    private record Group(int[] numbers) {
        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Group group && Arrays.equals(numbers, group.numbers);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(numbers);
        }
    }

    SumCheck(Cube cube, SumRule rule, AbsentCells absent) {
        Structure structure = cube.structure();
        this.cube = cube;
        this.rule = rule;
        this.absentIsZero = absent == AbsentCells.ZERO;
        this.dimension = structure.dimensionPosition(rule.dimension());
        this.time = structure.timePosition();
    }

    /** The totals that differ from their parts by more than rounding, in canonical order; at most {@link #MAX_LISTED}. */
    List<SumDifference> differences() {
        ObservationCursor cursor = cube.cursor();
        Dictionary codes = cursor.dimensionTexts(dimension);
        int total = codes.number(rule.total());
        boolean[] part = parts(codes, total);
        if (total < 0) {
            return List.of();
        }
        int group = 0;
        int periods = cursor.dimensionTexts(time).size();
        while (cursor.next()) {
            int code = cursor.dimension(dimension);
            if (cursor.firstOfSeries() && (code == total || part[code])) {
                group = group(cursor);
            }
            if (code == total) {
                cells.total((long) group * periods + cursor.dimension(time), cursor.value());
            } else if (part[code]) {
                cells.part((long) group * periods + cursor.dimension(time), cursor.value());
            }
        }
        return list(cursor, periods, count(part));
    }

    private boolean[] parts(Dictionary codes, int total) {
        boolean[] part = new boolean[codes.size()];
        List<String> named = rule.parts();
        for (int i = 0; i < part.length; i++) {
            part[i] = i != total && (named == null || named.contains(codes.text(i)));
        }
        return part;
    }

    private int count(boolean[] part) {
        List<String> named = rule.parts();
        if (named != null) {
            return named.size();
        }
        int count = 0;
        for (boolean isPart : part) {
            count += isPart ? 1 : 0;
        }
        return count;
    }

    private int group(ObservationCursor cursor) {
        int[] numbers = new int[time];
        for (int d = 0; d < time; d++) {
            numbers[d] = d == dimension ? 0 : cursor.dimension(d);
        }
        Group group = new Group(numbers);
        Integer known = groups.get(group);
        if (known != null) {
            return known;
        }
        groups.put(group, groupsInOrder.size());
        groupsInOrder.add(group);
        return groupsInOrder.size() - 1;
    }

    private List<SumDifference> list(ObservationCursor texts, int periods, int wantedParts) {
        List<SumDifference> differences = new ArrayList<>();
        for (long key : cells.sortedKeys()) {
            int at = cells.find(key);
            boolean judged = cells.hasTotal(at) && !cells.isOpen(at);
            boolean complete = absentIsZero || cells.parts(at) == wantedParts;
            double total = cells.total(at);
            double sum = cells.sum(at);
            boolean differs = Math.abs(total - sum) > ROUNDING * Math.max(Math.abs(total), Math.abs(sum));
            if (judged && complete && differs && differences.size() < MAX_LISTED) {
                differences.add(new SumDifference(rule.dimension(), cell(texts, key, periods), total, sum));
            }
        }
        return differences;
    }

    private String cell(ObservationCursor texts, long key, int periods) {
        int[] numbers = groupsInOrder.get((int) (key / periods)).numbers();
        StringBuilder cell = new StringBuilder();
        for (int d = 0; d < time; d++) {
            cell.append(d == dimension ? rule.total() : texts.dimensionTexts(d).text(numbers[d]))
                    .append('.');
        }
        return cell.append(texts.dimensionTexts(time).text((int) (key % periods)))
                .toString();
    }
}
