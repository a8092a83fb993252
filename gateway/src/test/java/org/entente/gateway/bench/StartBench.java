package org.entente.gateway.bench;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.entente.gateway.testing.BuildFolder;
import org.entente.gateway.testing.Ports;
import org.entente.gateway.testing.TestDatabase;

/** Start-up and idle memory of the assembled program, with its database up. */
final class StartBench {
    private static final int STARTS = 5;
    private static final Duration IDLE = Duration.ofSeconds(20);

    private StartBench() {}

    static void run(Figures figures) throws Exception {
        TestDatabase schema = TestDatabase.newSchema();
        int staffPort = Ports.free();
        Path folder = BuildFolder.target("bench-start");
        Map<String, Object> settings = new HashMap<>(schema.properties());
        settings.put("entente.party", "ITA");
        settings.put(
                "entente.home",
                folder.resolve("home-" + schema.server().port() + "-" + staffPort)
                        .toString());
        settings.put("entente.staff.port", staffPort);
        settings.put("entente.node.port", Ports.free());
        Path configuration = ServeProcess.configuration(folder, settings);
        Path password = folder.resolve("password");
        java.nio.file.Files.writeString(password, "a long first password");
        ServeProcess.command(
                configuration, ServeProcess.jar(), List.of("init", "--password-file", password.toString()));
        starts("start", configuration, ServeProcess.jar(), staffPort, figures);
        makeCache(configuration);
        starts("start.withCache", configuration, ServeProcess.script(), staffPort, figures);
        try (ServeProcess process = ServeProcess.serve(configuration, ServeProcess.script(), staffPort)) {
            Thread.sleep(IDLE.toMillis());
            figures.put("memory.idleMiB", process.residentMiB());
        }
        schema.drop();
    }

    private static void starts(String name, Path configuration, List<String> launcher, int staffPort, Figures figures)
            throws Exception {
        double[] millis = new double[STARTS];
        double[] cpu = new double[STARTS];
        for (int i = 0; i < STARTS; i++) {
            try (ServeProcess process = ServeProcess.serve(configuration, launcher, staffPort)) {
                millis[i] = process.startMillis();
                cpu[i] = process.startCpuMillis();
            }
        }
        figures.put(name + (name.contains(".") ? "Millis" : ".millis"), Figures.median(millis));
        figures.put(name + (name.contains(".") ? "CpuMillis" : ".cpuMillis"), Figures.median(cpu));
    }

    /** The start-up cache as the image's documentation says: made by one run of {@code check}. */
    private static void makeCache(Path configuration) throws Exception {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        ServeProcess.command(
                configuration,
                List.of(
                        java,
                        "-XX:AOTCacheOutput=" + ServeProcess.cache(configuration),
                        "-XX:+UseSerialGC",
                        "-jar",
                        BuildFolder.target("image/entente.jar").toString()),
                List.of("check"));
    }
}
