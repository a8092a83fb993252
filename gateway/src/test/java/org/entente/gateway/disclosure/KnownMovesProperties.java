package org.entente.gateway.disclosure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/**
 * Members give figures on the same columns; everybody knows each member's sum and each column's. Whatever a remembered change is said to
 * prove is held against a search through all tables with these sums.
 */
class KnownMovesProperties {
    private static final int MEMBERS = 4;
    private static final int COLUMNS = 3;
    private static final int FIGURES = MEMBERS * COLUMNS;

    /** A table of whole numbers, with what must differ at each figure for it to be safe. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Region(double[] base, KnownMoves known, List<Inference.Figure> figures) {
        static Region of(List<Integer> values, List<Integer> needs) {
            List<Inference.Figure> figures = new ArrayList<>();
            List<Inference.Sum> sums = new ArrayList<>();
            List<Ints> sumsOf = new ArrayList<>();
            double[] base = values.stream().mapToDouble(Integer::doubleValue).toArray();
            for (int i = 0; i < FIGURES; i++) {
                figures.add(new Inference.Figure(member(i), base[i], needs.get(i)));
                sumsOf.add(new Ints());
            }
            for (int m = 0; m < MEMBERS; m++) {
                int first = m * COLUMNS;
                add(sums, sumsOf, base, first, first + 1, first + 2);
            }
            for (int c = 0; c < COLUMNS; c++) {
                add(sums, sumsOf, base, c, c + COLUMNS, c + 2 * COLUMNS, c + 3 * COLUMNS);
            }
            KnownMoves known = new KnownMoves(figures, sums, sumsOf);
            known.enter(all());
            return new Region(base, known, figures);
        }

        private static void add(List<Inference.Sum> sums, List<Ints> sumsOf, double[] base, int... of) {
            int[] signs = new int[of.length];
            Arrays.fill(signs, 1);
            double is = 0;
            for (int figure : of) {
                sumsOf.get(figure).add(sums.size());
                is += base[figure];
            }
            sums.add(new Inference.Sum(of, signs, is, is, true));
        }

        /** Whether some other table has the same sums, moves this figure far enough, and leaves whoever is not named as they are. */
        boolean isPossible(int figure, Set<String> moving) {
            int[] rows = new int[MEMBERS];
            int[] columns = new int[COLUMNS];
            for (int i = 0; i < FIGURES; i++) {
                if (moving.contains(member(i))) {
                    rows[i / COLUMNS] += (int) base[i];
                    columns[i % COLUMNS] += (int) base[i];
                }
            }
            return search(0, figure, moving, rows, columns);
        }

        private boolean search(int at, int figure, Set<String> moving, int[] rows, int[] columns) {
            if (at == FIGURES) {
                return Arrays.stream(columns).allMatch(left -> left == 0);
            }
            int row = at / COLUMNS;
            int column = at % COLUMNS;
            if (!moving.contains(member(at))) {
                return search(at + 1, figure, moving, rows, columns);
            }
            boolean last = column == COLUMNS - 1;
            for (int value = last ? rows[row] : 0; value <= Math.min(rows[row], columns[column]); value++) {
                if (at != figure
                        || Math.abs(value - base[at]) >= figures.get(at).need()) {
                    rows[row] -= value;
                    columns[column] -= value;
                    boolean found = search(at + 1, figure, moving, rows, columns);
                    rows[row] += value;
                    columns[column] += value;
                    if (found) {
                        return true;
                    }
                }
            }
            return false;
        }
    }

    private static String member(int figure) {
        return "M" + figure / COLUMNS;
    }

    private static int[] all() {
        int[] all = new int[FIGURES];
        Arrays.setAll(all, i -> i);
        return all;
    }

    /** A change that leaves all sums: this much more of two members at two columns, crosswise. */
    private static double[] crosswise(int one, int other, int first, int second, int by) {
        double[] moved = new double[FIGURES];
        moved[one * COLUMNS + first] += by;
        moved[one * COLUMNS + second] -= by;
        moved[other * COLUMNS + first] -= by;
        moved[other * COLUMNS + second] += by;
        return moved;
    }

    @Property(tries = 300)
    void whatIsSaidToBePossibleIsPossibleAndMovesNobodyElse(
            @ForAll @Size(FIGURES) List<@IntRange(max = 4) Integer> values,
            @ForAll @Size(FIGURES) List<@IntRange(min = 1, max = 3) Integer> needs,
            @ForAll @Size(min = 1, max = 3) List<@Size(5) List<@IntRange(max = 11) Integer>> changes) {
        Region region = Region.of(values, needs);
        for (List<Integer> change : changes) {
            double[] moved = new double[FIGURES];
            for (int i = 0; i + 3 < change.size(); i++) {
                double[] part = crosswise(
                        change.get(i) % MEMBERS,
                        change.get(i + 1) % MEMBERS,
                        change.get(i + 2) % COLUMNS,
                        change.get(i + 3) % COLUMNS,
                        1 + change.get(i) % 2);
                Arrays.setAll(moved, f -> moved[f] + part[f]);
            }
            if (Arrays.stream(moved).anyMatch(step -> step != 0)) {
                region.known().remember(all(), moved);
            }
        }
        for (int figure = 0; figure < FIGURES; figure++) {
            for (String insider : List.of("", "M0", "M1", "M2", "M3")) {
                Set<String> moving =
                        insider.equals(member(figure)) ? null : region.known().world(figure, insider, region.base());
                if (moving != null) {
                    assertFalse(moving.contains(insider), "the insider's own figures stay as they are");
                    assertTrue(moving.contains(member(figure)));
                    assertTrue(region.isPossible(figure, moving), "figure " + figure + " with " + moving);
                }
            }
        }
    }

    @Property(tries = 200)
    void aChangeThatAltersASumProvesNothing(
            @ForAll @Size(FIGURES) List<@IntRange(max = 9) Integer> values,
            @ForAll @IntRange(max = FIGURES - 1) int altered,
            @ForAll @IntRange(min = 1, max = 3) int by) {
        Region region = Region.of(values, values.stream().map(value -> 1).toList());
        double[] moved = crosswise(0, 1, 0, 1, 2);
        moved[altered] += by;
        region.known().remember(all(), moved);
        for (int figure = 0; figure < FIGURES; figure++) {
            assertNull(region.known().world(figure, "", region.base()));
        }
    }

    @Property(tries = 200)
    void aChangeProvesItsOwnFiguresAndThoseOfOthersInTheSameSums(
            @ForAll @Size(FIGURES) List<@IntRange(min = 12, max = 20) Integer> values,
            @ForAll @Size(FIGURES) List<@IntRange(min = 1, max = 6) Integer> needs,
            @ForAll @IntRange(min = 1, max = 2) int by) {
        Region region = Region.of(values, needs);
        region.known().remember(all(), crosswise(0, 1, 0, 1, by));
        assertEquals(Set.of("M0", "M1"), region.known().world(0, "", region.base()));
        for (int member = 2; member < MEMBERS; member++) {
            for (int column = 0; column < 2; column++) {
                Set<String> moving = region.known().world(member * COLUMNS + column, "M0", region.base());
                assertNotNull(moving, "M" + member + " is proved by the change that was found for others");
                assertFalse(moving.contains("M0"));
            }
            assertNull(
                    region.known().world(member * COLUMNS + 2, "", region.base()),
                    "nothing is known of the third column");
        }
    }
}
