package org.entente.gateway.exchange;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.entente.gateway.access.AccessKeys;
import org.entente.gateway.access.StaffUser;
import org.entente.gateway.node.demo.DemoFigures;
import org.entente.gateway.sdmx.CsvReader;
import org.entente.gateway.sdmx.DataFormat;
import org.entente.gateway.sdmx.DataMessage;
import org.entente.gateway.sdmx.MessageHeader;
import org.entente.gateway.sdmx.MutatedAddresses;
import org.entente.gateway.statistics.Cube;
import org.entente.gateway.statistics.Dataflow;
import org.entente.gateway.statistics.DiasporaStructure;
import org.entente.gateway.testing.StaffClient;
import org.entente.gateway.testing.TestNode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * Broken addresses, fields and uploads against a live node, byte by byte as they are made: each is answered or refused as the caller's
 * mistake, and memory does not grow.
 *
 * <p>{@code -Dfuzz.rounds=100000} runs the whole; without it a fraction runs, from another seed each day so that all of it is seen in time.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ServiceFuzzTest {
    private static final int ROUNDS = Integer.getInteger("fuzz.rounds", 4_000);
    private static final long SEED = Long.getLong("fuzz.seed", Instant.now().getEpochSecond() / 86_400);
    private static final String IMPORT =
            "/api/releases?dataset=ITA-STOCK-UNDESA&status=final&protection=PUBLIC_SOURCE&address=https://example.org/x&date=2021-01-15";
    private static final long MEMORY = 192L << 20;
    private static final List<DataFormat> UPLOADS = List.of(
            DataFormat.CSV_1_0,
            DataFormat.CSV_2_1,
            DataFormat.JSON_2_0,
            DataFormat.JSON_2_1,
            DataFormat.ML_3_0,
            DataFormat.SPECIFIC_2_1,
            DataFormat.GENERIC_2_1,
            DataFormat.XLSX);
    private static final Map<String, List<String>> FIELDS = Map.of(
            "Accept-Encoding", List.of("gzip", "br, gzip;q=0", "*;q=9", "gzip;q=", "identity;q=0, *;q=0", ",,"),
            "Accept-Language", List.of("fr", "*", "en;q=x", "zz-ZZ-zz-zz-zz-zz", ";", "fr-CH, fr;q=0.9, *;q=0.5"),
            "Range", List.of("bytes=0-", "bytes=5-1", "bytes=-0", "items=1-2", "bytes=0-0,9-", "values=x"),
            "If-None-Match", List.of("*", "\"x\"", "W/\"", "\"a\",\"b\"", "x", ""),
            "If-Modified-Since",
                    List.of("Thu, 01 Jan 1970 00:00:00 GMT", "yesterday", "99", "Sat, 31 Feb 2099 00:00:00 GMT"),
            "Origin", List.of("null", "https://elsewhere.example", "%"));
    /** Addresses that are whole, so that broken fields meet answers as well. */
    private static final List<String> SOUND = List.of(
            "/v2/data/dataflow/ENTENTE/DF_DIASPORA/1.0.0/A5.IT._T.PH",
            "/v1/data/DF_DIASPORA/A5.IT._T.PH?startPeriod=2010",
            "/v2/structure/codelist/SDMX/CL_SEX",
            "/v1/dataflow/all/all/latest",
            "/v2/availability/dataflow/ENTENTE/DF_DIASPORA/1.0.0/A5.IT");

    private static final List<String> AUTHORIZATIONS = List.of(
            "Basic", "Basic %", "Basic eDp5", "Bearer", "Bearer a.b.c", "Negotiate abc", "Digest username=\"a\"", "\t");

    private final Random random = new Random(SEED);
    private TestNode node;
    private String key = "";
    private String token = "";

    @BeforeAll
    void start() {
        node = TestNode.start("ITA");
        StaffUser statistician = node.user("anna", "statistician");
        DemoFigures.publishStock(
                node.context(), new DemoFigures.Staff(statistician, node.user("bruno", "approver")), "ISTAT");
        key = "Basic "
                + Base64.getEncoder()
                        .encodeToString(("anna:"
                                        + node.bean(AccessKeys.class)
                                                .add("anna", "fuzz", 1, null)
                                                .text())
                                .getBytes(StandardCharsets.UTF_8));
        token = "Bearer "
                + StaffClient.json(StaffClient.anonymous(node.staff())
                                .post("/login", Map.of("username", "anna", "password", TestNode.PASSPHRASE)))
                        .get("access_token")
                        .asText();
    }

    @AfterAll
    void stop() {
        node.close();
    }

    @Test
    void whateverIsSentIsAnsweredOrRefusedAsTheCallersMistake() throws IOException {
        List<byte[]> files = files();
        long before = live();
        int answered = 0;
        for (int round = 0; round < ROUNDS; round++) {
            byte[] request = round % 10 == 9 ? upload(files.get(random.nextInt(files.size()))) : question();
            int status = send(request);
            assertTrue(
                    status >= 200 && status < 500 || status == 501,
                    () -> "seed " + SEED + ", status " + status + ": "
                            + new String(request, 0, Math.min(request.length, 4_000), StandardCharsets.ISO_8859_1));
            answered += status < 300 ? 1 : 0;
            if (round % 10_000 == 9_999) {
                assertTrue(live() - before < MEMORY, "seed " + SEED + ": memory grows");
            }
        }
        assertTrue(answered > ROUNDS / 50, "not everything is refused: " + answered);
        assertTrue(live() - before < MEMORY, "seed " + SEED + ": memory grows");
    }

    @Test
    void filesThatUnfoldToMoreThanMemoryAreRefusedWithoutIt() throws IOException, InterruptedException {
        String deep = "{\"a\":".repeat(200_000);
        String nested = "<a>".repeat(200_000);
        String laughs = "<?xml version=\"1.0\"?><!DOCTYPE a [<!ENTITY a \"" + "ha".repeat(5_000) + "\"><!ENTITY b \""
                + "&a;".repeat(5_000) + "\"><!ENTITY c \"" + "&b;".repeat(5_000) + "\">]><a>&c;</a>";
        String outside = "<?xml version=\"1.0\"?><!DOCTYPE a SYSTEM \"http://127.0.0.1:1/x.dtd\"><a/>";
        for (byte[] file : List.of(
                bytes(deep),
                bytes("{\"meta\":{},\"data\":" + "[".repeat(200_000)),
                bytes(nested),
                bytes(laughs),
                bytes(outside),
                bytes("STRUCTURE,".repeat(3_000_000)),
                bytes("STRUCTURE,\"" + "a".repeat(30_000_000)),
                bomb())) {
            long grown = growth(() -> {
                int status = send(post(file));
                assertTrue(status >= 400 && status < 500, status + " for " + file.length + " bytes");
            });
            assertTrue(grown < MEMORY, grown + " bytes for a file of " + file.length);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    /** A question with a random address and random fields, some of them broken. */
    private byte[] question() {
        String address = MutatedAddresses.next(random);
        if (random.nextBoolean()) {
            address = address.replace("/v2/availability", "/v2/data/dataflow")
                    .replace("/v1/availableconstraint", "/v1/data");
        }
        if (random.nextInt(5) == 0) {
            address = pick(SOUND);
        }
        StringBuilder request = new StringBuilder(pick(List.of("GET", "GET", "GET", "GET", "HEAD", "OPTIONS")))
                .append(" /sdmx")
                .append(address)
                .append(" HTTP/1.1\r\nHost: ")
                .append(node.staff().getAuthority())
                .append("\r\nConnection: close\r\nAuthorization: ")
                .append(random.nextInt(20) == 0 ? pick(AUTHORIZATIONS) : key)
                .append("\r\n");
        field(request, "Accept", MutatedAddresses.accept(random));
        FIELDS.forEach((name, values) -> {
            if (random.nextInt(5) == 0) {
                field(request, name, pick(values));
            }
        });
        return bytes(request.append("\r\n").toString());
    }

    private void field(StringBuilder request, String name, String value) {
        StringBuilder sent = new StringBuilder(value);
        for (int i = random.nextInt(4); i > 2; i--) {
            // Any byte but those that end a field.
            sent.insert(random.nextInt(sent.length() + 1), (char) (33 + random.nextInt(223)));
        }
        request.append(name).append(": ").append(sent).append("\r\n");
    }

    private byte[] upload(byte[] file) throws IOException {
        boolean workbook = file[0] == 'P' && file[1] == 'K';
        return post(workbook && random.nextBoolean() ? insideWorkbook(file) : mutated(file));
    }

    private byte[] post(byte[] body) {
        byte[] head =
                bytes("POST " + IMPORT + " HTTP/1.1\r\nHost: " + node.staff().getAuthority()
                        + "\r\nConnection: close\r\nContent-Type: application/octet-stream\r\nAuthorization: " + token
                        + "\r\nContent-Length: " + body.length + "\r\n\r\n");
        byte[] all = java.util.Arrays.copyOf(head, head.length + body.length);
        System.arraycopy(body, 0, all, head.length, body.length);
        return all;
    }

    private byte[] mutated(byte[] file) {
        byte[] changed = file;
        for (int i = 1 + random.nextInt(4); i > 0 && changed.length > 0; i--) {
            int at = random.nextInt(changed.length);
            int until = Math.min(changed.length, at + 1 + random.nextInt(random.nextInt(8) == 0 ? 2_000 : 8));
            changed = switch (random.nextInt(6)) {
                case 0 -> joined(changed, 0, at, new byte[0], until);
                case 1 -> joined(changed, 0, until, new byte[0], at);
                case 2 -> joined(changed, 0, at, noise(), at);
                case 3 -> joined(changed, 0, at, noise(), until);
                case 4 -> java.util.Arrays.copyOf(changed, at);
                default ->
                    joined(
                            changed,
                            0,
                            at,
                            bytes(pick(List.of(
                                    "<!DOCTYPE a [<!ENTITY b \"c\">]>",
                                    "&b;",
                                    "]]>",
                                    "<![CDATA[",
                                    "\"",
                                    "{",
                                    "]",
                                    "99999999999999999999999999",
                                    "1e400",
                                    "NaN",
                                    "\0",
                                    "\uFEFF"))),
                            at);
            };
        }
        return changed;
    }

    /** The bytes up to {@code end}, others, and those from {@code from} on. */
    private static byte[] joined(byte[] file, int begin, int end, byte[] between, int from) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(file, begin, end - begin);
        out.writeBytes(between);
        out.write(file, from, file.length - from);
        return out.toByteArray();
    }

    private byte[] noise() {
        byte[] noise = new byte[1 + random.nextInt(12)];
        random.nextBytes(noise);
        return noise;
    }

    /** One part of a workbook changed, and packed again. */
    private byte[] insideWorkbook(byte[] workbook) throws IOException {
        Map<String, byte[]> parts = unpacked(workbook);
        String one = pick(List.copyOf(parts.keySet()));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            for (Map.Entry<String, byte[]> part : parts.entrySet()) {
                zip.putNextEntry(new ZipEntry(part.getKey()));
                zip.write(part.getKey().equals(one) ? mutated(part.getValue()) : part.getValue());
                zip.closeEntry();
            }
        }
        return out.toByteArray();
    }

    private static Map<String, byte[]> unpacked(byte[] workbook) throws IOException {
        Map<String, byte[]> parts = new java.util.LinkedHashMap<>();
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(workbook))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                parts.put(entry.getName(), zip.readAllBytes());
            }
        }
        return parts;
    }

    /** A workbook of half a megabyte with a sheet of half a gigabyte. */
    private static byte[] bomb() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        byte[] spaces = " ".repeat(1 << 20).getBytes(StandardCharsets.US_ASCII);
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            for (Map.Entry<String, byte[]> part : unpacked(files().getLast()).entrySet()) {
                zip.putNextEntry(new ZipEntry(part.getKey()));
                zip.write(part.getValue());
                for (int i = 0; i < 512 && part.getKey().contains("sheets/"); i++) {
                    zip.write(spaces);
                }
                zip.closeEntry();
            }
        }
        return out.toByteArray();
    }

    /** The beginning of the demonstration's table in each format that is read. */
    private static List<byte[]> files() throws IOException {
        String csv;
        try (InputStream in =
                Objects.requireNonNull(ServiceFuzzTest.class.getResourceAsStream("/demo/ita-undesa-2020.csv"))) {
            csv = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
        String part = String.join("\n", csv.lines().limit(60).toList()) + "\n";
        Dataflow flow = DiasporaStructure.load();
        Cube cube = CsvReader.read(new ByteArrayInputStream(part.getBytes(StandardCharsets.UTF_8)), flow);
        List<byte[]> files = new ArrayList<>();
        for (DataFormat format : UPLOADS) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            format.write(
                    DataMessage.of(flow, cube, new MessageHeader("F1", Instant.parse("2026-01-01T00:00:00Z"), "ITA")),
                    out);
            files.add(out.toByteArray());
        }
        return files;
    }

    /** Sends bytes as they are and reads the answer to its end; 0 if there was none. */
    private int send(byte[] request) throws IOException {
        try (Socket socket = new Socket(node.staff().getHost(), node.staff().getPort())) {
            socket.setSoTimeout(60_000);
            OutputStream out = socket.getOutputStream();
            out.write(request);
            out.flush();
            byte[] answer = socket.getInputStream().readAllBytes();
            String head = new String(answer, 0, Math.min(answer.length, 12), StandardCharsets.ISO_8859_1);
            return head.startsWith("HTTP/1.") && head.length() == 12 ? Integer.parseInt(head.substring(9)) : 0;
        }
    }

    private <T> T pick(List<T> from) {
        return from.get(random.nextInt(from.size()));
    }

    private static long live() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    @FunctionalInterface
    private interface Work {
        void run() throws IOException;
    }

    /** What is live at most, after collections now and then, beyond what was live before. */
    private static long growth(Work work) throws IOException, InterruptedException {
        long before = live();
        AtomicLong most = new AtomicLong(before);
        AtomicBoolean running = new AtomicBoolean(true);
        Thread watcher = Thread.ofPlatform().start(() -> {
            while (running.get()) {
                most.accumulateAndGet(live(), Math::max);
                // A collection stops everybody, the node as well.
                LockSupport.parkNanos(300_000_000);
            }
        });
        try {
            work.run();
        } finally {
            running.set(false);
            watcher.join();
        }
        return most.get() - before;
    }
}
