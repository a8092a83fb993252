package org.entente.gateway.statistics;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.entente.gateway.statistics.SmallCubes.Row;

class CubeProperties {

    private final Structure structure = SmallStructure.dataflow().structure();

    @Provide
    Arbitrary<List<Row>> rows() {
        return SmallCubes.rows();
    }

    private static Cube cube(List<Row> rows) {
        return SmallCubes.cube(rows);
    }

    @Property
    void orderOfArrivalDoesNotMatter(@ForAll("rows") List<Row> rows, @ForAll Random random) {
        List<Row> shuffled = new ArrayList<>(rows);
        Collections.shuffle(shuffled, random);
        assertArrayEquals(cube(rows).digest(), cube(shuffled).digest());
        assertEquals(SmallStructure.lines(cube(rows)), SmallStructure.lines(cube(shuffled)));
    }

    @Property
    void storageKeepsEverything(@ForAll("rows") List<Row> rows) throws IOException {
        ByteArrayOutputStream stored = new ByteArrayOutputStream();
        CubeCodec.write(cube(rows), stored);
        Cube read = CubeCodec.read(structure, new ByteArrayInputStream(stored.toByteArray()));
        assertEquals(SmallStructure.lines(cube(rows)), SmallStructure.lines(read));
        assertArrayEquals(cube(rows).digest(), read.digest());
    }

    @Property
    void aSliceIsWhatAFilterOverTheRowsLeaves(
            @ForAll("rows") List<Row> rows, @ForAll boolean byKind, @ForAll boolean byTime) {
        CubeSelection selection = CubeSelection.ALL;
        List<Row> left = rows;
        if (byKind) {
            selection = selection.and("KIND", Set.of("K1", "_T"));
            left = left.stream()
                    .filter(r -> Set.of("K1", "_T").contains(r.kind()))
                    .toList();
        }
        if (byTime) {
            TimePeriod year = TimePeriod.parse("2020");
            selection = selection.and(TimeWindow.of(year, year));
            left = left.stream().filter(r -> r.when().startsWith("2020")).toList();
        }
        Cube slice = cube(rows).slice(selection);
        assertEquals(SmallStructure.lines(cube(left)), SmallStructure.lines(slice));
        assertEquals(left.size(), slice.observationCount());
        assertArrayEquals(cube(left).digest(), slice.digest());
        assertEquals(left.stream().map(Row::who).collect(Collectors.toSet()), slice.codes("WHO"));
    }

    @Property
    void columnsHoldWhatWasAdded(@ForAll("numbers") List<Integer> numbers) {
        GrowingColumn growing = new GrowingColumn();
        numbers.forEach(growing::add);
        IntColumn column = growing.toColumn();
        IntColumn stored = IntColumn.fromBytes(column.width(), column.toBytes(), column.size());
        for (int i = 0; i < numbers.size(); i++) {
            assertEquals(numbers.get(i), growing.get(i));
            assertEquals(numbers.get(i), column.get(i));
            assertEquals(numbers.get(i), stored.get(i));
        }
    }

    @Provide
    Arbitrary<List<Integer>> numbers() {
        return Arbitraries.frequencyOf(
                        net.jqwik.api.Tuple.of(5, Arbitraries.integers().between(0, 3)),
                        net.jqwik.api.Tuple.of(2, Arbitraries.integers().between(0, 300)),
                        net.jqwik.api.Tuple.of(1, Arbitraries.integers().between(0, 70_000)))
                .list()
                .ofMaxSize(200);
    }
}
