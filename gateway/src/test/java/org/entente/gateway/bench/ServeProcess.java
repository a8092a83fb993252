package org.entente.gateway.bench;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.entente.gateway.testing.BuildFolder;
import org.entente.gateway.testing.TestNode;

/** The assembled program as a process of its own: {@code java -jar entente.jar serve}. */
final class ServeProcess implements AutoCloseable {
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(120);

    private final Process process;
    private final long millis;

    private ServeProcess(Process process, long millis) {
        this.process = process;
        this.millis = millis;
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
    static void command(Path configuration, List<String> arguments) throws IOException, InterruptedException {
        Process process = start(configuration, arguments);
        if (!process.waitFor(2, TimeUnit.MINUTES) || process.exitValue() != 0) {
            process.destroyForcibly();
            throw new IllegalStateException(
                    arguments + " failed: " + Files.readString(log(configuration), StandardCharsets.UTF_8));
        }
    }

    /** Serves, and measures how long it took from the process's start to the first good answer of {@code /health}. */
    static ServeProcess serve(Path configuration, int staffPort) throws IOException, InterruptedException {
        long from = System.nanoTime();
        Process process = start(configuration, List.of("serve"));
        while (!healthy(staffPort)) {
            if (!process.isAlive() || System.nanoTime() - from > PATIENCE_NANOS) {
                process.destroyForcibly();
                throw new IllegalStateException(
                        "serve did not start: " + Files.readString(log(configuration), StandardCharsets.UTF_8));
            }
            Thread.sleep(5);
        }
        return new ServeProcess(process, TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - from));
    }

    private static Process start(Path configuration, List<String> arguments) throws IOException {
        List<String> line = new ArrayList<>();
        line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        String options = System.getProperty("bench.serveOptions", "");
        line.addAll(Stream.of(options.split(" "))
                .filter(option -> !option.isEmpty())
                .toList());
        line.addAll(List.of("-jar", BuildFolder.target("entente.jar").toString()));
        line.addAll(arguments);
        line.addAll(List.of("--config", configuration.toString()));
        ProcessBuilder builder = new ProcessBuilder(line);
        builder.environment().put("ENTENTE_PASSPHRASE", TestNode.PASSPHRASE);
        builder.redirectErrorStream(true);
        builder.redirectOutput(log(configuration).toFile());
        builder.redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
        return builder.start();
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
