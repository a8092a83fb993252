package org.entente.gateway.exchange;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.entente.agreements.SensitiveGroup;
import org.entente.gateway.access.StaffUser;
import org.entente.gateway.access.Users;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
import org.entente.gateway.evidence.Evidence;
import org.entente.gateway.evidence.VerificationReport;
import org.entente.gateway.evidence.WorkbookVerifier;
import org.entente.gateway.partners.NodeIdentity;
import org.entente.gateway.releases.DatasetDeclaration;
import org.entente.gateway.releases.Datasets;
import org.entente.gateway.releases.Mappings;
import org.entente.gateway.releases.OwnStructures;
import org.entente.gateway.releases.Protection;
import org.entente.gateway.releases.Release;
import org.entente.gateway.releases.ReleaseApproval;
import org.entente.gateway.releases.ReleaseDesk;
import org.entente.gateway.releases.ReleaseStatus;
import org.entente.gateway.releases.ReleaseTerms;
import org.entente.gateway.sdmx.Artefact;
import org.entente.gateway.sdmx.ArtefactType;
import org.entente.gateway.sdmx.DataFormat;
import org.entente.gateway.sdmx.DataQuery;
import org.entente.gateway.sdmx.Languages;
import org.entente.gateway.sdmx.MessageHeader;
import org.entente.gateway.sdmx.StructureFormat;
import org.entente.gateway.sdmx.StructureMessage;
import org.entente.gateway.statistics.ArtefactId;
import org.entente.gateway.statistics.Component.Dimension;
import org.entente.gateway.statistics.Dataflow;
import org.entente.gateway.statistics.LocalName;
import org.entente.gateway.statistics.Representation;
import org.entente.gateway.statistics.Structure;
import org.entente.gateway.testing.Corridor;
import org.entente.gateway.testing.StaffClient;
import org.entente.gateway.testing.TestNode;
import org.entente.gateway.testing.WorkersAbroad;
import org.entente.gateway.treaties.Treaties;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A structure that no release of the application ships, none of whose names are ours, from its import to an exchange; and, on the other leg
 * of the same agreement, a dataflow for exchange that is confined to a part of a structure.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OwnStructureExchangeTest {
    private static final String FLOW = WorkersAbroad.FLOW;
    private static final String WORKERS = "/sdmx/v2/data/dataflow/REGIONAL.SEC/WORKERS/2.0.0/";
    private static final String DEPARTURES = "/sdmx/v2/data/dataflow/ENTENTE/DF_OUTFLOW_RESIDENCE_LT/1.0.0/";
    private static final MessageHeader HEADER = WorkersAbroad.HEADER;

    private final Corridor corridor = Corridor.open(plan -> plan, Map.of(), OwnStructureExchangeTest::legs);

    /** The first leg is about workers, the second about long-term emigrants. */
    private static void legs(ObjectNode document) {
        WorkersAbroad.leg((ObjectNode) document.path("legs").path(0));
        ObjectNode departures = (ObjectNode) document.path("legs").path(1);
        departures.put("dataflow", "ENTENTE:DF_OUTFLOW_RESIDENCE_LT(1.0.0)");
    }

    @BeforeAll
    void importAndPublish() {
        StaffUser phl = user(corridor.phl(), "analyst");
        String xml =
                new String(WorkersAbroad.message(WorkersAbroad.flow(), StructureFormat.ML_3_0), StandardCharsets.UTF_8);
        String bare = Pattern.compile("<com:Annotations>.*?</com:Annotations>", Pattern.DOTALL)
                .matcher(xml)
                .replaceAll("");
        assertTrue(!bare.contains("REPORTING_AREA"), bare);
        corridor.phl()
                .bean(OwnStructures.class)
                .importMessage(
                        bare.getBytes(StandardCharsets.UTF_8),
                        Map.of("HOST", "REPORTING_AREA", "HOME", "COUNTERPART_AREA", "FLAG", "OBSERVATION_STATUS"),
                        phl);
        HttpResponse<String> taken = client(corridor.ita())
                .send(
                        "POST",
                        "/api/structures",
                        new String(
                                WorkersAbroad.message(WorkersAbroad.flow(), StructureFormat.JSON_2_0),
                                StandardCharsets.UTF_8));
        assertEquals(201, taken.statusCode(), taken.body());
        assertTrue(taken.body().contains(FLOW), taken.body());
        publish(corridor.ita(), "WORKERS", FLOW, "ISTAT", WorkersAbroad.table());
        String leavers = "ENTENTE:DF_OUTFLOW_RESIDENCE_LT(1.0.0)";
        publish(corridor.phl(), "LEAVERS", leavers, "CFO", leavers("LT"));
        publish(
                corridor.ita(),
                "LEAVERS",
                leavers,
                "ISTAT",
                leavers("LT").replace("A,PH,_T,IT", "A,IT,_T,PH").replace(",321,", ",45,"));
    }

    @AfterAll
    void close() {
        corridor.close();
    }

    private static String leavers(String stay) {
        return "STRUCTURE,STRUCTURE_ID,ACTION,FREQ,REF_AREA,REF_REGION,COUNTERPART_AREA,COUNTERPART_REGION,ORIGIN_BASIS,SEX,"
                + "AGE,EDUCATION_LEV,OCCUPATION,DURATION,REASON,STAY,INDICATOR,UNIT_MEASURE,TIME_PERIOD,OBS_VALUE,UNIT_MULT,"
                + "OBS_STATUS\n"
                + "dataflow,ENTENTE:DF_OUTFLOW_RESIDENCE_LT(1.0.0),I,A,PH,_T,IT,_T,NR,_T,_T,_T,_T,_T,_T," + stay
                + ",OUTFLOW,PS,2023,321,0,A\n";
    }

    private static StaffUser user(TestNode node, String name) {
        Users users = node.bean(Users.class);
        return users.staff(users.get(name));
    }

    private static StaffClient client(TestNode node) {
        return StaffClient.signIn(node.staff(), "analyst", Corridor.PASSWORD);
    }

    private static void publish(TestNode node, String dataset, String flow, String authority, String csv) {
        StaffUser statistician = user(node, "analyst");
        Map<String, String> coverage = new TreeMap<>();
        for (SensitiveGroup group : SensitiveGroup.values()) {
            coverage.put(group.name(), "EXCLUDED");
        }
        node.bean(Datasets.class)
                .declare(
                        new DatasetDeclaration(dataset, flow, authority, dataset, coverage, "ZERO", List.of()),
                        statistician);
        Release release = imported(node, dataset, csv, statistician);
        node.bean(ReleaseDesk.class).approve(release.id(), ReleaseApproval.plain(), user(node, "approver"));
        node.bean(ReleaseDesk.class).publish(release.id(), statistician);
    }

    private static Release imported(TestNode node, String dataset, String csv, StaffUser by) {
        return node.bean(ReleaseDesk.class)
                .importFigures(
                        dataset,
                        new ByteArrayInputStream(csv.getBytes(StandardCharsets.UTF_8)),
                        new ReleaseTerms(
                                ReleaseStatus.FINAL,
                                new Protection.PublicSource("https://example.org/made-up", "2026-01-01"),
                                null),
                        by)
                .release();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "application/vnd.sdmx.data+csv;version=2.0.0|IT,PH,CARE,2024,700",
                "application/vnd.sdmx.data+json;version=2.0.0|\"HOST\"",
                "application/vnd.sdmx.data+xml;version=3.0.0|TRADE=\"CARE\"",
                "application/vnd.sdmx.genericdata+xml;version=2.1|id=\"TRADE\" value=\"CARE\"",
            })
    void aPartnersFiguresOfTheOwnStructureComeInEveryFormat(String accept, String holds) {
        HttpResponse<String> answer = client(corridor.phl()).get(WORKERS + "IT.PH", "accept", accept);
        assertEquals(200, answer.statusCode(), answer.body());
        assertTrue(answer.body().contains(holds), answer.body());
        assertTrue(!answer.body().contains("BUILD"), "what the leg does not give has left: " + answer.body());
        assertTrue(answer.headers().firstValue("entente-source").orElse("").contains("leg=ITA-PHL-STOCK"));
    }

    @Test
    void whatTheLegDoesNotGiveIsRefusedByItsName() {
        HttpResponse<String> refused = client(corridor.phl()).get(WORKERS + "IT.PH.BUILD");
        assertEquals(403, refused.statusCode(), refused.body());
        assertTrue(refused.body().contains("TRADE"), refused.body());
        assertEquals(422, client(corridor.phl()).get(WORKERS + "IT.PH.FISH").statusCode());
    }

    @Test
    void aFlowForExchangeIsADatasetALegAndAnAnswer() {
        HttpResponse<String> answer = client(corridor.ita())
                .get(DEPARTURES + "A.PH", "accept", "application/vnd.sdmx.data+csv;version=2.0.0");
        assertEquals(200, answer.statusCode(), answer.body());
        assertTrue(answer.body().contains("ENTENTE:DF_OUTFLOW_RESIDENCE_LT(1.0.0)"), answer.body());
        assertTrue(answer.body().contains(",321,"), answer.body());
        EntenteException outside = assertThrows(
                EntenteException.class,
                () -> imported(corridor.phl(), "LEAVERS", leavers("ST"), user(corridor.phl(), "analyst")));
        assertTrue(String.valueOf(outside.members()).contains("ST is no part of the dataflow"), outside.detail());
    }

    @Test
    void theStructureIsServedAndTheLegIsItsProvisionAgreement() {
        HttpResponse<String> flow =
                client(corridor.ita()).get("/sdmx/v2/structure/dataflow/REGIONAL.SEC/WORKERS?references=descendants");
        assertEquals(200, flow.statusCode(), flow.body());
        assertTrue(flow.body().contains("CL_TRADE"), flow.body());
        String leg = client(corridor.phl())
                .get("/sdmx/v2/structure/provisionagreement/ITA/ITA-PHL-STOCK?references=all")
                .body();
        assertTrue(leg.contains("WORKERS"), leg);
        HttpResponse<String> available =
                client(corridor.ita()).get("/sdmx/v2/availability/dataflow/REGIONAL.SEC/WORKERS/2.0.0/IT");
        assertTrue(available.body().contains("BUILD"), available.body());
        assertEquals(
                200,
                client(corridor.ita())
                        .get("/sdmx/v2/schema/dataflow/REGIONAL.SEC/WORKERS")
                        .statusCode());
    }

    @Test
    void aKeyIsOfTheFlowOfTheLegUnderWhichItMayBeAsked() {
        StaffData phl = corridor.phl().bean(StaffData.class);
        assertEquals(FLOW, phl.dataflow(null, null, null).id().toString());
        assertEquals(FLOW, phl.dataflow("WORKERS", null, null).id().toString());
        assertEquals(
                "ENTENTE:DF_DIASPORA(1.0.0)",
                phl.dataflow("ENTENTE:DF_DIASPORA(1.0.0)", null, null).id().toString());
        EntenteException unknown =
                assertThrows(EntenteException.class, () -> phl.dataflow("FISHERS", null, "ITA-PHL-STOCK"));
        assertEquals(ErrorCode.NOT_FOUND, unknown.code());
        assertTrue(unknown.detail().contains(FLOW), unknown.detail());
    }

    @Test
    void theAskPageSpeaksTheStructureOfTheLeg() {
        String agreement = corridor.phl()
                .bean(Treaties.class)
                .files()
                .getFirst()
                .agreement()
                .id();
        HttpResponse<String> page = client(corridor.phl())
                .get("/console?leg=" + URLEncoder.encode(agreement + " ITA-PHL-STOCK", StandardCharsets.UTF_8)
                        + "&by=TRADE&from=2024&to=2024&purpose=statistics&ask=yes");
        assertEquals(200, page.statusCode(), page.body());
        assertTrue(page.body().contains("The TRADE"), page.body());
        assertTrue(page.body().contains("Name of CARE"), page.body());
        assertTrue(page.body().contains(">700</td>"), page.body());
        assertTrue(page.body().contains("/sdmx/v2/data/dataflow/REGIONAL.SEC/WORKERS/2.0.0/"), page.body());
        HttpResponse<String> total = client(corridor.phl())
                .get("/console?leg=" + URLEncoder.encode(agreement + " ITA-PHL-STOCK", StandardCharsets.UTF_8)
                        + "&from=2024&to=2024&purpose=statistics&ask=yes");
        assertTrue(total.body().contains(">900</td>"), total.body());
        assertTrue(!total.body().contains(">700</td>"), "not broken down is the leg's total: " + total.body());
    }

    @Test
    void aWorkbookOfTheOwnStructureIsVerifiedWithItsStructure() throws IOException {
        StaffData.Found found = corridor.phl()
                .bean(StaffData.class)
                .find(
                        DataQuery.parse(WORKERS.substring("/sdmx/v2".length()) + "IT.PH", "", StaffData.PARAMETERS),
                        corridor.phl().bean(Askers.class).of(user(corridor.phl(), "analyst")));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        DataFormat.XLSX.write(
                found.message(HEADER)
                        .withWorkbook(corridor.phl().bean(WorkbookNotes.class).of(found)),
                out);
        byte[] evidence = corridor.phl()
                .bean(Evidence.class)
                .ofAsked(found.figures().getFirst().exchange())
                .encode();
        Map<String, String> roots = Map.of("PHL", fingerprint(corridor.phl()), "ITA", fingerprint(corridor.ita()));
        VerificationReport with = WorkbookVerifier.verify(
                out.toByteArray(), roots, exchange -> Optional.of(evidence), List.of(WorkersAbroad.flow()));
        assertTrue(with.holds(), String.valueOf(with.failure()));
        assertEquals("table", with.steps().getLast().name());
        VerificationReport without =
                WorkbookVerifier.verify(out.toByteArray(), roots, exchange -> Optional.of(evidence), List.of());
        VerificationReport.Step failure = Objects.requireNonNull(without.failure());
        assertEquals("structure", failure.name(), failure.sentence());
        assertTrue(failure.sentence().contains(FLOW), failure.sentence());
    }

    private static String fingerprint(TestNode node) {
        return node.bean(NodeIdentity.class).chain().getFirst().fingerprint().toString();
    }

    /** As Banca d'Italia's connectors ask: several areas at once, in SDMX-ML 2.1. */
    @ParameterizedTest
    @ValueSource(strings = {"?c[REF_AREA]=PH,IT&c[SEX]=_T&attributes=all&measures=all", "A.PH+IT?", "A.PH,A.IT?"})
    void severalAreasAreOneAnswer(String query) {
        boolean first = query.contains("+");
        HttpResponse<String> answer = client(corridor.ita())
                .get(
                        (first ? "/sdmx/v1/data/DF_OUTFLOW_RESIDENCE_LT/" : DEPARTURES)
                                + query.replace("[", "%5B").replace("]", "%5D"),
                        "accept",
                        "application/vnd.sdmx.structurespecificdata+xml;version=2.1");
        assertEquals(200, answer.statusCode(), answer.body());
        assertTrue(answer.body().contains("OBS_VALUE=\"321\""), "the partner's: " + answer.body());
        assertTrue(answer.body().contains("OBS_VALUE=\"45\""), "the own: " + answer.body());
        assertTrue(answer.body().contains("REF_AREA=\"IT\"") && answer.body().contains("REF_AREA=\"PH\""));
        assertEquals(1, answer.headers().allValues("entente-source").size(), "one of the two came from a partner");
    }

    @Test
    void anAreaWithoutAPartnerIsNamed() {
        HttpResponse<String> refused = client(corridor.ita())
                .get(DEPARTURES + "?c%5BREF_AREA%5D=DE,IT", "accept", "application/vnd.sdmx.data+xml;version=3.0.0");
        assertEquals(404, refused.statusCode(), refused.body());
        assertTrue(refused.body().contains("DEU"), refused.body());
        HttpResponse<String> rest = client(corridor.ita()).get(DEPARTURES + "?c%5BREF_AREA%5D=DE,IT&partial=true");
        assertEquals(200, rest.statusCode(), rest.body());
        assertTrue(rest.headers().firstValue("entente-missing").orElse("").startsWith("DEU;code="));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // flows of several structures; several structures; confined flows of one structure, none of which holds
                // the others
                "data/dataflow/*/*|WORKERS",
                "data/datastructure/*/*|WORKERS",
                "data/*/*/*|WORKERS",
                "data/dataflow/ENTENTE/DF_INFLOW_BIRTH_LT,DF_INFLOW_BIRTH_ST|DF_INFLOW_BIRTH_ST",
                "schema/dataflow/*/*|REGIONAL.SEC:WORKERS",
                "schema/datastructure/ENTENTE,REGIONAL.SEC/DSD_DIASPORA,DSD_WORKERS|DSD_WORKERS",
            })
    void whereOneArtefactIsPossibleSeveralAreRefusedByName(String address, String named) {
        for (String accept : List.of("application/json", "application/xml")) {
            HttpResponse<String> refused =
                    client(corridor.ita()).get("/sdmx/v2/" + address.replace("*", "%2A"), "accept", accept);
            assertEquals(422, refused.statusCode(), refused.body());
            assertTrue(refused.body().contains(named), refused.body());
        }
    }

    @Test
    void severalFlowsOfOneStructureAreAnsweredByTheOneThatHoldsThemAll() {
        HttpResponse<String> all = client(corridor.ita())
                .get(
                        "/sdmx/v2/data/dataflow/ENTENTE/%2A/%2A/A.IT",
                        "accept", "application/vnd.sdmx.data+csv;version=2.0.0");
        assertEquals(200, all.statusCode(), all.body());
        assertTrue(all.body().lines().skip(1).allMatch(row -> row.contains("ENTENTE:DF_DIASPORA(1.0.0)")), all.body());
        assertTrue(all.body().contains(",45,"), all.body());
    }

    @Test
    void aMappingMayNameTheStructure() throws IOException {
        String mapping = """
                {"id":"TRADES","version":"1.0.0","structure":"REGIONAL.SEC:DSD_WORKERS(2.0.0)",
                 "columns":{"home":{"to":"HOME"},"trade":{"to":"TRADE"},"year":{"to":"TIME_PERIOD"},"n":{"to":"OBS_VALUE"}},
                 "constants":{"HOST":"IT","FLAG":"A"}}""";
        Mappings mappings = corridor.ita().bean(Mappings.class);
        StaffUser by = user(corridor.ita(), "analyst");
        mappings.store(mapping.getBytes(StandardCharsets.UTF_8), by);
        assertTrue(new ObjectMapper()
                .readTree(mappings.get("TRADES").document())
                .toString()
                .contains("DSD_WORKERS"));
        Release release = corridor.ita()
                .bean(ReleaseDesk.class)
                .importFigures(
                        "WORKERS",
                        new ByteArrayInputStream("home,trade,year,n\nPH,ALL,2025,5\n".getBytes(StandardCharsets.UTF_8)),
                        "TRADES",
                        new ReleaseTerms(
                                ReleaseStatus.PROVISIONAL,
                                new Protection.PublicSource("https://example.org/made-up", "2026-01-01"),
                                null),
                        by)
                .release();
        assertEquals(1, release.observations());
    }

    @Test
    void aStoredMappingIsAmongTheStructures() {
        String mapping = """
                {"id":"CRAFTS","version":"1.2.0","name":"Crafts in the ministry's file",
                 "structure":"REGIONAL.SEC:DSD_WORKERS(2.0.0)",
                 "columns":{"home":{"to":"HOME"},"craft":{"to":"TRADE","codes":{"nurses":"CARE","masons":"BUILD"}},
                            "year":{"to":"TIME_PERIOD"},"n":{"to":"OBS_VALUE"}},
                 "constants":{"HOST":"IT","FLAG":"A"}}""";
        StaffClient ita = client(corridor.ita());
        assertEquals(204, ita.get("/sdmx/v2/structure/structuremap/ITA/CRAFTS").statusCode());
        corridor.ita()
                .bean(Mappings.class)
                .store(mapping.getBytes(StandardCharsets.UTF_8), user(corridor.ita(), "analyst"));
        for (String accept : List.of(
                "application/vnd.sdmx.structure+json;version=2.1.0",
                "application/vnd.sdmx.structure+json;version=2.0.0",
                "application/vnd.sdmx.structure+xml;version=3.0.0")) {
            HttpResponse<String> maps =
                    ita.get("/sdmx/v2/structure/structuremap/ITA/CRAFTS/1.2.0?references=children", "accept", accept);
            assertEquals(200, maps.statusCode(), maps.body());
            for (String holds : List.of("CRAFTS_COLUMN_2", "nurses", "CL_TRADE", "DSD_WORKERS", "FixedValueMap")) {
                assertTrue(
                        maps.body().toLowerCase(Locale.ROOT).contains(holds.toLowerCase(Locale.ROOT)),
                        holds + ": " + maps.body());
            }
        }
        HttpResponse<String> lists = ita.get("/sdmx/v2/structure/codelist/REGIONAL.SEC/CL_TRADE?references=parents");
        assertTrue(lists.body().contains("RepresentationMap=ITA:CRAFTS_COLUMN_2(1.2.0)"), lists.body());
        HttpResponse<String> older =
                ita.get("/sdmx/v2/structure/structuremap", "accept", "application/vnd.sdmx.structure+xml;version=2.1");
        assertEquals(406, older.statusCode(), older.body());
        assertTrue(older.body().contains("3.0"), older.body());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/sdmx/v2/structure/categoryscheme/ENTENTE/CS_MIGRATION?references=parentsandsiblings|CAT_DF_PERMITS",
                "/sdmx/v2/structure/dataflow/ENTENTE/DF_PERMITS?references=parents|POPULATION_MIGRATION.PERMITS",
                "/sdmx/v2/structure/categorisation/ENTENTE/CAT_DF_INTERNAL?references=children|DF_INTERNAL",
                "/sdmx/v1/categoryscheme/ENTENTE/CS_MIGRATION/latest/POPULATION_MIGRATION.STOCKS|Migrant stocks",
            })
    void theDataflowsStandUnderTopics(String address, String holds) {
        for (String accept : List.of(
                "application/vnd.sdmx.structure+json;version=2.1.0",
                "application/vnd.sdmx.structure+json;version=2.0.0",
                "application/vnd.sdmx.structure+xml;version=3.0.0",
                "application/vnd.sdmx.structure+xml;version=2.1")) {
            HttpResponse<String> topics = client(corridor.ita()).get(address, "accept", accept);
            assertEquals(200, topics.statusCode(), topics.body());
            assertTrue(topics.body().contains(holds), topics.body());
        }
    }

    private static byte[] topics(String version, Dataflow flow, String category, boolean partial) {
        Artefact.Scheme scheme = new Artefact.Scheme(
                ArtefactType.CATEGORYSCHEME,
                new ArtefactId("REGIONAL.SEC", "CS_LABOUR", version),
                LocalName.en("Labour migration"),
                List.of(
                        new Artefact.Item("ABROAD", LocalName.en("Abroad")),
                        new Artefact.Item("ABROAD." + category, LocalName.en("At work abroad"))),
                partial);
        return StructureFormat.ML_3_0.bytes(
                StructureMessage.full(List.of(
                        scheme,
                        new Artefact.Categorisation(
                                new ArtefactId("REGIONAL.SEC", "CAT_WORKERS", version),
                                LocalName.en("Workers among the topics"),
                                new Artefact.Ref(ArtefactType.DATAFLOW, flow.id()),
                                scheme.ref(),
                                "ABROAD." + category))),
                HEADER,
                Languages.ANY);
    }

    @Test
    void topicsOfOnesOwnAreImportedToo() {
        StaffClient ita = client(corridor.ita());
        byte[] message = topics("1.0.0", WorkersAbroad.flow(), "WORK", false);
        HttpResponse<String> taken = ita.send("POST", "/api/structures", new String(message, StandardCharsets.UTF_8));
        assertEquals(201, taken.statusCode(), taken.body());
        assertTrue(taken.body().contains("REGIONAL.SEC:CS_LABOUR(1.0.0)"), taken.body());
        assertTrue(ita.get("/api/structures").body().contains("CAT_WORKERS"));
        HttpResponse<String> parents = ita.get(
                "/sdmx/v2/structure/dataflow/REGIONAL.SEC/WORKERS?references=parentsandsiblings",
                "accept",
                "application/vnd.sdmx.structure+xml;version=2.1");
        assertTrue(parents.body().contains("<Ref id=\"ABROAD.WORK\""), parents.body());
        assertTrue(parents.body().contains("At work abroad"), parents.body());

        StaffUser by = user(corridor.ita(), "analyst");
        refused(ErrorCode.STRUCTURE_EXISTS, message, "already", by);
        refused(ErrorCode.STRUCTURE_EXISTS, topics("1.0.0", WorkersAbroad.flow(), "REST", false), "CS_LABOUR", by);
        refused(ErrorCode.FILE_UNUSABLE, topics("1.1.0", WorkersAbroad.flow(), "WORK", true), "in part", by);
        Dataflow unknown = new Dataflow(
                WorkersAbroad.id("UNKNOWN"),
                LocalName.en("Unknown"),
                WorkersAbroad.flow().structure());
        refused(ErrorCode.FILE_UNUSABLE, topics("1.2.0", unknown, "WORK", false), "UNKNOWN", by);
        assertEquals(
                204,
                ita.get("/sdmx/v2/structure/categoryscheme/REGIONAL.SEC/CS_LABOUR/1.2.0")
                        .statusCode(),
                "nothing of a refused message is kept");
    }

    @Test
    void whatCannotBeUsedIsRefusedWithItsCause() {
        OwnStructures structures = corridor.ita().bean(OwnStructures.class);
        StaffUser by = user(corridor.ita(), "analyst");
        refused(
                ErrorCode.STRUCTURE_EXISTS,
                WorkersAbroad.message(WorkersAbroad.flow(), StructureFormat.ML_2_1),
                "already",
                by);
        Dataflow same = WorkersAbroad.flow();
        Structure other = new Structure(
                same.structure().id(),
                LocalName.en("Other"),
                WorkersAbroad.id("CS_WORKERS"),
                same.structure().dimensions().subList(1, 4).stream()
                        .map(d -> d.id().equals("HOME")
                                ? WorkersAbroad.dimension("HOME", d.representation(), Dimension.Role.REPORTING_AREA)
                                : d)
                        .toList(),
                same.structure().measure(),
                same.structure().attributes());
        Dataflow clash = new Dataflow(WorkersAbroad.id("WORKERS_2"), LocalName.en("Other"), other);
        refused(ErrorCode.STRUCTURE_EXISTS, WorkersAbroad.message(clash, StructureFormat.JSON_2_1), "DSD_WORKERS", by);
        refused(ErrorCode.FILE_UNUSABLE, "<a/>".getBytes(StandardCharsets.UTF_8), "", by);
        Structure nowhere = new Structure(
                WorkersAbroad.id("DSD_NOWHERE"),
                LocalName.en("Nowhere"),
                WorkersAbroad.id("CS_WORKERS"),
                List.of(
                        WorkersAbroad.dimension(
                                "PLACE", WorkersAbroad.coded("CL_PLACE", "NORTH"), Dimension.Role.REPORTING_AREA),
                        WorkersAbroad.dimension("TIME_PERIOD", new Representation.Time(), Dimension.Role.TIME)),
                same.structure().measure(),
                List.of());
        refused(
                ErrorCode.FILE_UNUSABLE,
                WorkersAbroad.message(
                        new Dataflow(WorkersAbroad.id("NOWHERE"), LocalName.en("Nowhere"), nowhere),
                        StructureFormat.JSON_2_0),
                "two-letter codes",
                by);
        EntenteException forbidden = assertThrows(
                EntenteException.class,
                () -> structures.importMessage(
                        WorkersAbroad.message(WorkersAbroad.flow(), StructureFormat.JSON_2_0),
                        Map.of(),
                        user(corridor.ita(), "approver")));
        assertEquals(ErrorCode.FORBIDDEN, forbidden.code());
    }

    private void refused(ErrorCode code, byte[] message, String says, StaffUser by) {
        EntenteException refused = assertThrows(
                EntenteException.class,
                () -> corridor.ita().bean(OwnStructures.class).importMessage(message, Map.of(), by));
        assertEquals(code, refused.code(), refused.detail());
        assertTrue(refused.detail().contains(says), refused.detail());
    }
}
