package org.entente.gateway.sdmx;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.statistics.Cube;
import org.entente.gateway.statistics.CubeException;
import org.entente.gateway.statistics.Dataflow;
import org.entente.gateway.statistics.SmallCubes;
import org.entente.gateway.statistics.SmallStructure;

class CsvProperties {

    private static final MessageHeader HEADER = new MessageHeader("M1", Instant.parse("2026-02-01T10:00:00Z"), "ITA");

    private final Dataflow flow = SmallStructure.dataflow();

    @Provide
    Arbitrary<List<SmallCubes.Row>> rows() {
        return SmallCubes.rows();
    }

    private byte[] csv(Cube cube) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        DataFormat.CSV_2_0.write(DataMessage.of(flow, cube, HEADER), out);
        return out.toByteArray();
    }

    @Property
    void readingWhatWasWrittenGivesTheSameCube(@ForAll("rows") List<SmallCubes.Row> rows) throws IOException {
        Cube cube = SmallCubes.cube(rows);
        Cube read = CsvReader.read(new ByteArrayInputStream(csv(cube)), flow);
        assertEquals(SmallStructure.lines(cube), SmallStructure.lines(read));
        // Without a row there is no cell that could carry the attributes of the data set.
        assertArrayEquals(
                rows.isEmpty() ? cube.withDatasetAttributes(Map.of()).digest() : cube.digest(), read.digest());
    }

    /** Whatever arrives, the reader makes a cube of it or says what is wrong; it never fails in another way. */
    @Property
    void damagedFilesAreReadOrRefused(@ForAll("rows") List<SmallCubes.Row> rows, @ForAll("damage") List<int[]> damage)
            throws IOException {
        byte[] bytes = csv(SmallCubes.cube(rows));
        for (int[] hit : damage) {
            bytes[Math.floorMod(hit[0], bytes.length)] = (byte) hit[1];
        }
        try {
            Cube cube = CsvReader.read(new ByteArrayInputStream(bytes), flow);
            assertEquals(cube.observationCount(), SmallStructure.lines(cube).size());
        } catch (CubeException e) {
            assertEquals(false, e.problems().isEmpty());
        }
    }

    @Provide
    Arbitrary<List<int[]>> damage() {
        return Arbitraries.integers()
                .between(0, 1 << 20)
                .flatMap(at ->
                        Arbitraries.of(0, 10, 13, 34, 44, 48, 65, 195, 255).map(b -> new int[] {at, b}))
                .list()
                .ofMinSize(1)
                .ofMaxSize(4);
    }

    /** Whatever is asked, the parser answers with a query or a refusal of a known code. */
    @Property
    void anyAddressIsAQueryOrARefusal(@ForAll("addresses") String path, @ForAll("addresses") String query) {
        try {
            DataQuery.parse("/data/dataflow/XY/DF_SMALL/1.0.0/" + path, query).bind(flow.structure());
        } catch (EntenteException e) {
            assertEquals(true, e.code().status() < 500 || e.code().status() == 501);
        }
    }

    @Provide
    Arbitrary<String> addresses() {
        return Arbitraries.of(
                        "AA",
                        "K1",
                        "*",
                        ".",
                        ",",
                        "+",
                        "/",
                        "%",
                        "%2B",
                        "%FF",
                        "c[WHO]=",
                        "c%5BKIND%5D=",
                        "&",
                        "=",
                        "eq:",
                        "ge:2020",
                        "lt:",
                        "c[TIME_PERIOD]=",
                        "2020",
                        "c[FIGURE]=",
                        "1",
                        "limit=",
                        "offset=",
                        "-",
                        "~",
                        "firstNObservations=",
                        "attributes=",
                        "none",
                        "measures=",
                        "ä",
                        " ",
                        "\u0000")
                .list()
                .ofMaxSize(10)
                .map(parts -> String.join("", parts));
    }

    @Property
    void jsonIsWrittenForEveryCube(@ForAll("rows") List<SmallCubes.Row> rows, @ForAll boolean flat) throws IOException {
        Cube cube = SmallCubes.cube(rows);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        DataFormat.JSON_2_0.write(
                new DataMessage(
                        flow,
                        cube::cursor,
                        Projection.all(flow.structure()),
                        flat ? BoundQuery.ALL_DIMENSIONS : "TIME_PERIOD",
                        HEADER),
                out);
        assertEquals(
                SmallStructure.lines(cube), JsonDecoding.lines(out.toString(StandardCharsets.UTF_8), flow.structure()));
    }
}
