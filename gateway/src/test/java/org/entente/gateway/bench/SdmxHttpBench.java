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
import javax.sql.DataSource;
import org.entente.agreements.SensitiveGroup;
import org.entente.gateway.access.AccessKeys;
import org.entente.gateway.access.StaffUser;
import org.entente.gateway.releases.DatasetDeclaration;
import org.entente.gateway.releases.Datasets;
import org.entente.gateway.releases.Protection;
import org.entente.gateway.releases.Release;
import org.entente.gateway.releases.ReleaseApproval;
import org.entente.gateway.releases.ReleaseDesk;
import org.entente.gateway.releases.ReleaseStatus;
import org.entente.gateway.releases.ReleaseTerms;
import org.entente.gateway.statistics.AreaCodes;
import org.entente.gateway.testing.TestNode;

/**
 * A large release of one's own over HTTP, with a client that throws everything away: observations per second by format, the first byte of a
 * narrow slice, and the memory that a whole answer takes. Beside them the plain loop from a database table to CSV.
 */
final class SdmxHttpBench {
    /** How many observations the release has: {@code bench.sdmxObservations}. */
    private static final int OBSERVATIONS = Integer.getInteger("bench.sdmxObservations", 10_000_000);

    private static final int JDBC_ROWS = 1_000_000;
    private static final int YEARS = 20;
    private static final Duration LONG_ENOUGH = Duration.ofSeconds(10);
    private static final String FLOW = "/sdmx/v2/data/dataflow/ENTENTE/DF_DIASPORA/1.0.0/";
    private static final List<String> AGES = List.of(
            "_T", "Y0T4", "Y5T9", "Y10T14", "Y15T19", "Y20T24", "Y25T29", "Y30T34", "Y35T39", "Y40T44", "Y45T49",
            "Y50T54", "Y55T59", "Y60T64", "Y65T69", "Y70T74", "Y75T79", "Y80T84", "Y_GE85", "_U");
    private static final List<String> EDUCATION = List.of("_T", "ISCED11_0T2", "ISCED11_3_4", "ISCED11_5T8", "_U");
    private static final List<String> STAYS = List.of("_T", "Y_LT1", "Y1T4", "Y5T9", "Y_GE10", "_U");

    private SdmxHttpBench() {}

    static Map<String, Double> run() throws Exception {
        Map<String, Double> figures = new TreeMap<>();
        try (TestNode node = TestNode.plan("ITA")
                .property("entente.releases.memory-bytes", 2L << 30)
                .start()) {
            StaffUser statistician = node.user("anna", "statistician");
            long observations = publish(node, statistician, node.user("bruno", "approver"));
            String key =
                    node.bean(AccessKeys.class).add("anna", "bench", 1, null).text();
            Caller caller = new Caller(node.staff(), key);
            caller.read(FLOW + "A.IT._T.PH", "application/vnd.sdmx.data+csv;version=2.0.0");
            figures.put("sdmx.firstByteMillis", firstByteMillis(caller));
            Map.of(
                            "csv", "application/vnd.sdmx.data+csv;version=2.0.0",
                            "json", "application/vnd.sdmx.data+json;version=2.0.0",
                            "ml", "application/vnd.sdmx.data+xml;version=3.0.0")
                    .forEach((name, type) ->
                            figures.put("sdmx." + name + "ObsPerSecond", perSecond(caller, type, observations)));
            figures.put("sdmx.memoryAt10MObsMiB", memoryMiB(caller));
            figures.put("limit.jdbcToCsvObsPerSecond", jdbcPerSecond(node.bean(DataSource.class)));
        }
        return figures;
    }

    private static long publish(TestNode node, StaffUser statistician, StaffUser approver) throws IOException {
        Map<String, String> coverage = new TreeMap<>();
        for (SensitiveGroup group : SensitiveGroup.values()) {
            coverage.put(group.name(), "EXCLUDED");
        }
        node.bean(Datasets.class)
                .declare(
                        new DatasetDeclaration(
                                "LARGE", "ENTENTE:DF_DIASPORA(1.0.0)", "ISTAT", "Made up", coverage, "ZERO", List.of()),
                        statistician);
        ReleaseDesk desk = node.bean(ReleaseDesk.class);
        Release release;
        try (InputStream table = new Table()) {
            release = desk.importFigures(
                            "LARGE",
                            table,
                            new ReleaseTerms(
                                    ReleaseStatus.FINAL,
                                    new Protection.PublicSource("https://example.org/made-up", "2026-01-01"),
                                    null),
                            statistician)
                    .release();
        }
        desk.approve(release.id(), ReleaseApproval.plain(), approver);
        desk.publish(release.id(), statistician);
        return release.observations();
    }

    /** The table as it would come from an office, made while it is read. */
    private static final class Table extends InputStream {
        private final List<String> areas = AreaCodes.load().areasByParty().values().stream()
                .filter(area -> !area.equals("IT"))
                .toList();
        private byte[] chunk =
                ("STRUCTURE,STRUCTURE_ID,ACTION,FREQ,REF_AREA,REF_REGION,COUNTERPART_AREA,COUNTERPART_REGION,ORIGIN_BASIS,SEX,AGE,EDUCATION_LEV,OCCUPATION,DURATION,REASON,STAY,INDICATOR,UNIT_MEASURE,TIME_PERIOD,OBS_VALUE,UNIT_MULT,SOURCE_ORG,OBS_STATUS\n")
                        .getBytes(StandardCharsets.US_ASCII);
        private int at;
        private long series;
        private long value = 1;

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] into, int from, int length) {
            if (at == chunk.length && !next()) {
                return -1;
            }
            int part = Math.min(length, chunk.length - at);
            System.arraycopy(chunk, at, into, from, part);
            at += part;
            return part;
        }

        private boolean next() {
            if (series * YEARS >= OBSERVATIONS) {
                return false;
            }
            StringBuilder rows = new StringBuilder();
            for (int i = 0; i < 500 && series * YEARS < OBSERVATIONS; i++, series++) {
                long rest = series;
                String stay = STAYS.get((int) (rest % STAYS.size()));
                rest /= STAYS.size();
                String education = EDUCATION.get((int) (rest % EDUCATION.size()));
                rest /= EDUCATION.size();
                String age = AGES.get((int) (rest % AGES.size()));
                rest /= AGES.size();
                String sex = List.of("_T", "F", "M").get((int) (rest % 3));
                rest /= 3;
                String area = areas.get((int) (rest % areas.size()));
                String basis = rest / areas.size() == 0 ? "CB" : "CT";
                String start = "dataflow,ENTENTE:DF_DIASPORA(1.0.0),I,A,IT,_T," + area + ",_T," + basis + "," + sex
                        + "," + age + "," + education + ",_T," + stay + ",_T,_T,STOCK_IN,PS,";
                for (int year = 2000; year < 2000 + YEARS; year++) {
                    value = value * 16_807 % 2_147_483_647;
                    rows.append(start)
                            .append(year)
                            .append(',')
                            .append(value % 100_000)
                            .append(",0,ISTAT,A\n");
                }
            }
            chunk = rows.toString().getBytes(StandardCharsets.US_ASCII);
            at = 0;
            return true;
        }
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

    /** What is live at most after a collection while the whole release is sent, beyond what was live before. */
    private static double memoryMiB(Caller caller) throws IOException, InterruptedException {
        System.gc();
        long before = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
        AtomicLong most = new AtomicLong(before);
        AtomicBoolean sending = new AtomicBoolean(true);
        Thread watcher = Thread.ofPlatform().start(() -> {
            while (sending.get()) {
                System.gc();
                most.accumulateAndGet(
                        ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed(), Math::max);
            }
        });
        caller.read(FLOW + "*", "application/vnd.sdmx.data+csv;version=2.0.0");
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
