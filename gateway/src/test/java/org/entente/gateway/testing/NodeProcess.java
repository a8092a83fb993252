package org.entente.gateway.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.entente.gateway.node.Main;
import org.jspecify.annotations.Nullable;

/** A node of a test in a process of its own, which can be killed like one. Its {@link TestNode} is stopped meanwhile. */
public final class NodeProcess implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 240;

    private final int staffPort;
    private final int nodePort;
    private final Path configuration;
    private final Path log;
    private @Nullable Process process;

    /** @param node a node that is initialised; it is stopped here */
    public NodeProcess(TestNode node) {
        this.staffPort = node.staff().getPort();
        this.nodePort = node.node().getPort();
        this.configuration = node.configuration();
        this.log = node.home().resolve("serve.log");
        node.stop();
    }

    /** Starts the process and returns at once. */
    public void start() {
        try {
            Files.writeString(log, "");
            process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "--enable-native-access=ALL-UNNAMED",
                            "-Xmx512m",
                            "-XX:TieredStopAtLevel=1",
                            "-XX:+UseSerialGC",
                            "-cp",
                            System.getProperty("java.class.path"),
                            Main.class.getName(),
                            "serve",
                            "--config",
                            configuration.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
        } catch (IOException e) {
            throw new AssertionError("the node was not started", e);
        }
    }

    /** Waits until the node serves. */
    public void awaitServing() throws IOException, InterruptedException {
        for (long i = 0; i < PATIENCE_SECONDS * 20; i++) {
            if (Files.readString(log).contains(" serves: staff ")) {
                return;
            }
            Process running = process;
            if (running == null || !running.isAlive()) {
                throw new AssertionError("the node ended instead of serving, exit code "
                        + (running == null ? "unknown" : running.exitValue()) + ": " + Files.readString(log));
            }
            Thread.sleep(50);
        }
        throw new AssertionError("the node does not serve: " + Files.readString(log));
    }

    public boolean isAlive() {
        Process running = process;
        return running != null && running.isAlive();
    }

    /** SIGKILL: nothing in the process gets to do anything more. */
    public void kill() throws InterruptedException {
        Process running = process;
        process = null;
        if (running != null) {
            running.destroyForcibly().waitFor();
            Ports.awaitFree(staffPort);
            Ports.awaitFree(nodePort);
        }
    }

    /** SIGTERM, and the end of the process. */
    public void stop() throws InterruptedException {
        Process running = process;
        if (running == null) {
            return;
        }
        running.destroy();
        if (!running.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            throw new AssertionError("the node does not stop");
        }
        process = null;
    }

    @Override
    public void close() {
        Process running = process;
        process = null;
        if (running != null) {
            running.destroyForcibly();
        }
    }
}
