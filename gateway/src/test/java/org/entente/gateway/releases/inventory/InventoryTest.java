package org.entente.gateway.releases.inventory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.entente.agreements.SensitiveGroup;
import org.entente.agreements.decision.Facts;
import org.entente.crypto.canonical.CanonicalJson;
import org.entente.gateway.access.StaffUser;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
import org.entente.gateway.journal.Journal;
import org.entente.gateway.journal.JournalEntry;
import org.entente.gateway.releases.DatasetDeclaration;
import org.entente.gateway.releases.Datasets;
import org.entente.gateway.releases.Protection;
import org.entente.gateway.releases.ReleaseApproval;
import org.entente.gateway.releases.ReleaseDesk;
import org.entente.gateway.releases.ReleaseStatus;
import org.entente.gateway.releases.ReleaseTerms;
import org.entente.gateway.testing.StaffClient;
import org.entente.gateway.testing.TestNode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What authorities hold, and who may know. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class InventoryTest {
    private static final String HEAD =
            "STRUCTURE,STRUCTURE_ID,ACTION,FREQ,REF_AREA,REF_REGION,COUNTERPART_AREA,COUNTERPART_REGION,ORIGIN_BASIS,SEX,"
                    + "AGE,EDUCATION_LEV,OCCUPATION,DURATION,REASON,STAY,INDICATOR,UNIT_MEASURE,TIME_PERIOD,OBS_VALUE,"
                    + "UNIT_MULT,OBS_STATUS\n";

    private final TestNode italy = TestNode.start("ITA");
    private final TestNode philippines = TestNode.start("PHL");
    private StaffUser statistician = italy.user("anna", "statistician@ISTAT");
    private StaffUser administrator = italy.user("root", "administrator");

    @BeforeAll
    void figures() {
        TestNode.introduce(italy, philippines);
        declare("STOCK");
        declare("EMPTY");
        StringBuilder rows = new StringBuilder(HEAD);
        for (String year : List.of("2015", "2016", "2018", "2021")) {
            for (String sex : List.of("_T", "M", "F")) {
                rows.append("dataflow,ENTENTE:DF_DIASPORA(1.0.0),I,A,IT,_T,PH,_T,CT,")
                        .append(sex)
                        .append(",_T,_T,_T,_T,_T,_T,STOCK_IN,PS,")
                        .append(year)
                        .append(",777777,0,A\n");
            }
        }
        ReleaseDesk desk = italy.bean(ReleaseDesk.class);
        Protection open = new Protection.PublicSource("https://example.org", "2022-01-01");
        UUID id = desk.importFigures(
                        "STOCK",
                        new ByteArrayInputStream(rows.toString().getBytes(StandardCharsets.UTF_8)),
                        new ReleaseTerms(ReleaseStatus.FINAL, open, null),
                        statistician)
                .release()
                .id();
        StaffUser approver = italy.user("bruno", "approver@ISTAT");
        desk.approve(id, ReleaseApproval.plain(), approver);
        desk.publish(id, approver);
    }

    private void declare(String id) {
        Map<String, String> coverage =
                Arrays.stream(SensitiveGroup.values()).collect(Collectors.toMap(Enum::name, group -> "EXCLUDED"));
        italy.bean(Datasets.class)
                .declare(
                        new DatasetDeclaration(
                                id,
                                "ENTENTE:DF_DIASPORA(1.0.0)",
                                "ISTAT",
                                "Table " + id,
                                coverage,
                                "NOT_COLLECTED",
                                List.of()),
                        statistician);
    }

    @AfterAll
    void stop() {
        italy.close();
        philippines.close();
    }

    private Inventory inventory() {
        return italy.bean(Inventory.class);
    }

    private InventoryEntry entry(String id) {
        return inventory().own().entries().stream()
                .filter(e -> e.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private static InventoryDeclaration declaration(String authority) {
        return new InventoryDeclaration(
                authority,
                "Register of Italians abroad",
                List.of("citizens registered abroad, by consular district"),
                "1990",
                null,
                Map.of("REFUGEES", "EXCLUDED"),
                List.of("duty to register is not always met"),
                null);
    }

    private static EntenteException refused(ErrorCode code, org.junit.jupiter.api.function.Executable act) {
        EntenteException e = assertThrows(EntenteException.class, act);
        assertEquals(code, e.code(), e.getMessage());
        return e;
    }

    @Test
    void aPublishedReleaseTellsConceptPeriodsBreakdownsCoverageAndGapsButNoFigure() {
        InventoryEntry stock = entry("STOCK");
        assertEquals(InventoryEntry.Origin.RELEASE, stock.origin());
        assertEquals(List.of("STOCK_IN/CT"), stock.concepts());
        assertEquals("2015", stock.from());
        assertEquals("2021", stock.until());
        assertEquals(List.of("F", "M", "_T"), stock.breakdowns().get("SEX"));
        assertFalse(stock.breakdowns().containsKey("AGE"));
        assertEquals(1, stock.counterparts());
        assertEquals(List.of("no figures for 2017", "no figures for 2019", "no figures for 2020"), stock.gaps());
        assertEquals(Facts.Presence.EXCLUDED, stock.coverage().get(SensitiveGroup.REFUGEES));
        String all = new String(CanonicalJson.encode(inventory().own()), StandardCharsets.UTF_8);
        assertFalse(all.contains("777777") || all.contains("\"PH\""), all);
    }

    @Test
    void aDatasetOfWhichNothingIsPublishedSaysSo() {
        assertEquals(InventoryEntry.Origin.DATASET, entry("EMPTY").origin());
        assertEquals(List.of("nothing of it is published yet"), entry("EMPTY").gaps());
    }

    @Test
    void whatIsDeclaredByHandIsListedUntilItIsTakenBack() {
        InventoryEntry declared = inventory().declare(declaration("ISTAT"), statistician);
        assertEquals(declared, entry(declared.id()));
        StaffUser interior = italy.user("carla", "statistician@INTERIOR");
        refused(ErrorCode.FORBIDDEN, () -> inventory().declare(declaration("ISTAT"), interior));
        refused(ErrorCode.FORBIDDEN, () -> inventory().remove(UUID.fromString(declared.id()), interior));
        inventory().remove(UUID.fromString(declared.id()), statistician);
        refused(ErrorCode.NOT_FOUND, () -> inventory().remove(UUID.fromString(declared.id()), statistician));
        assertTrue(inventory().own().entries().stream().noneMatch(e -> e.id().equals(declared.id())));
        assertEquals(
                List.of("inventory-declared", "inventory-removed"),
                italy.bean(Journal.class).bySubject(declared.id()).stream()
                        .map(JournalEntry::kind)
                        .toList());
    }

    @Test
    void aDeclarationWithFaultsIsRefusedNamingAllOfThem() {
        InventoryDeclaration wrong = new InventoryDeclaration(
                "ISTAT", " ", List.of(), "next year", "2000-13", Map.of("TOURISTS", "SOME"), List.of("a\nb"), "");
        String detail = refused(
                        ErrorCode.INVENTORY_ENTRY_INVALID, () -> inventory().declare(wrong, statistician))
                .detail();
        for (String member : List.of("title", "concepts", "from", "until", "coverage.TOURISTS", "gaps", "note")) {
            assertTrue(detail.contains(member + ":"), member + " in " + detail);
        }
        InventoryDeclaration backwards =
                new InventoryDeclaration("ISTAT", "T", List.of("c"), "2010", "2009", null, null, null);
        refused(ErrorCode.INVENTORY_ENTRY_INVALID, () -> inventory().declare(backwards, statistician));
    }

    @Test
    void aPartnerReadsItOnlyWhileAnAdministratorLetsIt() {
        PartnerInventory asked = philippines.bean(PartnerInventory.class);
        refused(ErrorCode.INVENTORY_CLOSED, () -> asked.of("ITA"));
        refused(ErrorCode.FORBIDDEN, () -> inventory().admit("PHL", statistician));
        refused(ErrorCode.PARTNER_UNKNOWN, () -> inventory().admit("MDA", administrator));
        inventory().admit("PHL", administrator);
        inventory().admit("PHL", administrator);
        assertEquals(inventory().own(), asked.of("ITA"));
        inventory().exclude("PHL", administrator);
        inventory().exclude("PHL", administrator);
        refused(ErrorCode.INVENTORY_CLOSED, () -> asked.of("ITA"));
        assertEquals(
                List.of("inventory-opened", "inventory-shown", "inventory-closed"),
                italy.bean(Journal.class).bySubject("PHL").stream()
                        .map(JournalEntry::kind)
                        .filter(kind -> kind.startsWith("inventory-"))
                        .toList());
        refused(ErrorCode.PARTNER_UNKNOWN, () -> asked.of("MDA"));
    }

    @Test
    void staffReadAndKeepItOverHttp() throws Exception {
        StaffClient anna = italy.signIn("anna");
        JsonNode own = StaffClient.json(anna.get("/api/inventory"));
        assertEquals("ITA", own.path("party").asText());
        String text = new ObjectMapper().writeValueAsString(declaration("ISTAT"));
        JsonNode made = StaffClient.json(anna.send("POST", "/api/inventory/entries", text));
        assertEquals("DECLARED", made.path("origin").asText());
        assertEquals("forbidden", StaffClient.problem(anna.send("PUT", "/api/inventory/readers/PHL", "")));
        StaffClient root = italy.signIn("root");
        assertEquals(
                "PHL",
                StaffClient.json(root.send("PUT", "/api/inventory/readers/PHL", ""))
                        .path(0)
                        .asText());
        assertEquals(
                0,
                StaffClient.json(root.send("DELETE", "/api/inventory/readers/PHL", ""))
                        .size());
        assertEquals(
                204,
                anna.send("DELETE", "/api/inventory/entries/" + made.path("id").asText(), "")
                        .statusCode());
        assertEquals(
                "inventory-closed", StaffClient.problem(signedIn(philippines).get("/api/inventory/partners/ITA")));
    }

    private static StaffClient signedIn(TestNode node) {
        node.user("cruz", "statistician");
        return node.signIn("cruz");
    }
}
