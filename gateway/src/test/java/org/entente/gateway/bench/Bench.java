package org.entente.gateway.bench;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.entente.gateway.disclosure.DisclosureBench;
import org.entente.gateway.region.RegionBench;
import org.entente.gateway.region.profile.ProfileBench;
import org.entente.gateway.testing.BuildFolder;

/**
 * Measures everything, each figure beside its limit in the same run, and writes {@code gateway/target/bench.json}. Named
 * sections run alone: {@code limits}, {@code start}, {@code journal}, {@code decision}, {@code exchange}, {@code sdmx}, {@code
 * import}, {@code disclosure}, {@code profile}; and {@code region}, which runs only if it is named, since it takes a whole region of nodes.
 */
public final class Bench {
    private static final List<String> ALL = List.of(
            "limits", "start", "memory", "journal", "decision", "exchange", "sdmx", "import", "disclosure", "profile");

    private Bench() {}

    /** Runs the sections named in the system property {@code bench.sections}, separated by commas, or all. */
    public static void main(String[] arguments) {
        int status = 0;
        try {
            measure();
        } catch (Exception e) {
            e.printStackTrace();
            status = 1;
        }
        // Pools and schedulers of the libraries may still have threads.
        System.exit(status);
    }

    private static void measure() throws Exception {
        String named = System.getProperty("bench.sections", "");
        List<String> sections = named.isEmpty() ? ALL : List.of(named.split(","));
        BenchSettings settings = BenchSettings.fromProperties();
        Instant begun = Instant.now();
        System.out.println("Benchmark on " + Figures.machine());
        Figures figures = new Figures();
        for (String section : sections) {
            System.out.println(section);
            run(section, settings, figures);
        }
        figures.write(BuildFolder.target("bench.json"), settings, begun);
        System.out.println();
        System.out.println(figures.table());
        System.out.println("Written to " + BuildFolder.target("bench.json"));
    }

    private static void run(String section, BenchSettings settings, Figures figures) throws Exception {
        Duration quarter = settings.warmUp().dividedBy(4);
        switch (section) {
            case "limits" -> {
                figures.put("limit.fdatasyncMicros", DiskLimit.fdatasyncMicros(Duration.ofSeconds(5)));
                figures.put(
                        "limit.signVerifyPerSecond",
                        new SignatureLimit()
                                .perSecond(quarter, settings.measured().dividedBy(2)));
            }
            case "start" -> StartBench.run(figures);
            case "memory" -> LoadedMemory.run(figures);
            case "journal" -> figures.putAll(new JournalBench(quarter, settings.measured()).run());
            case "decision" -> figures.putAll(new DecisionBench(quarter, settings.measured()).run());
            case "exchange" -> new ExchangeBench(settings).run(figures);
            case "sdmx" -> {
                figures.putAll(SdmxBench.run());
                figures.putAll(SdmxHttpBench.run());
            }
            case "import" -> figures.putAll(ImportBench.run());
            case "disclosure" -> figures.putAll(DisclosureBench.run());
            case "region" -> figures.putAll(RegionBench.run());
            case "profile" -> figures.putAll(ProfileBench.run());
            default -> throw new IllegalArgumentException("no section " + section + "; there are " + ALL);
        }
    }
}
