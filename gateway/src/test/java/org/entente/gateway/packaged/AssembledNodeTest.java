package org.entente.gateway.packaged;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarFile;
import org.entente.gateway.testing.BuildFolder;
import org.entente.gateway.testing.Ports;
import org.entente.gateway.testing.StaffClient;
import org.entente.gateway.testing.TestDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The directory that the container image holds, run as a process of its own. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AssembledNodeTest {

    private static final long PATIENCE_SECONDS = 90;

    private final Path image = BuildFolder.target("image");
    private final TestDatabase database = TestDatabase.newSchema();
    private final int staffPort = Ports.free();

    private Path folder;

    @BeforeAll
    void initialise(@TempDir Path scratch) throws Exception {
        folder = scratch;
        secret("passphrase", "correct horse battery");
        secret("password", "three unrelated words");
        Files.writeString(
                folder.resolve("node.yml"),
                String.join(
                        "\n",
                        "entente:",
                        "  party: ITA",
                        "  home: " + folder.resolve("home"),
                        "  passphrase-file: " + folder.resolve("passphrase"),
                        "  staff: {port: " + staffPort + "}",
                        "  node: {port: " + Ports.free() + "}",
                        "datasources:",
                        "  default:",
                        "    url: " + database.url(),
                        "    username: " + database.name(),
                        "    password: " + database.password(),
                        ""));
        Run init = run("init", "--password-file", folder.resolve("password").toString());
        assertEquals(0, init.exit(), init.output());
    }

    @AfterAll
    void drop() {
        database.drop();
    }

    private void secret(String name, String text) throws IOException {
        Path file = Files.writeString(folder.resolve(name), text + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }

    private record Run(int exit, String output) {}

    private Process start(Path output, String... arguments) throws IOException {
        List<String> command =
                new ArrayList<>(List.of("sh", image.resolve("entente").toString()));
        command.addAll(List.of(arguments));
        command.addAll(List.of("--config", folder.resolve("node.yml").toString()));
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        return builder.start();
    }

    private Run run(String... arguments) throws IOException, InterruptedException {
        Path output = Files.createTempFile(folder, "run", ".log");
        Process process = start(output, arguments);
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError("did not end: " + Files.readString(output));
        }
        return new Run(process.exitValue(), Files.readString(output));
    }

    /** The validator of the schema is in the jar, and says what is missing. */
    @Test
    void theAssembledProgramReadsADraftOfAnAgreement() throws Exception {
        Path draft = Files.writeString(folder.resolve("draft.json"), "{\"kind\": \"BILATERAL\"}");
        Run lint = run("agreement", "lint", draft.toString());
        assertEquals(1, lint.exit(), lint.output());
        assertTrue(lint.output().contains("document-schema"), lint.output());
    }

    @Test
    void theNodeServesFromTheAssembledDirectoryAndStopsOnDemand() throws Exception {
        Path output = folder.resolve("serve.log");
        Process process = start(output, "serve");
        try {
            for (int i = 0;
                    i < PATIENCE_SECONDS * 10 && !Files.readString(output).contains("serves");
                    i++) {
                assertTrue(process.isAlive(), Files.readString(output));
                Thread.sleep(100);
            }
            URI staff = URI.create("http://127.0.0.1:" + staffPort);
            var health = StaffClient.anonymous(staff).get("/health");
            assertEquals(200, health.statusCode(), health.body());
            assertEquals("UP", StaffClient.json(health).get("status").asText(), health.body());
            StaffClient admin = StaffClient.signIn(staff, "admin", "three unrelated words");
            assertEquals(200, admin.get("/api/users").statusCode());
            assertTrue(StaffClient.anonymous(staff).get("/openapi").body().contains("/api/users"));
        } finally {
            process.destroy();
        }
        assertTrue(process.waitFor(30, TimeUnit.SECONDS), "the node does not stop on SIGTERM");
        assertFalse(Files.readString(output).contains("ERROR"), Files.readString(output));
    }

    @Test
    void theCheckTellsWhetherTheNodeWouldServe() throws Exception {
        Run check = run("check");
        assertEquals(0, check.exit(), check.output());
        assertTrue(check.output().contains("\"journal\":{\"status\":\"UP\"}"), check.output());
    }

    @Test
    void wrongUsageAndRefusalsHaveTheirExitCodes() throws Exception {
        assertEquals(2, run("no-such-command").exit());
        Run again = run("init", "--password-file", folder.resolve("password").toString());
        assertEquals(1, again.exit(), again.output());
        assertTrue(again.output().contains("node-already-initialised"), again.output());
    }

    @Test
    void theJarHoldsNoTestDatabaseAndNoForeignSignature() throws Exception {
        try (JarFile jar = new JarFile(image.resolve("entente.jar").toFile())) {
            assertTrue(jar.isMultiRelease());
            assertTrue(jar.stream().noneMatch(entry -> entry.getName().matches("META-INF/[^/]*\\.(SF|RSA|DSA|EC)")));
            assertTrue(jar.stream().noneMatch(entry -> entry.getName().startsWith("ch/vorburger/")));
        }
    }
}
