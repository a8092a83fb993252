package org.entente.gateway.node.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.Map;
import org.entente.gateway.testing.Corridor;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * A crisis at the command line of both sides: declared, countersigned each time by Italy and in advance by the Philippines, ended, reviewed;
 * and the sealed pack, opened while nobody has declared anything. The leg gives totals; in a crisis women and men apart.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class CrisisAtTheTerminalTest {
    private static final String LEG = "ITA-PHL-STOCK";
    private static final String OTHER_LEG = "PHL-ITA-DEPARTURES";
    private static final String WOMEN = "A5.IT._T.PH._T.CB.F";

    private Corridor corridor;
    private Delegation phl;
    private Delegation ita;
    private String agreement;
    private Path text;
    private Path theirText;

    @BeforeAll
    void open(@TempDir Path scratch) {
        corridor = Corridor.open(plan -> plan, Map.of(), CrisisAtTheTerminalTest::crisisClause);
        phl = Delegation.of(scratch, corridor, corridor.phl());
        ita = Delegation.of(scratch, corridor, corridor.ita());
        agreement = corridor.agreement();
        text = phl.text(agreement);
        theirText = ita.text(agreement);
    }

    @AfterAll
    void close() {
        corridor.close();
    }

    private static void crisisClause(ObjectNode document) {
        ObjectNode leg = (ObjectNode) document.path("legs").get(0);
        ((ArrayNode) leg.path("purposes")).add("crisis-response");
        ObjectNode wide = leg.path("cube").deepCopy();
        ((ObjectNode) leg.path("cube").path("dimensions").path("SEX"))
                .putArray("codes")
                .add("_T");
        ObjectNode crisis = document.putObject("crisis");
        crisis.putArray("triggers").addObject().put("en", "A natural disaster in either territory.");
        crisis.putArray("declarableBy").add("PHL").add("ITA");
        crisis.putArray("countersigned").add("PHL");
        crisis.put("maxDays", 30).put("reviewDays", 60).put("extraLog", true);
        ObjectNode widening = crisis.putArray("widenings").addObject();
        widening.put("leg", LEG);
        widening.set("cube", wide.deepCopy());
        ObjectNode pack = crisis.putArray("packs").addObject();
        pack.put("leg", LEG).put("reportHours", 24);
        pack.set("cube", wide);
    }

    private void womenAreRefused(String purpose) {
        phl.isRefused("anna", "agreement-refused", "clause", "ask", WOMEN, "--fresh", "--purpose", purpose);
    }

    private void womenAreAnswered() {
        assertTrue(phl.doesAs("anna", "ask", WOMEN, "--fresh", "--purpose", "crisis-response")
                .contains(",F,"));
    }

    @Test
    @Order(1)
    void aDeclarationThatTheClauseDoesNotAllowIsRefused() {
        womenAreRefused("crisis-response");
        phl.actIsRefused(
                "act-invalid",
                "triggers 1 to 1, not 7",
                "declare-crisis",
                text,
                "--trigger",
                "7",
                "--reason",
                "typhoon",
                "--days",
                "10");
        phl.actIsRefused(
                "act-not-allowed",
                "at most 30 days",
                "declare-crisis",
                text,
                "--trigger",
                "1",
                "--reason",
                "typhoon",
                "--days",
                "31");
        phl.actIsRefused(
                "act-invalid",
                "at least one day",
                "declare-crisis",
                text,
                "--trigger",
                "1",
                "--reason",
                "typhoon",
                "--days",
                "0");
        phl.actIsRefused(
                "act-not-allowed",
                "widens nothing for leg " + OTHER_LEG,
                "declare-crisis",
                text,
                "--trigger",
                "1",
                "--reason",
                "typhoon",
                "--days",
                "10",
                "--leg",
                OTHER_LEG);
        phl.actIsRefused(
                "act-invalid",
                "leg NONE",
                "declare-crisis",
                text,
                "--trigger",
                "1",
                "--reason",
                "typhoon",
                "--days",
                "10",
                "--leg",
                "NONE");
    }

    @Test
    @Order(2)
    void withACountersignatureInAdvanceTheOtherSidesDeclarationHasEffectAtOnce() {
        String crisis = ita.act("declare-crisis", theirText, "--trigger", "1", "--reason", "flood", "--days", "5");
        phl.awaits(agreement, "crisis " + crisis + " declared by ITA");
        assertFalse(phl.staff.out.contains("no effect before"), phl.staff.out);
        womenAreAnswered();
        womenAreRefused("statistics");
        phl.actIsRefused(
                "act-out-of-order", "countersigned in advance", "countersign-crisis", text, "--crisis", crisis);
        phl.actIsRefused(
                "act-out-of-order",
                "lasts until",
                "review-crisis",
                text,
                "--crisis",
                crisis,
                "--findings",
                "too early");
        ita.act("end-crisis", theirText, "--crisis", crisis, "--reason", "the water has gone");
        phl.awaits(agreement, "declared by ITA, ended ");
        womenAreRefused("crisis-response");
    }

    @Test
    @Order(3)
    void withoutItADeclarationWaitsForTheCountersignature() {
        String crisis = phl.act("declare-crisis", text, "--trigger", "1", "--reason", "typhoon", "--days", "10");
        phl.actIsRefused(
                "act-out-of-order",
                "still lasts",
                "declare-crisis",
                text,
                "--trigger",
                "1",
                "--reason",
                "typhoon again",
                "--days",
                "10");
        ita.awaits(agreement, "no effect before ITA countersigns");
        womenAreRefused("crisis-response");
        ita.actIsRefused(
                "act-invalid",
                "urn:uuid:00000000",
                "countersign-crisis",
                theirText,
                "--crisis",
                "urn:uuid:00000000-0000-4000-8000-000000000000");
        ita.actIsRefused(
                "act-not-allowed", "ended by a party that declared", "end-crisis", theirText, "--crisis", crisis);
        ita.act("countersign-crisis", theirText, "--crisis", crisis);
        ita.actIsRefused(
                "act-out-of-order",
                "countersigned this crisis already",
                "countersign-crisis",
                theirText,
                "--crisis",
                crisis);
        phl.awaits(agreement, "agreed by ITA, PHL");
        womenAreAnswered();

        phl.act("end-crisis", text, "--crisis", crisis);
        phl.actIsRefused("act-out-of-order", "ended on", "end-crisis", text, "--crisis", crisis);
        ita.awaits(agreement, "review by PHL, ITA due ");
        ita.actIsRefused("act-out-of-order", "ended on", "countersign-crisis", theirText, "--crisis", crisis);
        phl.act("review-crisis", text, "--crisis", crisis, "--findings", "42 answers in three days");
        phl.actIsRefused(
                "act-out-of-order",
                "filed its review already",
                "review-crisis",
                text,
                "--crisis",
                crisis,
                "--findings",
                "again");
        ita.act("review-crisis", theirText, "--crisis", crisis, "--findings", "none");
        ita.awaits(agreement, "42 answers in three days");
    }

    @Test
    @Order(4)
    void theConsumerAloneOpensTheSealedPackOnceAndOnlyItsOwn() throws Exception {
        awaitPack(ita, "made", "delivered ");
        awaitPack(phl, "held", "sealed");
        String[] pack = phl.does("pack", "held").strip().split("\t");
        assertEquals("ITA", pack[1]);
        assertEquals(LEG, pack[2]);
        womenAreRefused("crisis-response");
        ita.actIsRefused(
                "act-not-allowed",
                "for its consumer to open",
                "open-pack",
                theirText,
                "--leg",
                LEG,
                "--release",
                pack[3],
                "--reason",
                "flood");
        phl.actIsRefused(
                "act-not-allowed",
                "no crisis pack for leg " + OTHER_LEG,
                "open-pack",
                text,
                "--leg",
                OTHER_LEG,
                "--release",
                pack[3],
                "--reason",
                "typhoon");
        phl.isRefused(
                "anna",
                "forbidden",
                "treaty-officer",
                "agreement",
                "submit",
                phl.signs("act", "open-pack", text, "--leg", LEG, "--release", pack[3], "--reason", "typhoon"));
        corridor.ita().stop();
        phl.act("open-pack", text, "--leg", LEG, "--release", pack[3], "--reason", "typhoon; Italy does not answer");
        awaitPack(phl, "held", "opened");
        assertTrue(
                phl.doesAs("anna", "ask", WOMEN, "--purpose", "crisis-response").contains(",F,"));
        assertTrue(phl.staff.err.contains("held for"), phl.staff.err);
        phl.actIsRefused(
                "act-out-of-order",
                "opened this pack already",
                "open-pack",
                text,
                "--leg",
                LEG,
                "--release",
                pack[3],
                "--reason",
                "again");
        corridor.ita().restart();
        phl.doesAs("tina", "agreement", "catch-up", "ITA");
        ita.awaits(agreement, "typhoon; Italy does not answer");
    }

    /** Packs go out by schedule, some seconds after what they are made from. */
    private static void awaitPack(Delegation delegation, String which, String words) throws InterruptedException {
        for (int i = 0; i < 40 && !delegation.does("pack", which).contains(words); i++) {
            Thread.sleep(500);
        }
        assertTrue(delegation.does("pack", which).contains(words), delegation.staff.out);
    }
}
