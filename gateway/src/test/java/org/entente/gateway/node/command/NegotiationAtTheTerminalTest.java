package org.entente.gateway.node.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.entente.crypto.canonical.CanonicalJson;
import org.entente.gateway.testing.Corridor;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** Before anybody signs, at the command line: what the other side holds, what a text would let out; and acts that travel as files. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class NegotiationAtTheTerminalTest {
    private static final String REGISTER = "{\"authority\": \"ISTAT\", \"title\": \"Register of Italians abroad\","
            + " \"concepts\": [\"citizens registered abroad\"], \"from\": \"1990\","
            + " \"coverage\": {\"REFUGEES\": \"EXCLUDED\"}, \"gaps\": [\"registration is not complete\"]}";

    private Corridor corridor;
    private Delegation phl;
    private Delegation ita;

    @BeforeAll
    void open(@TempDir Path scratch) {
        corridor = Corridor.open();
        phl = Delegation.of(scratch, corridor, corridor.phl());
        ita = Delegation.of(scratch, corridor, corridor.ita());
    }

    @AfterAll
    void close() {
        corridor.close();
    }

    private int inventoryOf(String party) {
        return phl.staff.onNode(false, "inventory", party);
    }

    @Test
    @Order(1)
    void anInventoryIsDeclaredAndShownToWhomTheAdministratorAdmits() {
        Path entry = ita.staff.file("entry.json", REGISTER);
        ita.isRefused("tina", "forbidden", "statistician", "inventory", "declare", entry);
        Path unknown = ita.staff.file("unknown.json", REGISTER.replace("\"title\"", "\"tittle\""));
        ita.isRefused("anna", "file-unusable", "tittle", "inventory", "declare", unknown);
        Path wrong = ita.staff.file("wrong.json", REGISTER.replace("1990", "long ago"));
        ita.isRefused("anna", "inventory-entry-invalid", "from", "inventory", "declare", wrong);
        String declared = ita.doesAs("anna", "inventory", "declare", entry);
        assertTrue(declared.contains("registration is not complete"), declared);
        String id = declared.split("\t")[1];

        assertEquals(1, inventoryOf("ITA"));
        assertTrue(phl.staff.err.contains("inventory-closed"), phl.staff.err);
        ita.isRefused("anna", "forbidden", "administrator", "inventory", "admit", "PHL");
        ita.isRefused("adam", "partner-unknown", "ALB", "inventory", "admit", "ALB");
        ita.doesAs("adam", "inventory", "admit", "PHL");
        assertEquals(0, inventoryOf("ITA"), () -> phl.staff.err);
        assertTrue(
                phl.staff.out.contains("Register of Italians abroad") && phl.staff.out.contains("REFUGEES: EXCLUDED"),
                phl.staff.out);
        assertTrue(phl.staff.out.contains("counterparts: "), "what its datasets hold is there too: " + phl.staff.out);
        assertFalse(phl.staff.out.contains("OBS_VALUE"), phl.staff.out);

        ita.isRefused("anna", "not-found", "00000000", "inventory", "remove", "00000000-0000-4000-8000-000000000000");
        ita.doesAs("anna", "inventory", "remove", id);
        assertEquals(0, inventoryOf("ITA"));
        assertFalse(phl.staff.out.contains("Register of Italians"), phl.staff.out);
        ita.doesAs("adam", "inventory", "exclude", "PHL");
        assertEquals(1, inventoryOf("ITA"));
        assertTrue(phl.staff.err.contains("inventory-closed"), phl.staff.err);
    }

    @Test
    @Order(2)
    void aTextIsSimulatedOnTheNodesOwnReleasesAndAgainstTheOneThatHolds() throws Exception {
        Path held = ita.text(corridor.agreement());
        String whole = ita.does("agreement", "simulate", held);
        assertTrue(whole.contains("ITA-PHL-STOCK\tto PHL\t") && whole.contains(" cells"), whole);
        assertFalse(whole.contains("PHL-ITA-DEPARTURES"), "its figures are the other side's: " + whole);

        ObjectNode narrower = (ObjectNode) CanonicalJson.parseStrict(Files.readAllBytes(held));
        String digest = digest(held);
        narrower.put("version", 2).put("supersedes", digest);
        ((ObjectNode) narrower.at("/legs/0/cube/dimensions/SEX"))
                .putArray("codes")
                .add("_T");
        Path text = ita.staff.file("narrower.json", new String(CanonicalJson.encode(narrower), StandardCharsets.UTF_8));
        Path cells = ita.staff.folder.resolve("cells.csv");
        String both = ita.does("agreement", "simulate", text, "--against", digest, "--cells", cells);
        assertTrue(both.contains("gained 0, lost ") && !both.contains("lost 0"), both);
        assertTrue(both.contains("SEX"), both);
        assertTrue(
                Files.readAllLines(cells).stream()
                        .anyMatch(row -> row.contains(",PH,_T,CB,F,") && row.contains(",yes,no,codes-outside SEX")),
                "women were given before and are not any more");
        String french = ita.does("agreement", "simulate", text, "--against", digest, "--language", "fr");
        assertFalse(french.equals(both), french);

        assertEquals(2, ita.staff.onNode(false, "agreement", "simulate", text, "--language", "tlh"));
        assertEquals(1, ita.staff.onNode(false, "agreement", "simulate", text, "--against", "x".repeat(43)));
        assertTrue(ita.staff.err.contains("agreement-unknown"), ita.staff.err);
        narrower.remove("legs");
        Path broken = ita.staff.file("broken.json", new String(CanonicalJson.encode(narrower), StandardCharsets.UTF_8));
        assertEquals(1, ita.staff.onNode(false, "agreement", "simulate", broken));
        assertTrue(ita.staff.err.contains("legs"), ita.staff.err);
    }

    @Test
    @Order(2)
    void theLinterKnowsWhatTheNodeHolds() throws Exception {
        Path held = ita.text(corridor.agreement());
        ObjectNode text = (ObjectNode) CanonicalJson.parseStrict(Files.readAllBytes(held));
        // The template promises birth and citizenship; what Italy has published is by birth.
        assertTrue(linted(text).contains("promises figures by [CITIZENSHIP]"), ita.staff.out);
        ((ObjectNode) text.at("/legs/0/population")).putArray("concepts").add("BIRTH");
        ((ObjectNode) text.at("/legs/0/population")).putArray("origins").add("OWN_BORN");
        ((ObjectNode) text.at("/legs/0/cube/dimensions/ORIGIN_BASIS"))
                .putArray("codes")
                .add("CB");
        Path byBirth = ita.staff.file("birth.json", new String(CanonicalJson.encode(text), StandardCharsets.UTF_8));
        assertFalse(ita.does("agreement", "lint", byBirth).contains("dataset-"), ita.staff.out);

        String coverage = java.util.Arrays.stream(org.entente.agreements.SensitiveGroup.values())
                .map(group ->
                        "\"" + group + "\":\"" + (group.name().equals("REFUGEES") ? "INCLUDED" : "EXCLUDED") + "\"")
                .collect(java.util.stream.Collectors.joining(","));
        Path permits = ita.staff.file(
                "dataset.json",
                "{\"id\":\"PERMITS\",\"dataflow\":\"ENTENTE:DF_DIASPORA(1.0.0)\",\"authority\":\"ISTAT\",\"title\":\"Permits\","
                        + "\"coverage\":{" + coverage + "},\"absent\":\"ZERO\",\"sums\":[]}");
        ita.doesAs("anna", "dataset", "declare", permits);

        ((ObjectNode) text.at("/legs/0/population")).putArray("concepts").add("CITIZENSHIP");
        ((ObjectNode) text.at("/legs/0/population")).putArray("origins").add("OWN_CITIZENS");
        ((ObjectNode) text.at("/legs/0/cube/dimensions/ORIGIN_BASIS"))
                .putArray("codes")
                .add("CT");
        ((ObjectNode) text.at("/legs/0")).putArray("datasets").add("ITA-STOCK-UNDESA");
        String byCitizenship = linted(text);
        assertTrue(
                byCitizenship.contains("ERROR dataset-basis-absent (clause 4) at /legs/0/population/concepts"),
                byCitizenship);
        assertTrue(
                byCitizenship.contains(
                        "WARNING codes-outside-dataset (clause 7) at /legs/0/cube/dimensions/ORIGIN_BASIS"),
                byCitizenship);

        ((ObjectNode) text.at("/legs/0")).putArray("datasets").add("PERMITS");
        String refugees = linted(text);
        assertTrue(
                refugees.contains("ERROR dataset-covers-sensitive (clause 8) at /legs/0/coverage/groups/REFUGEES"),
                refugees);
        assertFalse(refugees.contains("dataset-basis-absent"), "nothing of it is published: " + refugees);
        ((ObjectNode) text.at("/legs/0")).putArray("datasets").add("CENSUS");
        assertTrue(linted(text).contains("ERROR dataset-unknown (clause 7)"), ita.staff.out);

        var overHttp = corridor.ita().signIn("tina").send("POST", "/api/lint", text.toString());
        assertEquals(200, overHttp.statusCode(), overHttp.body());
        assertTrue(overHttp.body().contains("\"dataset-unknown\""), overHttp.body());
        // Offline nobody knows what Italy holds.
        assertEquals(
                0,
                ita.staff.entente("agreement", "lint", ita.staff.folder.resolve("linted.json")),
                () -> ita.staff.out);
    }

    private String linted(ObjectNode text) {
        Path file = ita.staff.file("linted.json", new String(CanonicalJson.encode(text), StandardCharsets.UTF_8));
        assertEquals(1, ita.staff.onNode(false, "agreement", "lint", file), () -> ita.staff.err);
        return ita.staff.out;
    }

    private String digest(Path text) throws Exception {
        return org.entente.agreements.Agreement.parse(Files.readAllBytes(text)).digest();
    }

    @Test
    @Order(3)
    void actsForAPartnerThatNoNetworkLeadsToTravelInAFile() {
        Path text = phl.text(corridor.agreement());
        Path acts = phl.staff.folder.resolve("acts.sealed");
        Path answered = phl.staff.folder.resolve("acts.answered");
        assertEquals(1, phl.staff.onNode(false, "agreement", "send", "ITA", "--out", acts));
        assertTrue(phl.staff.err.contains("No acts wait for ITA"), phl.staff.err);
        corridor.ita().restartWithoutListeners();
        phl.act("hold", text, "--scope", "AGREEMENT", "--reason", "the line to Rome is down");
        assertTrue(phl.does("agreement", "send", "ITA", "--out", acts).contains("1 acts"), phl.staff.out);
        assertTrue(phl.does("agreement", "show", corridor.agreement()).contains("ITA has not acknowledged it"));

        assertEquals(1, phl.staff.onNode(false, "answer", acts, "--out", answered), "it is not for PHL itself");
        assertTrue(ita.does("answer", acts, "--out", answered).contains("1 answered"), ita.staff.out);
        assertTrue(ita.does("agreement", "show", corridor.agreement()).contains("the line to Rome is down"));
        phl.does("receive", answered);
        assertFalse(phl.does("agreement", "show", corridor.agreement()).contains("has not acknowledged"));
        assertEquals(1, phl.staff.onNode(false, "agreement", "send", "ITA", "--out", acts));
        phl.act("lift", text, "--scope", "AGREEMENT");
        assertEquals(1, phl.staff.onNode(false, "agreement", "send", "ALB", "--out", acts));
        assertTrue(phl.staff.err.contains("ALB"), phl.staff.err);
    }
}
