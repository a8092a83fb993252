package org.entente.gateway.exchange;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
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
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What a tool sees of a node's own figures over HTTP: streams, caching fields, compression, errors, cross-origin calls. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StaffDataHttpTest {
    private static final String FLOW = "/sdmx/v2/data/dataflow/ENTENTE/DF_DIASPORA/1.0.0/";
    private static final String STOCK = FLOW + "A.IT._T.*._T.CB.*.*._T._T._T._T._T.STOCK_IN";
    private static final String NARROW = FLOW + "A.IT._T.PH._T.CB._T._T._T._T._T._T._T.STOCK_IN";
    private static final String CSV = "application/vnd.sdmx.data+csv;version=2.0.0";
    private static final String ORIGIN = "https://dashboard.example.org";
    private static final int YEARS = 20;

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private TestNode node;
    private String authorization = "";

    @BeforeAll
    void start() {
        node = TestNode.plan("ITA")
                .property("entente.staff.cors.enabled", true)
                .property("entente.staff.cors.origins", List.of(ORIGIN))
                .start();
        StaffUser statistician = node.user("anna", "statistician");
        StaffUser approver = node.user("bruno", "approver");
        publish("STOCK", "STOCK_IN", statistician, approver);
        publish("INFLOW", "INFLOW", statistician, approver);
        String key = node.bean(AccessKeys.class).add("anna", "test", 1, null).text();
        authorization = "Basic " + Base64.getEncoder().encodeToString(("anna:" + key).getBytes(StandardCharsets.UTF_8));
    }

    @AfterAll
    void stop() {
        node.close();
    }

    private void publish(String dataset, String indicator, StaffUser statistician, StaffUser approver) {
        Map<String, String> coverage = new TreeMap<>();
        for (SensitiveGroup group : SensitiveGroup.values()) {
            coverage.put(group.name(), "EXCLUDED");
        }
        node.bean(Datasets.class)
                .declare(
                        new DatasetDeclaration(
                                dataset, "ENTENTE:DF_DIASPORA(1.0.0)", "ISTAT", dataset, coverage, "ZERO", List.of()),
                        statistician);
        ReleaseDesk desk = node.bean(ReleaseDesk.class);
        Release release = desk.importFigures(
                        dataset,
                        new ByteArrayInputStream(table(indicator).getBytes(StandardCharsets.UTF_8)),
                        new ReleaseTerms(
                                ReleaseStatus.FINAL,
                                new Protection.PublicSource("https://example.org/made-up", "2026-01-01"),
                                null),
                        statistician)
                .release();
        desk.approve(release.id(), ReleaseApproval.plain(), approver);
        desk.publish(release.id(), statistician);
    }

    private static String table(String indicator) {
        StringBuilder csv = new StringBuilder(
                "STRUCTURE,STRUCTURE_ID,ACTION,FREQ,REF_AREA,REF_REGION,COUNTERPART_AREA,COUNTERPART_REGION,"
                        + "ORIGIN_BASIS,SEX,AGE,EDUCATION_LEV,OCCUPATION,DURATION,REASON,STAY,INDICATOR,UNIT_MEASURE,"
                        + "TIME_PERIOD,OBS_VALUE,UNIT_MULT,OBS_STATUS\n");
        for (String area : AreaCodes.load().areasByParty().values()) {
            for (String sex : List.of("_T", "F", "M")) {
                for (int year = 2000; year < 2000 + YEARS && !area.equals("IT"); year++) {
                    csv.append("dataflow,ENTENTE:DF_DIASPORA(1.0.0),I,A,IT,_T,")
                            .append(area)
                            .append(",_T,CB,")
                            .append(sex)
                            .append(",_T,_T,_T,_T,_T,_T,")
                            .append(indicator)
                            .append(",PS,")
                            .append(year)
                            .append(',')
                            .append(area.hashCode() % 1000 + year)
                            .append(",0,A\n");
                }
            }
        }
        return csv.toString();
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(node.staff() + path.replace("*", "%2A")))
                .header("authorization", authorization)
                .header("accept", CSV);
    }

    private HttpResponse<byte[]> send(HttpRequest.Builder builder) throws IOException, InterruptedException {
        return http.send(builder.build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    private static String field(HttpResponse<?> response, String name) {
        return response.headers().firstValue(name).orElse("");
    }

    private static long rows(byte[] csv) {
        return new String(csv, StandardCharsets.UTF_8).lines().count() - 1;
    }

    @Test
    void aLongAnswerIsStreamedWholeAndCompressedOnRequest() throws Exception {
        HttpResponse<byte[]> plain = send(request(STOCK));
        assertEquals(200, plain.statusCode());
        assertEquals("", field(plain, "content-length"));
        long areas = AreaCodes.load().areasByParty().size() - 1L;
        assertEquals(areas * 3 * YEARS, rows(plain.body()));
        HttpResponse<byte[]> zipped = send(request(STOCK).header("accept-encoding", "br, gzip;q=0.8"));
        assertEquals("gzip", field(zipped, "content-encoding"));
        assertTrue(zipped.body().length * 5 < plain.body().length, "only " + zipped.body().length);
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(zipped.body()))) {
            assertArrayEquals(plain.body(), in.readAllBytes());
        }
        assertEquals("", field(send(request(STOCK).header("accept-encoding", "gzip;q=0, br")), "content-encoding"));
        for (String vary : List.of("Accept", "Accept-Encoding", "Authorization")) {
            assertTrue(field(plain, "vary").contains(vary));
        }
    }

    @Test
    void severalReleasesAreOneAnswerInOrder() throws Exception {
        HttpResponse<byte[]> both = send(request(FLOW + "A.IT._T.PH?c%5BTIME_PERIOD%5D=2019&attributes=none"));
        List<String> lines =
                new String(both.body(), StandardCharsets.UTF_8).lines().toList();
        assertEquals(1 + 2 * 3, lines.size(), String.join("\n", lines));
        assertEquals(
                lines.subList(1, lines.size()),
                lines.subList(1, lines.size()).stream().sorted().toList());
        HttpResponse<byte[]> lastOnes = send(request(FLOW + "A.IT._T.PH?lastNObservations=1&attributes=none"));
        assertArrayEquals(both.body(), lastOnes.body());
        assertEquals(2, rows(send(request(NARROW + "?firstNObservations=2")).body()));
    }

    @Test
    void aToolThatHasTheFiguresIsToldSo() throws Exception {
        HttpResponse<byte[]> first = send(request(NARROW));
        String tag = field(first, "etag");
        assertEquals(Integer.toString(first.body().length), field(first, "content-length"));
        HttpResponse<byte[]> again = send(request(NARROW).header("if-none-match", "\"other\", " + tag));
        assertEquals(304, again.statusCode());
        assertEquals(tag, field(again, "etag"));
        assertEquals(0, again.body().length);
        String now = DateTimeFormatter.RFC_1123_DATE_TIME.format(Instant.now().atZone(ZoneOffset.UTC));
        assertEquals(304, send(request(NARROW).header("if-modified-since", now)).statusCode());
        assertEquals(
                304,
                send(request(NARROW).header("if-modified-since", field(first, "last-modified")))
                        .statusCode());
        assertEquals(
                200,
                send(request(NARROW).header("if-modified-since", "Thu, 01 Jan 1970 00:00:00 GMT"))
                        .statusCode());
        assertEquals(
                200,
                send(request(NARROW).header("if-none-match", "\"other\"").header("if-modified-since", now))
                        .statusCode());
        assertNotEquals(tag, field(send(request(NARROW + "?attributes=none")), "etag"));
        assertNotEquals(tag, field(send(request(NARROW).setHeader("accept", "application/json")), "etag"));
    }

    @Test
    void thePagesOfAnAnswerAreLinked() throws Exception {
        List<String> whole = lines(send(request(NARROW)));
        assertEquals(YEARS, whole.size());
        String query = "?limit=6&c[TIME_PERIOD]=ge:2000&sort=TIME_PERIOD:desc";
        List<String> followed = new ArrayList<>();
        for (int page = 0; !query.isEmpty(); page++) {
            assertTrue(page < 4, "more pages than there are: " + query);
            HttpResponse<byte[]> answer =
                    send(request(NARROW + query.replace("[", "%5B").replace("]", "%5D")));
            followed.addAll(lines(answer));
            String link = field(answer, "link");
            assertEquals(page == 3, link.isEmpty(), link);
            assertTrue(link.isEmpty() || link.matches("<\\?[^<>\\[\\]]+>; rel=\"next\""), link);
            query = link.isEmpty() ? "" : link.substring(1, link.indexOf('>'));
        }
        assertEquals(whole.reversed(), followed);
        assertEquals("", field(send(request(NARROW + "?limit=" + YEARS)), "link"));
        assertEquals("", field(send(request(NARROW + "?limit=0")), "link"), "it would lead nowhere");
        assertEquals("", field(send(request(NARROW + "?offset=2")), "link"));
    }

    @Test
    void pagesOfChangesAreLinkedToo() throws Exception {
        String first = field(send(request(NARROW + "?updatedAfter=2000-01-01&limit=15")), "link");
        assertEquals("<?updatedAfter=2000-01-01&limit=15&offset=15>; rel=\"next\"", first);
        assertEquals("", field(send(request(NARROW + "?updatedAfter=2000-01-01&limit=15&offset=15")), "link"));
        assertEquals("", field(send(request(NARROW + "?updatedAfter=2000-01-01")), "link"));
    }

    private static List<String> lines(HttpResponse<byte[]> csv) {
        return new String(csv.body(), StandardCharsets.UTF_8).lines().skip(1).toList();
    }

    @Test
    void headTellsTheSameWithoutTheFigures() throws Exception {
        HttpResponse<byte[]> head = send(request(STOCK).method("HEAD", HttpRequest.BodyPublishers.noBody()));
        assertEquals(200, head.statusCode());
        assertEquals(0, head.body().length);
        HttpResponse<byte[]> get = send(request(STOCK));
        for (String name : List.of("etag", "last-modified", "content-type", "vary")) {
            assertEquals(field(get, name), field(head, name), name);
        }
    }

    @Test
    void nothingFoundIsNoContentAndNoSuchComponentAnError() throws Exception {
        assertEquals(204, send(request(NARROW + "?c%5BTIME_PERIOD%5D=1950")).statusCode());
        HttpResponse<byte[]> unfit = send(request(NARROW + "?c%5BNO_SUCH%5D=1"));
        assertEquals(422, unfit.statusCode());
        assertTrue(new String(unfit.body(), StandardCharsets.UTF_8).contains("\"errors\""));
    }

    @Test
    void pagesOfNamedOriginsMayReadAlsoErrors() throws Exception {
        HttpResponse<byte[]> preflight = http.send(
                HttpRequest.newBuilder(URI.create(node.staff() + NARROW))
                        .method("OPTIONS", HttpRequest.BodyPublishers.noBody())
                        .header("Origin", ORIGIN)
                        .header("Access-Control-Request-Method", "GET")
                        .header("Access-Control-Request-Headers", "authorization,accept")
                        .build(),
                HttpResponse.BodyHandlers.ofByteArray());
        assertEquals(200, preflight.statusCode());
        assertEquals(ORIGIN, field(preflight, "access-control-allow-origin"));
        HttpResponse<byte[]> read = send(request(NARROW).header("Origin", ORIGIN));
        assertEquals(ORIGIN, field(read, "access-control-allow-origin"));
        assertTrue(read.headers()
                .allValues("access-control-expose-headers")
                .toString()
                .contains("Entente-Source"));
        HttpResponse<byte[]> structure =
                send(request("/sdmx/v2/structure/dataflow").header("Origin", ORIGIN));
        assertEquals(ORIGIN, field(structure, "access-control-allow-origin"));
        HttpResponse<byte[]> error = send(request(NARROW + "?c%5BNO_SUCH%5D=1").header("Origin", ORIGIN));
        assertEquals(422, error.statusCode());
        assertEquals(ORIGIN, field(error, "access-control-allow-origin"));
        HttpResponse<byte[]> unknown =
                send(request(NARROW).setHeader("authorization", "Basic eDp5").header("Origin", ORIGIN));
        assertEquals(401, unknown.statusCode());
        assertEquals(ORIGIN, field(unknown, "access-control-allow-origin"));
        HttpResponse<byte[]> foreign = send(request(NARROW).header("Origin", "https://elsewhere.example"));
        assertEquals("", field(foreign, "access-control-allow-origin"));
    }
}
