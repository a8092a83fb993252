package org.entente.gateway.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a run has measured, by name; as a table and as a file. */
final class Figures {

    /**
     * A line of the table.
     *
     * @param limit the figure it is held against, or null
     * @param aim what it should reach, or null
     */
    private record Line(
            String figure, @Nullable String limit, @Nullable String aim) {}

    private static final List<Line> LINES = List.of(
            new Line("exchange.perSecond", "limit.strippedExchangePerSecond", ">= 1,000"),
            new Line("exchange.perSecond", "limit.signVerifyPerSecond", null),
            new Line("exchange.p50Millis", "limit.strippedP50Millis", null),
            new Line("exchange.p99Millis", "limit.strippedP99Millis", null),
            new Line("exchange.openLoopP50Millis", "limit.strippedOpenLoopP50Millis", null),
            new Line("exchange.openLoopP99Millis", "limit.strippedOpenLoopP99Millis", "<= 60"),
            new Line("exchange.halfOpenLoopP99Millis", null, null),
            new Line("exchange.warmUpSeconds", null, null),
            new Line("exchange.compilingShareAfterwards", null, "<= 0.1"),
            new Line("exchange.hybridPerSecond", "exchange.perSecond", ">= 450"),
            new Line("exchange.bodyBytes", null, "about 20,000"),
            new Line("exchange.receiptsDoneAfterMillis", null, "<= 2,000"),
            new Line("journal.appendsPerSecond", "limit.commitsPerSecond", ">= 30,000"),
            new Line("journal.appendsInFlight512PerSecond", "limit.commitsPerSecond", ">= 60,000"),
            new Line("journal.proofsPerSecond", null, null),
            new Line("journal.fsckLeavesPerSecond", null, ">= 1,000,000"),
            new Line("journal.fsckRecordsPerSecond", null, ">= 100,000"),
            new Line("evidence.verifyMillis", null, null),
            new Line("limit.fdatasyncMicros", null, null),
            new Line("decision.perSecond", null, ">= 100,000"),
            new Line("sdmx.csvWriterObsPerSecond", null, ">= 8,000,000"),
            new Line("sdmx.jsonWriterObsPerSecond", null, null),
            new Line("sdmx.csvReaderObsPerSecond", null, null),
            new Line("sdmx.digestObsPerSecond", null, null),
            new Line("sdmx.csvObsPerSecond", "limit.jdbcToCsvObsPerSecond", ">= 2,000,000"),
            new Line("sdmx.jsonObsPerSecond", "limit.jdbcToCsvObsPerSecond", null),
            new Line("sdmx.mlObsPerSecond", "limit.jdbcToCsvObsPerSecond", null),
            new Line("sdmx.firstByteMillis", null, "< 50"),
            new Line("sdmx.memoryAt10MObsMiB", "sdmx.memoryAt1MObsMiB", "share 1"),
            new Line("import.obsPerSecond", "limit.loadDataObsPerSecond", "share 0.5"),
            new Line("start.millis", null, "< 2,500"),
            new Line("start.cpuMillis", null, null),
            new Line("start.withCacheMillis", null, null),
            new Line("start.withCacheCpuMillis", null, null),
            new Line("memory.idleMiB", null, "<= 250"),
            new Line("memory.loadedMiB", null, null),
            new Line("profile.buildSeconds", null, "<= 3"),
            new Line("round.members50SecondsBesideTheSlow", null, "<= 5"));

    private final Map<String, Double> values = new LinkedHashMap<>();

    void put(String name, double value) {
        values.put(name, value);
        System.out.printf(Locale.ROOT, "  %-40s %s%n", name, text(value));
    }

    /** @throws NullPointerException if it was not measured */
    double get(String name) {
        return Objects.requireNonNull(values.get(name));
    }

    void putAll(Map<String, Double> more) {
        more.forEach(this::put);
    }

    /** The figure of the middle round; the mean of the middle two if their number is even. */
    static double median(double... values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int half = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
    }

    /** Each figure beside its limit. */
    String table() {
        StringBuilder table = new StringBuilder(String.format(
                Locale.ROOT, "%-36s %12s   %-34s %12s %8s   %s%n", "figure", "measured", "limit", "", "share", "aim"));
        for (Line line : LINES) {
            Double value = values.get(line.figure);
            if (value == null) {
                continue;
            }
            Double limit = line.limit == null ? null : values.get(line.limit);
            table.append(String.format(
                            Locale.ROOT,
                            "%-36s %12s   %-34s %12s %8s   %s",
                            line.figure,
                            text(value),
                            limit == null ? "" : line.limit,
                            limit == null ? "" : text(limit),
                            limit == null || limit == 0 ? "" : String.format(Locale.ROOT, "%.2f", value / limit),
                            line.aim == null ? "" : line.aim)
                    .stripTrailing());
            table.append(System.lineSeparator());
        }
        return table.toString();
    }

    private static String text(double value) {
        return value < 100 ? String.format(Locale.ROOT, "%.2f", value) : String.format(Locale.ROOT, "%,.0f", value);
    }

    /** One flat JSON object: the figures as numbers, and what they were measured with. */
    void write(Path file, BenchSettings settings, Instant begun) throws IOException {
        Map<String, Object> all = new LinkedHashMap<>();
        values.forEach((name, value) -> all.put(name, Math.round(value * 1000) / 1000.0));
        all.put("date", begun.truncatedTo(ChronoUnit.SECONDS).toString());
        all.put("machine", machine());
        all.put("java", System.getProperty("java.vm.name") + " " + System.getProperty("java.vm.version"));
        all.put("duration.warmUpSeconds", settings.warmUp().toSeconds());
        all.put("duration.measuredSeconds", settings.measured().toSeconds());
        all.put("duration.rounds", settings.rounds());
        Files.createDirectories(file.getParent());
        new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValue(file.toFile(), all);
    }

    static String machine() {
        return Runtime.getRuntime().availableProcessors() + " processors (" + processor() + "), "
                + System.getProperty("os.name") + " " + System.getProperty("os.arch");
    }

    private static String processor() {
        try (Stream<String> lines = Files.lines(Path.of("/proc/cpuinfo"))) {
            return lines.filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse("unknown");
        } catch (IOException e) {
            return "unknown";
        }
    }
}
