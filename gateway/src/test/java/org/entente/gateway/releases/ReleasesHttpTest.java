package org.entente.gateway.releases;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.entente.gateway.access.Grant;
import org.entente.gateway.access.Users;
import org.entente.gateway.testing.StaffClient;
import org.entente.gateway.testing.TestNode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReleasesHttpTest {

    private static final String PASSWORD = "a long enough password";
    private static final String SOURCE = "&protection=PUBLIC_SOURCE&address=https://example.org/stock&date=2021-01-15";

    private final TestNode node = TestNode.start("ITA");
    private final HttpClient http = HttpClient.newHttpClient();
    private final ObjectMapper json = new ObjectMapper();

    @BeforeAll
    void staff() {
        Users users = node.bean(Users.class);
        for (String grant : List.of("statistician@ISTAT", "approver@ISTAT", "auditor")) {
            String name = grant.substring(0, 4);
            users.add(name, "Dr " + name, Set.of(Grant.parse(grant)), PASSWORD, null);
        }
    }

    @AfterAll
    void stop() {
        node.close();
    }

    private StaffClient client(String name) {
        return StaffClient.signIn(node.staff(), name, PASSWORD);
    }

    private HttpResponse<String> post(String name, String path, String contentType, byte[] body)
            throws IOException, InterruptedException {
        String token = json.readTree(StaffClient.anonymous(node.staff())
                        .post("/login", Map.of("username", name, "password", PASSWORD))
                        .body())
                .get("access_token")
                .asText();
        return http.send(
                HttpRequest.newBuilder(URI.create(node.staff() + path))
                        .header("authorization", "Bearer " + token)
                        .header("content-type", contentType)
                        .timeout(java.time.Duration.ofSeconds(60))
                        .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private HttpResponse<String> importing(String query, byte[] body) throws IOException, InterruptedException {
        return post("stat", "/api/releases?dataset=STOCK" + query, "application/vnd.sdmx.data+csv;version=2.0.0", body);
    }

    private static Map<String, Object> declaration(Map<String, String> coverage) {
        return Map.of(
                "id", "STOCK",
                "dataflow", "ENTENTE:DF_DIASPORA(1.0.0)",
                "authority", "ISTAT",
                "title", "Migrants in Italy",
                "coverage", coverage,
                "absent", "ZERO",
                "sums", List.of(Map.of("dimension", "SEX", "total", "_T", "additivity", "EXACT")));
    }

    @Test
    void anOfficeBringsItsFiguresOut() throws IOException, InterruptedException {
        byte[] figures;
        try (InputStream in = Objects.requireNonNull(getClass().getResourceAsStream("/demo/ita-undesa-2020.csv"))) {
            figures = in.readAllBytes();
        }
        refusals(figures);
        HttpResponse<String> imported = importing("&status=final" + SOURCE, figures);
        assertEquals(201, imported.statusCode(), imported.body());
        JsonNode release = StaffClient.json(imported).get("release");
        String path = "/api/releases/" + release.get("id").asText();
        assertEquals(4017, release.get("observations").asInt());
        assertEquals(403, client("stat").send("POST", path + "/approval", "{}").statusCode());
        assertEquals("release-step", StaffClient.problem(client("appr").send("POST", path + "/publication", "{}")));
        assertEquals(200, client("appr").send("POST", path + "/approval", "{}").statusCode());
        HttpResponse<String> published = client("stat").send("POST", path + "/publication", "{}");
        assertEquals("PUBLISHED", StaffClient.json(published).get("state").asText(), published.body());
        assertEquals(
                "PUBLIC_SOURCE",
                StaffClient.json(client("audi").get("/api/releases?dataset=STOCK"))
                        .at("/0/protection/kind")
                        .asText());
        assertEquals(
                404,
                client("audi").get("/api/releases/" + new java.util.UUID(1, 1)).statusCode());
    }

    private void refusals(byte[] figures) throws IOException, InterruptedException {
        Map<String, String> unknown = DeclarationsTest.coverage();
        unknown.put("REFUGEES", "UNKNOWN");
        HttpResponse<String> undeclared = client("stat").post("/api/datasets", declaration(unknown));
        assertEquals("dataset-incomplete", StaffClient.problem(undeclared));
        assertTrue(undeclared.body().contains("coverage.REFUGEES"));
        assertEquals(
                403,
                client("audi")
                        .post("/api/datasets", declaration(DeclarationsTest.coverage()))
                        .statusCode());
        assertEquals(
                401, StaffClient.anonymous(node.staff()).get("/api/datasets").statusCode());
        assertEquals(
                201,
                client("stat")
                        .post("/api/datasets", declaration(DeclarationsTest.coverage()))
                        .statusCode());
        assertEquals("release-unprotected", StaffClient.problem(importing("&status=final", figures)));
        assertEquals("release-unprotected", StaffClient.problem(importing("&status=final&protection=NONE", figures)));
        assertEquals("request-malformed", StaffClient.problem(importing("&status=perhaps" + SOURCE, figures)));
        byte[] broken = new String(figures, StandardCharsets.UTF_8)
                .replaceFirst(",STOCK_IN,", ",STOCK,")
                .getBytes(StandardCharsets.UTF_8);
        HttpResponse<String> refused = importing("&status=final" + SOURCE, broken);
        assertEquals("code-unknown", StaffClient.problem(refused));
        assertEquals(2, StaffClient.json(refused).at("/problems/0/row").asInt());
        assertEquals(
                "INDICATOR", StaffClient.json(refused).at("/problems/0/column").asText());
    }

    @Test
    void toolsReadTheStructure() {
        StaffClient tool = client("stat");
        HttpResponse<String> all = tool.get(
                "/sdmx/v2/structure/dataflow/ENTENTE/DF_DIASPORA/+?references=all",
                "accept",
                "application/vnd.sdmx.structure+json;version=2.0.0");
        assertEquals(200, all.statusCode(), all.body());
        assertEquals(
                "DSD_DIASPORA",
                StaffClient.json(all).at("/data/dataStructures/0/id").asText());
        assertEquals(200, tool.get("/sdmx/v2/structure").statusCode());
        assertEquals(200, tool.get("/sdmx/v2/structure/codelist/SDMX/CL_SEX/").statusCode());
        assertEquals(204, tool.get("/sdmx/v2/structure/codelist/SDMX/CL_NONE/").statusCode());
        assertEquals(
                406,
                tool.get("/sdmx/v2/structure/dataflow", "accept", "application/vnd.sdmx.structure+xml;version=9.0.0")
                        .statusCode());
        assertEquals(
                401,
                StaffClient.anonymous(node.staff())
                        .get("/sdmx/v2/structure/dataflow")
                        .statusCode());
    }

    @Test
    void errorsOfSdmxAddressesHaveTheShapeOfSdmx() {
        StaffClient tool = client("stat");
        HttpResponse<String> refused = tool.get("/sdmx/v2/structure/process");
        assertEquals(501, refused.statusCode());
        JsonNode error = StaffClient.json(refused).at("/errors/0");
        assertEquals(501, error.get("code").asInt(), refused.body());
        assertTrue(error.at("/links/0/href").asText().endsWith("/not-implemented"));
        assertEquals(
                "not-implemented",
                StaffClient.problem(tool.get("/sdmx/v2/structure/process", "accept", "application/problem+json")));
    }
}
