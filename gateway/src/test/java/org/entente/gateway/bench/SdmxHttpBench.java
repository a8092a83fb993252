package org.entente.gateway.bench;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;
import org.entente.gateway.access.AccessKeys;
import org.entente.gateway.access.StaffUser;
import org.entente.gateway.releases.Release;
import org.entente.gateway.releases.ReleaseApproval;
import org.entente.gateway.releases.ReleaseDesk;
import org.entente.gateway.statistics.AreaCodes;
import org.entente.gateway.testing.TestNode;

/**
 * A large release of one's own over HTTP, with a client that throws everything away: observations per second by format, the first byte of a
 * narrow slice, and the memory that a whole answer takes. Beside them the plain loop from a database table to CSV.
 */
final class SdmxHttpBench {
    /** How many observations the release has: {@code bench.sdmxObservations}. */
    private static final int OBSERVATIONS = Integer.getInteger("bench.sdmxObservations", 10_000_000);

    /** The smaller release whose answer takes as much memory, if memory does not grow with the answer. */
    private static final int FEWER_OBSERVATIONS = Math.max(1, OBSERVATIONS / 10);

    private static final int JDBC_ROWS = 1_000_000;
    private static final Duration BETWEEN_COLLECTIONS = Duration.ofMillis(100);
    private static final Duration LONG_ENOUGH = Duration.ofSeconds(10);
    private static final String FLOW = "/sdmx/v2/data/dataflow/ENTENTE/DF_DIASPORA/1.0.0/";

    private SdmxHttpBench() {}

    static Map<String, Double> run() throws Exception {
        Map<String, Double> figures = new TreeMap<>();
        figures.put("sdmx.memoryAt1MObsMiB", memoryMiB(FEWER_OBSERVATIONS));
        try (TestNode node = node()) {
            Published large = publish(node, OBSERVATIONS);
            Caller caller = large.caller();
            figures.put("sdmx.firstByteMillis", firstByteMillis(caller));
            Map.of(
                            "csv", "application/vnd.sdmx.data+csv;version=2.0.0",
                            "json", "application/vnd.sdmx.data+json;version=2.0.0",
                            "ml", "application/vnd.sdmx.data+xml;version=3.0.0")
                    .forEach((name, type) -> figures.put(
                            "sdmx." + name + "ObsPerSecond", perSecond(caller, type, large.observations())));
            figures.put("sdmx.memoryAt10MObsMiB", memoryMiB(caller));
            figures.put("limit.jdbcToCsvObsPerSecond", jdbcPerSecond(node.bean(DataSource.class)));
        }
        return figures;
    }

    /** The memory that an answer with a whole release takes, on a node that has nothing else. */
    static double memoryMiB(int observations) throws IOException, InterruptedException {
        try (TestNode node = node()) {
            return memoryMiB(publish(node, observations).caller());
        }
    }

    private static TestNode node() {
        return TestNode.plan("ITA")
                .property("entente.releases.memory-bytes", 2L << 30)
                .start();
    }

    /** A release, and who may read it. */
    private record Published(long observations, Caller caller) {}

    private static Published publish(TestNode node, int wanted) throws IOException {
        StaffUser statistician = node.user("anna", "statistician");
        long observations = publish(node, wanted, statistician, node.user("bruno", "approver"));
        Caller caller = new Caller(
                node.staff(),
                node.bean(AccessKeys.class).add("anna", "bench", 1, null).text());
        caller.read(FLOW + "*?limit=1", "application/vnd.sdmx.data+csv;version=2.0.0");
        return new Published(observations, caller);
    }

    private static long publish(TestNode node, int wanted, StaffUser statistician, StaffUser approver)
            throws IOException {
        LargeTable.declare(node, "LARGE", statistician);
        ReleaseDesk desk = node.bean(ReleaseDesk.class);
        Release release;
        try (InputStream table = new LargeTable(wanted)) {
            release = desk.importFigures("LARGE", table, LargeTable.terms(), statistician)
                    .release();
        }
        desk.approve(release.id(), ReleaseApproval.plain(), approver);
        desk.publish(release.id(), statistician);
        return release.observations();
    }

    /** A client that reads and forgets. */
    private record Caller(URI base, String key) {
        /** Nanoseconds to the first byte and to the last, and how many bytes. */
        long[] read(String path, String accept) throws IOException {
            String authorization = Base64.getEncoder().encodeToString(("anna:" + key).getBytes(StandardCharsets.UTF_8));
            try (Socket socket = new Socket(base.getHost(), base.getPort())) {
                socket.setTcpNoDelay(true);
                long begin = System.nanoTime();
                socket.getOutputStream()
                        .write(("GET " + path + " HTTP/1.1\r\nHost: " + base.getAuthority() + "\r\nAccept: " + accept
                                        + "\r\nAuthorization: Basic " + authorization
                                        + "\r\nConnection: close\r\n\r\n")
                                .getBytes(StandardCharsets.US_ASCII));
                InputStream in = socket.getInputStream();
                byte[] buffer = new byte[1 << 17];
                int read = in.read(buffer);
                long first = System.nanoTime() - begin;
                String head = new String(buffer, 0, Math.max(0, Math.min(read, 15)), StandardCharsets.US_ASCII);
                if (!head.startsWith("HTTP/1.1 200")) {
                    throw new IOException("not answered: " + head);
                }
                long bytes = read;
                while (read >= 0) {
                    read = in.read(buffer);
                    bytes += Math.max(0, read);
                }
                return new long[] {first, System.nanoTime() - begin, bytes};
            }
        }
    }

    private static double firstByteMillis(Caller caller) throws IOException {
        List<String> areas = List.copyOf(AreaCodes.load().areasByParty().values());
        double[] millis = new double[100];
        for (int i = 0; i < 200; i++) {
            String narrow = FLOW + "A.IT._T." + areas.get(i % 200) + "._T.CB.F.Y15T19._T._T._T._T._T.STOCK_IN.PS";
            long[] taken;
            try {
                taken = caller.read(narrow, "application/vnd.sdmx.data+csv;version=2.0.0");
            } catch (IOException e) {
                // Italy has no figures about itself, and a small table not about everybody.
                taken = caller.read(FLOW + "A.IT._T.PH", "application/vnd.sdmx.data+csv;version=2.0.0");
            }
            millis[i % 100] = taken[0] / 1e6;
        }
        Arrays.sort(millis);
        return millis[50];
    }

    private static double perSecond(Caller caller, String accept, long observations) {
        try {
            caller.read(FLOW + "*", accept);
            long begin = System.nanoTime();
            long rounds = 0;
            while (rounds == 0 || System.nanoTime() - begin < LONG_ENOUGH.toNanos()) {
                caller.read(FLOW + "*", accept);
                rounds++;
            }
            return rounds * observations * 1e9 / (System.nanoTime() - begin);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** What is live at most after a collection while the whole release is being sent, beyond what was live before. */
    private static double memoryMiB(Caller caller) throws IOException, InterruptedException {
        caller.read(FLOW + "*", "application/vnd.sdmx.data+csv;version=2.0.0");
        System.gc();
        long before = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
        AtomicLong most = new AtomicLong(before);
        AtomicBoolean sending = new AtomicBoolean(true);
        Thread watcher = Thread.ofPlatform().start(() -> {
            while (sending.get()) {
                System.gc();
                most.accumulateAndGet(
                        ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed(), Math::max);
                // Between two collections the answer must get on, also on a busy machine.
                LockSupport.parkNanos(BETWEEN_COLLECTIONS.toNanos());
            }
        });
        // A small release is sent again and again, so that collections meet it at work as often as a large one.
        long begin = System.nanoTime();
        while (System.nanoTime() - begin < LONG_ENOUGH.toNanos()) {
            caller.read(FLOW + "*", "application/vnd.sdmx.data+csv;version=2.0.0");
        }
        sending.set(false);
        watcher.join();
        return (most.get() - before) / (double) (1 << 20);
    }

    /** What everybody would write: a result set, a string for each row, a buffered stream. */
    private static double jdbcPerSecond(DataSource source) throws SQLException, IOException {
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(
                    "CREATE TABLE bench_observation (freq VARCHAR(8), area VARCHAR(8), counterpart VARCHAR(8), basis"
                            + " VARCHAR(8), sex VARCHAR(8), age VARCHAR(16), education VARCHAR(16), stay VARCHAR(16),"
                            + " indicator VARCHAR(16), unit VARCHAR(8), period VARCHAR(16), value DOUBLE, status"
                            + " VARCHAR(8))");
            statement.execute(
                    "INSERT INTO bench_observation SELECT 'A', 'IT', CONCAT('C', seq % 200), 'CB', 'F', CONCAT('Y',"
                            + " seq % 20), '_T', '_T', 'STOCK_IN', 'PS', CONCAT(2000 + seq % 20), seq % 100000, 'A' FROM"
                            + " seq_1_to_"
                            + JDBC_ROWS);
            loop(connection);
            long begin = System.nanoTime();
            long rounds = 0;
            while (rounds == 0 || System.nanoTime() - begin < LONG_ENOUGH.toNanos()) {
                loop(connection);
                rounds++;
            }
            double perSecond = rounds * (double) JDBC_ROWS * 1e9 / (System.nanoTime() - begin);
            statement.execute("DROP TABLE bench_observation");
            return perSecond;
        }
    }

    private static void loop(Connection connection) throws SQLException, IOException {
        try (PreparedStatement query = connection.prepareStatement("SELECT * FROM bench_observation");
                OutputStream out = new BufferedOutputStream(OutputStream.nullOutputStream(), 1 << 16)) {
            query.setFetchSize(10_000);
            try (ResultSet rows = query.executeQuery()) {
                StringBuilder line = new StringBuilder();
                while (rows.next()) {
                    line.setLength(0);
                    line.append("dataflow,ENTENTE:DF_DIASPORA(1.0.0),I");
                    for (int column = 1; column <= 11; column++) {
                        line.append(',').append(rows.getString(column));
                    }
                    line.append(',')
                            .append((long) rows.getDouble(12))
                            .append(',')
                            .append(rows.getString(13))
                            .append("\r\n");
                    out.write(line.toString().getBytes(StandardCharsets.UTF_8));
                }
            }
        }
    }
}
