package org.entente.gateway.bench;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.entente.gateway.testing.BuildFolder;
import org.entente.gateway.testing.TestNode;

/** The assembled program as a process of its own: {@code java -jar entente.jar serve}. */
final class ServeProcess implements AutoCloseable {
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(120);

    private final Process process;
    private final long millis;
    private final long cpuMillis;

    private ServeProcess(Process process, long millis, long cpuMillis) {
        this.process = process;
        this.millis = millis;
        this.cpuMillis = cpuMillis;
    }

    /** Settings in a file as a node's operator would write it. */
    static Path configuration(Path folder, Map<String, Object> settings) throws IOException {
        Files.createDirectories(folder);
        Path file = folder.resolve("node.yml");
        StringBuilder text = new StringBuilder();
        new TreeMap<>(settings).forEach((name, value) -> {
            if (!name.equals("entente.passphrase")) {
                text.append(name).append(": ").append(quoted(value)).append('\n');
            }
        });
        Files.writeString(file, text);
        return file;
    }

    private static String quoted(Object value) {
        return value instanceof Number || value instanceof Boolean ? value.toString() : "'" + value + "'";
    }

    /** Runs a command to its end. */
    static void command(Path configuration, List<String> launcher, List<String> arguments)
            throws IOException, InterruptedException {
        Process process = start(configuration, launcher, arguments);
        if (!process.waitFor(2, TimeUnit.MINUTES) || process.exitValue() != 0) {
            process.destroyForcibly();
            throw new IllegalStateException(
                    arguments + " failed: " + Files.readString(log(configuration), StandardCharsets.UTF_8));
        }
    }

    /** Serves, and measures how long it took from the process's start to the first good answer of {@code /health}. */
    static ServeProcess serve(Path configuration, List<String> launcher, int staffPort)
            throws IOException, InterruptedException {
        long from = System.nanoTime();
        Process process = start(configuration, launcher, List.of("serve"));
        while (!healthy(staffPort)) {
            if (!process.isAlive() || System.nanoTime() - from > PATIENCE_NANOS) {
                process.destroyForcibly();
                throw new IllegalStateException(
                        "serve did not start: " + Files.readString(log(configuration), StandardCharsets.UTF_8));
            }
            Thread.sleep(5);
        }
        long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - from);
        Duration cpu = process.info().totalCpuDuration().orElse(Duration.ZERO);
        return new ServeProcess(process, millis, cpu.toMillis());
    }

    private static Process start(Path configuration, List<String> launcher, List<String> arguments) throws IOException {
        List<String> line = new ArrayList<>(launcher);
        line.addAll(arguments);
        line.addAll(List.of("--config", configuration.toString()));
        ProcessBuilder builder = new ProcessBuilder(line);
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().put("ENTENTE_PASSPHRASE", TestNode.PASSPHRASE);
        builder.environment().put("ENTENTE_AOT_CACHE", cache(configuration).toString());
        builder.redirectErrorStream(true);
        builder.redirectOutput(log(configuration).toFile());
        builder.redirectInput(Path.of("/dev/null").toFile());
        return builder.start();
    }

    /** The plain jar. */
    static List<String> jar() {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        return List.of(java, "-jar", BuildFolder.target("entente.jar").toString());
    }

    /** The start script of the image, with its options and, where there is one, its start-up cache. */
    static List<String> script() {
        return List.of("sh", BuildFolder.target("image/entente").toString());
    }

    /** Where a configuration's start-up cache is looked for. */
    static Path cache(Path configuration) {
        return configuration.resolveSibling("entente.aot");
    }

    private static Path log(Path configuration) {
        return configuration.resolveSibling("output.txt");
    }

    private static boolean healthy(int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress("127.0.0.1", port), 1_000);
            socket.setSoTimeout(5_000);
            socket.getOutputStream()
                    .write("GET /health HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
            byte[] head = socket.getInputStream().readNBytes(12);
            return new String(head, StandardCharsets.US_ASCII).equals("HTTP/1.1 200");
        } catch (IOException e) {
            return false;
        }
    }

    /** From the process's start to its first good answer. */
    long startMillis() {
        return millis;
    }

    /** The processors' time that the start took, on all of them together. */
    long startCpuMillis() {
        return cpuMillis;
    }

    /** Resident memory. */
    double residentMiB() throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc/" + process.pid() + "/status"))) {
            if (line.startsWith("VmRSS:")) {
                return Long.parseLong(line.replaceAll("\\D", "")) / 1024.0;
            }
        }
        throw new IllegalStateException("the process tells no resident size");
    }

    /** Stops the process as an operator would, by force if it does not listen. */
    @Override
    public void close() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(30, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
        }
    }
}
