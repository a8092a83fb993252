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
        ServeProcess.command(configuration, List.of("init", "--password-file", password.toString()));
        double[] millis = new double[STARTS];
        double idle = 0;
        for (int i = 0; i < STARTS; i++) {
            try (ServeProcess process = ServeProcess.serve(configuration, staffPort)) {
                millis[i] = process.startMillis();
                if (i == STARTS - 1) {
                    Thread.sleep(IDLE.toMillis());
                    idle = process.residentMiB();
                }
            }
        }
        figures.put("start.millis", Figures.median(millis));
        figures.put("memory.idleMiB", idle);
        schema.drop();
    }
}
