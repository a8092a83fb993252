package org.entente.gateway.releases;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
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
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.entente.crypto.Digests;
import org.entente.gateway.access.Grant;
import org.entente.gateway.access.StaffUser;
import org.entente.gateway.access.Users;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
import org.entente.gateway.journal.Journal;
import org.entente.gateway.sdmx.OfficialSchemas;
import org.entente.gateway.testing.StaffClient;
import org.entente.gateway.testing.TestNode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What a statistician says of a dataset: checked, kept, frozen into releases and served. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DatasetMetadataTest {

    private static final String PASSWORD = "a long enough password";
    private static final String REPORT = """
            CONTACT_ORGANISATION: Istat
            DATA_DESCR: {en: Migrants in Italy, it: Migranti in Italia}
            STAT_POP: Usual residents
            REF_PERIOD: 1 January
            SOURCE_TYPE: %s
            """;
    private static final String FIGURES = "STRUCTURE,STRUCTURE_ID,ACTION,FREQ,REF_AREA,REF_REGION,COUNTERPART_AREA,"
            + "COUNTERPART_REGION,ORIGIN_BASIS,SEX,AGE,EDUCATION_LEV,OCCUPATION,DURATION,REASON,STAY,INDICATOR,"
            + "UNIT_MEASURE,TIME_PERIOD,OBS_VALUE,UNIT_MULT,OBS_STATUS,CONF_STATUS,EMBARGO_TIME\n"
            + "dataflow,ENTENTE:DF_DIASPORA(1.0.0),I,A,IT,_T,PH,_T,CB,_T,_T,_T,_T,_T,_T,_T,STOCK_IN,PS,2020,7,0,A,F,\n";

    private final TestNode node = TestNode.start("ITA");
    private StaffUser statistician;
    private StaffUser approver;

    @BeforeAll
    void staff() {
        statistician = user("anna", "statistician@ISTAT");
        approver = user("bruno", "approver@ISTAT");
    }

    @AfterAll
    void stop() {
        node.close();
    }

    private StaffUser user(String name, String... grants) {
        Users users = node.bean(Users.class);
        Set<Grant> held = Set.of(grants).stream().map(Grant::parse).collect(Collectors.toSet());
        users.add(name, "Dr " + name, held, PASSWORD, null);
        return users.staff(users.get(name));
    }

    private void declare(String id) {
        node.bean(Datasets.class)
                .declare(
                        new DatasetDeclaration(
                                id,
                                "ENTENTE:DF_DIASPORA(1.0.0)",
                                "ISTAT",
                                "Migrants in Italy",
                                DeclarationsTest.coverage(),
                                "ZERO",
                                List.of()),
                        statistician);
    }

    private DatasetMetadata metadata() {
        return node.bean(DatasetMetadata.class);
    }

    private void describe(String dataset, String source) {
        metadata()
                .describe(dataset, REPORT.formatted(source).getBytes(StandardCharsets.UTF_8), null, null, statistician);
    }

    private Release publish(String dataset) {
        ReleaseDesk desk = node.bean(ReleaseDesk.class);
        UUID id = desk.importFigures(
                        dataset,
                        new ByteArrayInputStream(FIGURES.getBytes(StandardCharsets.UTF_8)),
                        new ReleaseTerms(
                                ReleaseStatus.FINAL,
                                new Protection.PublicSource("https://example.org/stock", "2021-01-15"),
                                null),
                        statistician)
                .release()
                .id();
        desk.approve(id, ReleaseApproval.plain(), approver);
        return desk.publish(id, approver);
    }

    private JsonNode newestRecord(String kind) {
        Journal journal = node.bean(Journal.class);
        for (long index = journal.size() - 1; index >= 0; index--) {
            var opening = journal.entry(index).map(entry -> entry.opening()).orElse(null);
            if (opening != null) {
                try {
                    JsonNode record = new ObjectMapper().readTree(opening.record());
                    if (record.path("kind").asText().equals(kind)) {
                        return record;
                    }
                } catch (IOException e) {
                    throw new AssertionError(e);
                }
            }
        }
        throw new AssertionError("no " + kind);
    }

    private JsonNode sdmx(String path) throws IOException {
        HttpResponse<String> answer = StaffClient.signIn(node.staff(), "anna", PASSWORD)
                .get("/sdmx/v2" + path, "accept", "application/vnd.sdmx.metadata+json;version=2.1.0");
        assertEquals(200, answer.statusCode(), answer.body());
        return OfficialSchemas.assertValidJson(
                        "2.1.0", "metadata", answer.body().getBytes(StandardCharsets.UTF_8))
                .at("/data/metadataSets");
    }

    @Test
    void aReleaseKeepsTheReportThatItWasPublishedWith() throws IOException {
        declare("ITA.STOCK");
        Release without = publish("ITA.STOCK");
        assertNull(without.metadata());
        assertTrue(metadata().ofRelease(without.id()).isEmpty());
        describe("ITA.STOCK", "Census");
        describe("ITA.STOCK", "Register");
        Release first = publish("ITA.STOCK");
        byte[] frozen = metadata().ofRelease(first.id()).orElseThrow();
        describe("ITA.STOCK", "Survey");
        assertArrayEquals(frozen, metadata().ofRelease(first.id()).orElseThrow());
        assertTrue(new String(frozen, StandardCharsets.UTF_8).contains("Register"));
        assertEquals(Base64.getUrlEncoder().withoutPadding().encodeToString(Digests.sha256(frozen)), first.metadata());
        assertEquals(
                first.metadata(),
                newestRecord("release-published").get("metadata").asText());
        assertEquals(
                "ENTENTE:MDF_ESMS(1.0.0)",
                newestRecord("dataset-described").get("metadataflow").asText());
        Release second = publish("ITA.STOCK");
        assertTrue(!Objects.equals(first.metadata(), second.metadata()));
        assertEquals(
                second.metadata(),
                node.bean(Releases.class).byId(second.id()).orElseThrow().metadataDigest());

        assertEquals(2, sdmx("/metadata/metadataset/ITA/ITA$STOCK/*").size());
        JsonNode latest = sdmx("/metadata/structure/dataflow/ENTENTE/DF_DIASPORA/1.0.0");
        JsonNode stock = StreamSupport.stream(latest.spliterator(), false)
                .filter(set -> set.get("id").asText().equals("ITA$STOCK"))
                .reduce((one, other) -> Assertions.fail("one version, the latest"))
                .orElseThrow();
        assertEquals("3.1.0", stock.get("version").asText());
        assertEquals("Survey", stock.at("/attributes/3/attributes/0/value/en").asText(), () -> stock.toPrettyString());
        assertEquals(
                "2.1.0",
                sdmx("/metadata/metadataset/ITA/ITA$STOCK/2.1.0")
                        .at("/0/version")
                        .asText());
    }

    @Test
    void aBadFileIsRefusedAndChangesNothing() throws IOException, InterruptedException {
        declare("BAD");
        EntenteException refused = Assertions.assertThrows(
                EntenteException.class,
                () -> metadata()
                        .describe("BAD", "COLOUR: red\n".getBytes(StandardCharsets.UTF_8), null, null, statistician));
        assertEquals(ErrorCode.METADATA_INVALID, refused.code());
        assertTrue(refused.detail().contains("line 1: 'COLOUR'"), refused.detail());
        assertTrue(metadata().newest("BAD").isEmpty());
        Assertions.assertThrows(
                EntenteException.class,
                () -> metadata()
                        .describe(
                                "BAD",
                                REPORT.formatted("Register").getBytes(StandardCharsets.UTF_8),
                                "XY:NO(1.0.0)",
                                null,
                                statistician));
        assertEquals(
                ErrorCode.FORBIDDEN,
                Assertions.assertThrows(
                                EntenteException.class,
                                () -> metadata()
                                        .describe(
                                                "BAD",
                                                REPORT.formatted("Register").getBytes(StandardCharsets.UTF_8),
                                                null,
                                                null,
                                                approver))
                        .code());
        HttpResponse<String> posted = post("/api/datasets/BAD/metadata", "REF_PERIOD: 1 January\n");
        assertEquals(422, posted.statusCode());
        assertEquals("metadata-invalid", StaffClient.problem(posted));
        assertEquals(
                201,
                post("/api/datasets/BAD/metadata?language=it", REPORT.formatted("Registro"))
                        .statusCode());
        HttpResponse<String> kept =
                StaffClient.signIn(node.staff(), "anna", PASSWORD).get("/api/datasets/BAD/metadata");
        assertTrue(kept.body().contains("{\"it\":\"Registro\"}"), kept.body());
    }

    private HttpResponse<String> post(String path, String body) throws IOException, InterruptedException {
        String token = new ObjectMapper()
                .readTree(StaffClient.anonymous(node.staff())
                        .post("/login", Map.of("username", "anna", "password", PASSWORD))
                        .body())
                .get("access_token")
                .asText();
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(node.staff() + path))
                                .header("authorization", "Bearer " + token)
                                .header("content-type", "application/yaml")
                                .POST(HttpRequest.BodyPublishers.ofString(body))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void anOwnMetadataStructureIsImportedAndUsed() throws IOException {
        String message = """
                {"meta":{"id":"M","prepared":"2026-01-01T00:00:00Z","sender":{"id":"RCP"}},"data":{
                "metadataStructures":[{"id":"MSD_NOTES","agencyID":"RCP","version":"1.0.0","name":"Notes",
                "metadataStructureComponents":{"metadataAttributeList":{"metadataAttributes":[{"id":"WHY",
                "conceptIdentity":"urn:sdmx:org.sdmx.infomodel.conceptscheme.Concept=RCP:CS_NOTES(1.0.0).WHY"}]}}}],
                "metadataflows":[{"id":"MDF_NOTES","agencyID":"RCP","version":"1.0.0","name":"Notes",
                "structure":"urn:sdmx:org.sdmx.infomodel.metadatastructure.MetadataStructure=RCP:MSD_NOTES(1.0.0)"}]}}
                """;
        OwnStructures structures = node.bean(OwnStructures.class);
        byte[] bytes = message.getBytes(StandardCharsets.UTF_8);
        structures.importMessage(bytes, Map.of(), statistician);
        assertEquals(
                ErrorCode.STRUCTURE_EXISTS,
                Assertions.assertThrows(
                                EntenteException.class, () -> structures.importMessage(bytes, Map.of(), statistician))
                        .code());
        byte[] changed = message.replace("\"WHY\",", "\"WHEN\",")
                .replace("MDF_NOTES", "MDF_OTHER")
                .getBytes(StandardCharsets.UTF_8);
        assertEquals(
                ErrorCode.STRUCTURE_EXISTS,
                Assertions.assertThrows(
                                EntenteException.class, () -> structures.importMessage(changed, Map.of(), statistician))
                        .code());
        declare("NOTED");
        metadata()
                .describe(
                        "NOTED",
                        "WHY: because\n".getBytes(StandardCharsets.UTF_8),
                        "RCP:MDF_NOTES(1.0.0)",
                        null,
                        statistician);
        publish("NOTED");
        assertEquals(1, sdmx("/metadata/metadataflow/RCP/MDF_NOTES").size());
        HttpResponse<String> flow = StaffClient.signIn(node.staff(), "anna", PASSWORD)
                .get(
                        "/sdmx/v2/structure/metadataflow/RCP/MDF_NOTES?references=descendants",
                        "accept",
                        "application/vnd.sdmx.structure+json;version=2.0.0");
        JsonNode shown = OfficialSchemas.assertValidJson(
                "2.0.0", "structure", flow.body().getBytes(StandardCharsets.UTF_8));
        assertEquals("MSD_NOTES", shown.at("/data/metadataStructures/0/id").asText());
    }
}
