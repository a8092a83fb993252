package org.entente.gateway.statistics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.entente.gateway.statistics.SmallCubes.Row;
import org.jspecify.annotations.Nullable;

class CubeUnionProperties {
    private final Structure structure = SmallStructure.dataflow().structure();

    @Provide
    Arbitrary<List<Row>> rows() {
        return SmallCubes.rows();
    }

    private static Cube whole(List<Row> rows) {
        return SmallCubes.cube(rows).withDatasetAttributes(Map.of());
    }

    private List<Cube> dealt(List<Row> rows, int parts, Random random) {
        List<List<Row>> hands = new ArrayList<>();
        for (int i = 0; i < parts; i++) {
            hands.add(new ArrayList<>());
        }
        rows.forEach(row -> hands.get(random.nextInt(parts)).add(row));
        return hands.stream().map(CubeUnionProperties::whole).toList();
    }

    @Property
    void partsTogetherAreTheWhole(
            @ForAll("rows") List<Row> rows, @ForAll @IntRange(min = 2, max = 4) int parts, @ForAll Random random) {
        CubeUnion union = CubeUnion.of(structure, dealt(rows, parts, random));
        assertEquals(SmallStructure.lines(whole(rows)), SmallStructure.lines(structure, union.cursor()));
        assertEquals(SmallStructure.lines(whole(rows)), SmallStructure.lines(union.toCube()));
        assertTrue(union.clash().isEmpty());
        assertEquals(rows.isEmpty(), union.isEmpty());
    }

    @Property
    void theEndsOfASeriesAreThoseOfAllPartsTogether(
            @ForAll("rows") List<Row> rows,
            @ForAll @IntRange(min = 0, max = 2) int first,
            @ForAll @IntRange(min = 0, max = 2) int last,
            @ForAll @IntRange(min = 1, max = 3) int parts,
            @ForAll Random random) {
        CubeSelection ends = CubeSelection.ALL.ends(first, last);
        CubeUnion union = CubeUnion.of(structure, dealt(rows, parts, random)).slice(ends);
        assertEquals(SmallStructure.lines(whole(rows).slice(ends)), SmallStructure.lines(structure, union.cursor()));
    }

    @Property
    void aCellThatTwoPartsGiveIsFound(@ForAll("rows") List<Row> rows, @ForAll Random random) {
        if (!rows.isEmpty()) {
            Row twice = rows.get(random.nextInt(rows.size()));
            CubeUnion union = CubeUnion.of(structure, List.of(whole(rows), whole(List.of(twice))));
            assertTrue(union.clash().orElse("").contains(twice.who() + "."));
        }
    }

    @Property
    void ofCubesThatHoldTheSameCellsTheFirstIsShown(@ForAll("rows") List<Row> rows, @ForAll Random random) {
        List<Row> newer = new ArrayList<>();
        List<Row> expected = new ArrayList<>();
        for (Row row : rows) {
            boolean again = random.nextBoolean();
            Row other = new Row(row.who(), row.kind(), row.part(), row.when(), row.figure() + 1, "gone", row.remark());
            expected.add(again ? other : row);
            if (again) {
                newer.add(other);
            }
        }
        Cube shown = CubeUnion.overlay(structure, List.of(whole(newer), whole(rows)));
        assertEquals(SmallStructure.lines(whole(expected)), SmallStructure.lines(shown));
    }

    /** Every code of three dimensions, sorted, so that there are hundreds of series. */
    private static Columns series(Random random, int[] sizes) {
        TreeSet<List<Integer>> keys = new TreeSet<>((a, b) -> Arrays.compare(
                a.stream().mapToInt(i -> i).toArray(),
                b.stream().mapToInt(i -> i).toArray()));
        for (int i = random.nextInt(2000); i >= 0; i--) {
            keys.add(Arrays.stream(sizes).mapToObj(random::nextInt).toList());
        }
        List<List<Integer>> sorted = List.copyOf(keys);
        IntColumn[] columns = new IntColumn[sizes.length];
        Dictionary[] texts = new Dictionary[sizes.length + 1];
        for (int d = 0; d < sizes.length; d++) {
            int position = d;
            columns[d] = IntColumn.of(
                    sorted.stream().mapToInt(key -> key.get(position)).toArray());
            String[] codes = new String[sizes[d]];
            Arrays.setAll(codes, i -> "" + (1000 + i));
            texts[d] = new Dictionary(codes);
        }
        texts[sizes.length] = new Dictionary(new String[] {"2020"});
        int[] starts = new int[sorted.size() + 1];
        Arrays.setAll(starts, i -> i);
        return new Columns(
                texts,
                new Dictionary[0],
                columns,
                starts,
                IntColumn.constant(0, sorted.size()),
                new double[sorted.size()],
                new IntColumn[0],
                new boolean[0],
                List.of(TimePeriod.parse("2020")));
    }

    private static @Nullable BitSet[] masks(Random random, int[] sizes) {
        @Nullable BitSet[] masks = new @Nullable BitSet[sizes.length + 1];
        for (int d = 0; d < sizes.length; d++) {
            if (random.nextBoolean()) {
                BitSet mask = new BitSet();
                for (int i = random.nextInt(3); i >= 0; i--) {
                    mask.set(random.nextInt(sizes[d]));
                }
                masks[d] = mask;
            }
        }
        return masks;
    }

    private static boolean admits(@Nullable BitSet[] masks, Columns columns, int series) {
        for (int d = 0; d < columns.keys().length; d++) {
            BitSet mask = masks[d];
            if (mask != null && !mask.get(columns.keys()[d].get(series))) {
                return false;
            }
        }
        return true;
    }

    @Property
    void theSeriesThatAreFoundAreThoseThatMatch(@ForAll Random random) {
        int[] sizes = {1 + random.nextInt(3), 1 + random.nextInt(40), 1 + random.nextInt(5), 1 + random.nextInt(40)};
        Columns columns = series(random, sizes);
        @Nullable BitSet[] admitted = masks(random, sizes);
        List<List<@Nullable BitSet[]>> anyOf = new ArrayList<>();
        for (int i = random.nextInt(3); i > 0; i--) {
            List<@Nullable BitSet[]> alternatives = new ArrayList<>();
            for (int j = random.nextInt(4); j > 0; j--) {
                alternatives.add(masks(random, sizes));
            }
            anyOf.add(alternatives);
        }
        int[] earlier = random.nextBoolean()
                ? null
                : new int[] {0, columns.seriesCount() / 3, columns.seriesCount() / 2, columns.seriesCount()};
        BitSet expected = new BitSet();
        for (int s = 0; s < columns.seriesCount(); s++) {
            int series = s;
            boolean within = earlier == null || s < earlier[1] || s >= earlier[2];
            expected.set(
                    s,
                    within
                            && admits(admitted, columns, s)
                            && anyOf.stream()
                                    .allMatch(all -> all.stream().anyMatch(one -> admits(one, columns, series))));
        }
        int[] found = SeriesFinder.find(columns, earlier, admitted, anyOf);
        BitSet actual = new BitSet();
        if (found == null) {
            actual.set(0, columns.seriesCount());
        } else {
            for (int i = 0; i < found.length; i += 2) {
                actual.set(found[i], found[i + 1]);
            }
        }
        assertEquals(expected, actual);
    }
}
