package org.entente.gateway.exchange;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.entente.crypto.message.Headers;
import org.entente.gateway.base.Database;
import org.entente.gateway.partners.PartnerClient;
import org.entente.gateway.partners.Partners;
import org.entente.gateway.releases.DatasetMetadata;
import org.entente.gateway.releases.Release;
import org.entente.gateway.sdmx.OfficialSchemas;
import org.entente.gateway.statistics.MetadataSet;
import org.entente.gateway.testing.Corridor;
import org.entente.gateway.testing.DescribedStock;
import org.entente.gateway.testing.StaffClient;
import org.entente.gateway.testing.TestNode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/** What a provider says of its figures goes with them to the consumer, over real TLS between two nodes. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ReportsTravelTest {

    private final Corridor corridor = Corridor.open();

    @AfterAll
    void close() {
        corridor.close();
    }

    private ReceivedReports reports() {
        return corridor.phl().bean(ReceivedReports.class);
    }

    private Asking.Figures ask() {
        Question asked = corridor.question(Corridor.FILIPINOS);
        return corridor.phl()
                .bean(Asking.class)
                .ask(new Question(
                        asked.provider(),
                        asked.agreement(),
                        asked.leg(),
                        asked.purpose(),
                        asked.asker(),
                        asked.dataflow(),
                        asked.selection(),
                        asked.named(),
                        false,
                        true,
                        null));
    }

    private static String source(MetadataSet report) {
        StringBuilder said = new StringBuilder();
        report.each((path, heading) -> {
            if (path.equals("STAT_PROCESS.SOURCE_TYPE")) {
                said.append(heading.value("en"));
            }
        });
        return said.toString();
    }

    private PartnerClient.Answered fetch(TestNode from, String provider, String release) {
        return from.bean(PartnerClient.class)
                .call(
                        from.bean(Partners.class).require(provider),
                        "GET",
                        "/metadata/" + release,
                        Headers.of("accept", "*/*"),
                        new byte[0],
                        false);
    }

    @Test
    @Order(1)
    void withoutAReportEverythingWorksAsBefore() throws IOException, InterruptedException {
        Asking.Figures figures = ask();
        assertTrue(reports().of(figures).isEmpty());
        assertTrue(about().contains("From|ITA"), about());
        assertEquals(
                204,
                StaffClient.signIn(corridor.phl().staff(), "analyst", Corridor.PASSWORD)
                        .get("/sdmx/v2/metadata/metadataset/ITA")
                        .statusCode());
    }

    @Test
    @Order(2)
    void theReportOfTheReleaseComesWithItsFigures() throws IOException, InterruptedException {
        DescribedStock.describe(corridor.ita(), "Population register");
        Release release = DescribedStock.release(corridor.ita());
        DescribedStock.describe(corridor.ita(), "Something later");
        Asking.Figures figures = ask();

        MetadataSet report = reports().of(figures).orElseThrow();
        assertEquals("Population register", source(report));
        assertEquals("ITA:ITA-STOCK-UNDESA(2.1.0)", report.id().toString());
        JsonNode record = answeredRecord();
        assertEquals(release.metadata(), record.at("/release/metadata").asText());
        assertArrayEquals(
                corridor.ita()
                        .bean(DatasetMetadata.class)
                        .ofRelease(release.id())
                        .orElseThrow(),
                corridor.phl()
                        .bean(Database.class)
                        .one("SELECT document FROM received_metadata", row -> row.bytes("document"))
                        .orElseThrow());
        String about = about();
        assertTrue(about.contains("Source data|Population register"), about);
        assertTrue(about.contains("Contact organisation|Istat"), about);
        HttpResponse<String> served = StaffClient.signIn(corridor.phl().staff(), "analyst", Corridor.PASSWORD)
                .get(
                        "/sdmx/v2/metadata/structure/dataflow/ENTENTE/DF_DIASPORA/1.0.0",
                        "accept",
                        "application/vnd.sdmx.metadata+json;version=2.0.0");
        JsonNode sets = OfficialSchemas.assertValidJson(
                        "2.0.0", "metadata", served.body().getBytes(StandardCharsets.UTF_8))
                .at("/data/metadataSets");
        assertEquals("ITA", sets.at("/0/agencyID").asText());
        assertEquals(
                "Migrants en Italie",
                sets.at("/0/attributes/1/attributes/0/value/fr").asText());
    }

    @Test
    @Order(3)
    void whoWasGivenNoFiguresOfAReleaseIsGivenNoReport() {
        Release unasked = DescribedStock.release(corridor.ita());
        assertEquals(
                404,
                fetch(corridor.phl(), "ITA", unasked.id().toString()).response().status());
        assertEquals(
                404,
                fetch(corridor.phl(), "ITA", new UUID(1, 1).toString())
                        .response()
                        .status());
        Asking.Figures figures = ask();
        assertEquals(unasked.id().toString(), figures.release());
        assertEquals(
                200,
                fetch(corridor.phl(), "ITA", unasked.id().toString()).response().status());
        assertEquals("Something later", source(reports().of(figures).orElseThrow()));
    }

    @Test
    @Order(4)
    void anotherReportThanTheOneThatTheAnswerNamedIsNotTaken() throws IOException, InterruptedException {
        DescribedStock.describe(corridor.ita(), "True");
        Release release = DescribedStock.release(corridor.ita());
        Database provider = corridor.ita().bean(Database.class);
        byte[] document = corridor.ita()
                .bean(DatasetMetadata.class)
                .ofRelease(release.id())
                .orElseThrow();
        byte[] other = new String(document, StandardCharsets.UTF_8)
                .replace("True", "False")
                .getBytes(StandardCharsets.UTF_8);
        provider.update("UPDATE release_metadata SET document = ? WHERE release_id = ?", other, release.id());
        Asking.Figures figures = ask();
        assertTrue(figures.body().length > 0, "the figures stand for themselves");
        assertTrue(reports().of(figures).isEmpty());
        StaffClient analyst = StaffClient.signIn(corridor.phl().staff(), "analyst", Corridor.PASSWORD);
        String workbook = "/sdmx/v2" + Corridor.FILIPINOS + "?format=xlsx&purpose=statistics";
        String csv = "/sdmx/v2" + Corridor.FILIPINOS + "?format=csv&purpose=statistics";
        String workbookTag = tag(analyst, workbook);
        String csvTag = tag(analyst, csv);
        assertEquals(304, analyst.get(workbook, "if-none-match", workbookTag).statusCode());

        provider.update("UPDATE release_metadata SET document = ? WHERE release_id = ?", document, release.id());
        corridor.phl().bean(Database.class).update("UPDATE received_metadata SET next_us = 0");
        reports().fetchDue();
        assertEquals("True", source(reports().of(figures).orElseThrow()));
        assertEquals(
                200,
                analyst.get(workbook, "if-none-match", workbookTag).statusCode(),
                "the report stands in the workbook now");
        assertEquals(304, analyst.get(csv, "if-none-match", csvTag).statusCode());
    }

    private static String tag(StaffClient client, String path) throws IOException, InterruptedException {
        return client.get(path).headers().firstValue("etag").orElseThrow();
    }

    @Test
    @Order(5)
    void aReportGoesWithTheLastFiguresThatItBelongsTo() {
        Database consumer = corridor.phl().bean(Database.class);
        long before = consumer.one("SELECT COUNT(*) AS n FROM received_metadata", row -> row.longValue("n"))
                .orElseThrow();
        assertEquals(3, before);
        assertEquals(3, reports().metadataSets().size());
        consumer.update("UPDATE holding SET retain_until_us = 1 ORDER BY received_us DESC LIMIT 1");
        assertEquals(2, reports().metadataSets().size());
        reports().fetchDue();
        assertEquals(
                2,
                consumer.one("SELECT COUNT(*) AS n FROM received_metadata", row -> row.longValue("n"))
                        .orElseThrow());
    }

    private JsonNode answeredRecord() throws IOException {
        AnsweredExchanges.Answered answered =
                corridor.ita().bean(AnsweredExchanges.class).latest(1).getFirst();
        return new ObjectMapper()
                .readTree(Objects.requireNonNull(corridor.ita()
                                .bean(org.entente.gateway.journal.Journal.class)
                                .entry(answered.journalIndex())
                                .orElseThrow()
                                .opening())
                        .record());
    }

    /** The sheet About of a workbook with the Filipinos in Italy, a line for each row. */
    private String about() throws IOException, InterruptedException {
        String token = new ObjectMapper()
                .readTree(StaffClient.anonymous(corridor.phl().staff())
                        .post("/login", Map.of("username", "analyst", "password", Corridor.PASSWORD))
                        .body())
                .get("access_token")
                .asText();
        byte[] workbook = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(corridor.phl().staff() + "/sdmx/v2" + Corridor.FILIPINOS
                                        + "?export=true&format=xlsx&purpose=statistics"))
                                .header("authorization", "Bearer " + token)
                                .build(),
                        HttpResponse.BodyHandlers.ofByteArray())
                .body();
        try (ReadableWorkbook book = new ReadableWorkbook(new ByteArrayInputStream(workbook));
                var rows = book.findSheet("About").orElseThrow().openStream()) {
            return rows.map(row -> row.stream()
                            .map(cell -> cell == null ? "" : cell.getText())
                            .collect(Collectors.joining("|")))
                    .collect(Collectors.joining("\n"));
        }
    }
}
