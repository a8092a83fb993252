package org.entente.gateway.bench;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.entente.gateway.sdmx.CsvReader;
import org.entente.gateway.sdmx.DataFormat;
import org.entente.gateway.sdmx.DataMessage;
import org.entente.gateway.sdmx.DataReader;
import org.entente.gateway.sdmx.MessageHeader;
import org.entente.gateway.statistics.AreaCodes;
import org.entente.gateway.statistics.Cube;
import org.entente.gateway.statistics.CubeBuilder;
import org.entente.gateway.statistics.Dataflow;
import org.entente.gateway.statistics.DiasporaStructure;

/** How fast SDMX is written and read, alone: no network, no database, a stream that discards. */
public final class SdmxBench {

    private static final List<String> AGES = List.of(
            "_T", "Y0T4", "Y5T9", "Y10T14", "Y15T19", "Y20T24", "Y25T29", "Y30T34", "Y35T39", "Y40T44", "Y45T49",
            "Y50T54", "Y55T59", "Y60T64", "Y65T69", "Y70T74", "Y75T79", "Y80T84", "Y_GE85", "_U");
    private static final Duration LONG_ENOUGH = Duration.ofSeconds(5);

    private SdmxBench() {}

    /** The figures by name. */
    public static Map<String, Double> run() throws IOException {
        Dataflow flow = DiasporaStructure.load();
        Cube cube = cube(flow, 20);
        DataMessage message =
                DataMessage.of(flow, cube, new MessageHeader("B1", Instant.parse("2026-01-01T00:00:00Z"), "ITA"));
        Map<String, Double> figures = new TreeMap<>();
        figures.put(
                "sdmx.csvWriterObsPerSecond",
                perSecond(cube.observationCount(), () -> write(DataFormat.CSV_2_0, message)));
        figures.put(
                "sdmx.jsonWriterObsPerSecond",
                perSecond(cube.observationCount(), () -> write(DataFormat.JSON_2_1, message)));
        figures.put(
                "sdmx.mlWriterObsPerSecond",
                perSecond(cube.observationCount(), () -> write(DataFormat.ML_3_0, message)));
        figures.put("sdmx.digestObsPerSecond", perSecond(cube.observationCount(), cube::digest));
        ByteArrayOutputStream csv = new ByteArrayOutputStream();
        Cube part = cube(flow, 4);
        DataFormat.CSV_2_0.write(DataMessage.of(flow, part, message.header()), csv);
        figures.put(
                "sdmx.csvReaderObsPerSecond",
                perSecond(
                        part.observationCount(),
                        () -> CsvReader.read(new ByteArrayInputStream(csv.toByteArray()), flow)));
        for (DataFormat format : List.of(DataFormat.JSON_2_1, DataFormat.ML_3_0)) {
            ByteArrayOutputStream written = new ByteArrayOutputStream();
            format.write(DataMessage.of(flow, part, message.header()), written);
            figures.put(
                    "sdmx." + (format == DataFormat.ML_3_0 ? "ml" : "json") + "ReaderObsPerSecond",
                    perSecond(
                            part.observationCount(),
                            () -> DataReader.read(new ByteArrayInputStream(written.toByteArray()), flow)));
        }
        figures.put("sdmx.heapBytesPerObs", (double) cube.heapBytes() / cube.observationCount());
        return figures;
    }

    private static void write(DataFormat format, DataMessage message) throws IOException {
        format.write(message, OutputStream.nullOutputStream());
    }

    /** About 15,000 series a year range: 249 counterparts by sex and age over the years. */
    private static Cube cube(Dataflow flow, int years) {
        CubeBuilder builder = Cube.builder(flow.structure());
        double value = 1;
        for (String area : AreaCodes.load().areasByParty().values()) {
            for (String sex : List.of("_T", "M", "F")) {
                for (String age : AGES) {
                    for (int year = 2000; year < 2000 + years; year++) {
                        value = (value * 16807) % 2147483647;
                        observation(builder, area, sex, age, year, value % 100_000);
                    }
                }
            }
        }
        return builder.build();
    }

    private static void observation(CubeBuilder builder, String area, String sex, String age, int year, double value) {
        builder.dimension("FREQ", "A")
                .dimension("REF_AREA", "IT")
                .dimension("COUNTERPART_AREA", area)
                .dimension("ORIGIN_BASIS", "CB")
                .dimension("SEX", sex)
                .dimension("AGE", age)
                .dimension("INDICATOR", "STOCK_IN")
                .dimension("UNIT_MEASURE", "PS")
                .dimension("TIME_PERIOD", "" + year);
        for (String whole : List.of(
                "REF_REGION", "COUNTERPART_REGION", "EDUCATION_LEV", "OCCUPATION", "DURATION", "REASON", "STAY")) {
            builder.dimension(whole, "_T");
        }
        // One figure in twenty is withheld, so that status columns vary as they do in protected releases.
        boolean withheld = value % 20 == 0;
        builder.attribute("UNIT_MULT", "0")
                .attribute("SOURCE_ORG", "ISTAT")
                .attribute("OBS_STATUS", withheld ? "Q" : "A")
                .attribute("CONF_STATUS", withheld ? "C" : "F")
                .value(withheld ? Double.NaN : value)
                .add();
    }

    @FunctionalInterface
    private interface Work {
        void run() throws IOException;
    }

    private static double perSecond(long observations, Work work) throws IOException {
        for (int i = 0; i < 5; i++) {
            work.run();
        }
        long begin = System.nanoTime();
        long rounds = 0;
        while (System.nanoTime() - begin < LONG_ENOUGH.toNanos()) {
            work.run();
            rounds++;
        }
        return rounds * observations * 1e9 / (System.nanoTime() - begin);
    }

    /** Prints the figures. */
    public static void main(String[] arguments) throws IOException {
        run().forEach((name, figure) -> System.out.printf("%s %.0f%n", name, figure));
    }
}
