package org.entente.gateway.sdmx;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import javax.xml.validation.Schema;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.entente.gateway.statistics.Cube;
import org.entente.gateway.statistics.CubeException;
import org.entente.gateway.statistics.Dataflow;
import org.entente.gateway.statistics.SmallCubes;
import org.entente.gateway.statistics.SmallStructure;
import org.xml.sax.SAXException;

/** Laws of all formats: what is written is read back, is valid, and damaged it is read or refused. */
class RoundTripProperties {

    private static final MessageHeader HEADER = new MessageHeader("M1", Instant.parse("2026-02-01T10:00:00Z"), "ITA");
    private static final Map<String, Schema> SCHEMAS = new java.util.concurrent.ConcurrentHashMap<>();

    private final Dataflow flow = SmallStructure.dataflow();

    @Provide
    Arbitrary<List<SmallCubes.Row>> rows() {
        return SmallCubes.rows();
    }

    @Provide
    Arbitrary<String> dimensions() {
        return Arbitraries.of("TIME_PERIOD", "WHO", "KIND", "PART", BoundQuery.ALL_DIMENSIONS);
    }

    private DataMessage message(Cube cube, String dimension) {
        return DataMessage.of(flow, cube, HEADER).withDimensionAtObservation(dimension);
    }

    private static byte[] written(DataFormat format, DataMessage message) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        format.write(message, out);
        return out.toByteArray();
    }

    private static boolean fits(DataFormat format, String dimension) {
        return dimension.equals("TIME_PERIOD")
                || (format != DataFormat.SPECIFIC_SERIES_2_1 && format != DataFormat.GENERIC_SERIES_2_1);
    }

    @Property(tries = 400)
    void everyFormatReadsBackTheSameCube(
            @ForAll("rows") List<SmallCubes.Row> rows,
            @ForAll("dimensions") String dimension,
            @ForAll DataFormat format)
            throws IOException {
        if (!fits(format, dimension)) {
            return;
        }
        Cube cube = SmallCubes.cube(rows);
        Cube read = rows.isEmpty() && format.extension().equals("json")
                ? cube.withDatasetAttributes(Map.of())
                : DataReader.read(new ByteArrayInputStream(written(format, message(cube, dimension))), flow);
        assertEquals(SmallStructure.lines(cube), SmallStructure.lines(read));
        // Without an observation no format has a place for the attributes of the data set.
        assertArrayEquals(
                rows.isEmpty() ? cube.withDatasetAttributes(Map.of()).digest() : cube.digest(), read.digest());
    }

    @Property(tries = 200)
    void labelsAndKeysAreReadOver(
            @ForAll("rows") List<SmallCubes.Row> rows, @ForAll DataOptions.Labels labels, @ForAll DataOptions.Keys keys)
            throws IOException {
        Cube cube = SmallCubes.cube(rows);
        DataOptions options = new DataOptions(labels, DataOptions.TimeFormat.ORIGINAL, keys, Languages.ENGLISH);
        for (DataFormat format :
                List.of(DataFormat.CSV_2_0, DataFormat.CSV_2_1, DataFormat.EXCEL_CSV, DataFormat.XLSX)) {
            byte[] bytes = written(format, message(cube, "TIME_PERIOD").withOptions(options));
            Cube read = DataReader.read(new ByteArrayInputStream(bytes), flow);
            assertEquals(SmallStructure.lines(cube), SmallStructure.lines(read));
        }
    }

    @Property(tries = 60)
    void everyMessageIsValidAgainstTheOfficialSchemas(
            @ForAll("rows") List<SmallCubes.Row> rows, @ForAll("dimensions") String dimension)
            throws IOException, SAXException {
        DataMessage message = message(SmallCubes.cube(rows), dimension);
        OfficialSchemas.assertValidJson("2.0.0", "data", written(DataFormat.JSON_2_0, message));
        OfficialSchemas.assertValidJson("2.1.0", "data", written(DataFormat.JSON_2_1, message));
        OfficialSchemas.assertValidXml(schema(MlVersion.V3_0, dimension), written(DataFormat.ML_3_0, message));
        Schema old = schema(MlVersion.V2_1, dimension);
        OfficialSchemas.assertValidXml(old, written(DataFormat.SPECIFIC_2_1, message));
        OfficialSchemas.assertValidXml(old, written(DataFormat.GENERIC_2_1, message));
    }

    private Schema schema(MlVersion version, String dimension) throws SAXException {
        Schema known = SCHEMAS.get(version + dimension);
        if (known == null) {
            known = OfficialSchemas.xml(version, DataSchema.of(flow, dimension).xsd(version));
            SCHEMAS.put(version + dimension, known);
        }
        return known;
    }

    /** 250 cubes, some 400 damaged copies of each: over 100,000 uploads that nobody meant to send. */
    @Property(tries = 250)
    void damagedFilesAreReadOrRefused(
            @ForAll("rows") List<SmallCubes.Row> rows, @ForAll DataFormat format, @ForAll long seed)
            throws IOException {
        byte[] whole = written(format, message(SmallCubes.cube(rows), "TIME_PERIOD"));
        Random random = new Random(seed);
        ReadLimits limits = new ReadLimits(1 << 20, 10_000, 1 << 22, 100, 10_000, 32);
        for (int i = 0; i < 400; i++) {
            byte[] bytes = damaged(whole, random);
            try {
                Cube cube = DataReader.read(new ByteArrayInputStream(bytes), flow, limits, row -> {});
                assertEquals(cube.observationCount(), SmallStructure.lines(cube).size());
            } catch (CubeException e) {
                assertFalse(e.problems().isEmpty());
            }
        }
    }

    private static byte[] damaged(byte[] whole, Random random) {
        byte[] bytes = whole.clone();
        if (random.nextInt(8) == 0) {
            return java.util.Arrays.copyOf(bytes, random.nextInt(bytes.length + 1));
        }
        if (random.nextInt(8) == 0 && bytes.length > 40) {
            int from = random.nextInt(bytes.length - 20);
            System.arraycopy(bytes, random.nextInt(bytes.length - 20), bytes, from, 20);
        }
        byte[] bad = {0, 10, 13, 34, 38, 44, 48, 57, 58, 59, 60, 62, 65, 91, 93, 123, 125, (byte) 195, (byte) 255};
        for (int hits = 1 + random.nextInt(3); hits > 0; hits--) {
            bytes[random.nextInt(bytes.length)] =
                    random.nextBoolean() ? bad[random.nextInt(bad.length)] : (byte) random.nextInt();
        }
        return bytes;
    }
}
