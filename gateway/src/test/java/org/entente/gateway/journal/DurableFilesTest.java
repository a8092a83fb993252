package org.entente.gateway.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.entente.gateway.testing.BuildFolder;
import org.entente.gateway.testing.ForgetfulDisk;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What a power cut leaves of the files beside the database: whole files only, since each is written under another name, synced, renamed, and
 * its folder synced. Seen from outside, by a library that is preloaded into the process that writes them.
 */
@EnabledIf(value = "hasCompiler", disabledReason = "there is no C compiler for the library that watches the disk")
class DurableFilesTest {
    static boolean hasCompiler() {
        return "true".equals(System.getenv("CI")) || ForgetfulDisk.hasCompiler();
    }

    private static List<String> calls() throws Exception {
        Path folder = Files.createTempDirectory(Files.createDirectories(BuildFolder.target("durable-files")), "run");
        Path home = Files.createDirectory(folder.resolve("home")).toAbsolutePath();
        Path log = folder.resolve("calls").toAbsolutePath();
        ProcessBuilder writer = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        FileWriter.class.getName(),
                        home.toString())
                .redirectErrorStream(true);
        writer.environment().putAll(new ForgetfulDisk(home).recording(log));
        Process process = writer.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), said);
        return Files.readAllLines(log);
    }

    @ParameterizedTest
    @ValueSource(strings = {Anchor.FILE_NAME, "keyring.p12"})
    void aFileTakesThePlaceOfTheOneBeforeOnlyWhenItIsOnDisk(String name) throws Exception {
        List<String> calls = calls();
        int renamed = 0;
        for (int i = 0; i < calls.size(); i++) {
            String[] call = calls.get(i).split("\t", -1);
            if (call[0].equals("rename") && call[2].endsWith("/" + name)) {
                renamed++;
                String fresh = call[1];
                String folder = call[2].substring(0, call[2].length() - name.length() - 1);
                int written = calls.subList(0, i).lastIndexOf("write\t" + fresh);
                int synced = calls.subList(0, i).lastIndexOf("sync\t" + fresh);
                assertTrue(written >= 0 && written < synced, name + " was renamed before it was synced: " + calls);
                assertTrue(
                        i + 1 < calls.size() && calls.get(i + 1).equals("sync\t" + folder),
                        "the folder was not synced after " + name + ": " + calls);
            }
            assertTrue(
                    !(call[0].equals("write") && call[1].endsWith("/" + name)),
                    name + " was written in place: " + calls);
        }
        assertEquals(2, renamed, calls.toString());
    }
}
