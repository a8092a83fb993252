package org.entente.gateway.node.command;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.entente.agreements.Agreement;
import org.entente.agreements.life.Membership;
import org.entente.crypto.canonical.CanonicalJson;
import org.entente.gateway.partners.NodeIdentity;
import org.entente.gateway.testing.Corridor;
import org.entente.gateway.treaties.Consultation;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** A framework of four nodes at the command line: a state accedes and is confirmed, chooses its tables, leaves; another is excluded; the chair goes on. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class FrameworkAtTheTerminalTest {
    private static final String BILATERAL_LEG = "ITA-PHL-STOCK";
    private static final String MEMBERS_LEG = "PHL-ITA-DEPARTURES";
    private static final List<String> FOUNDERS = List.of("ADD", "PHL", "ITA");

    private final Map<String, Delegation> delegations = new HashMap<>();
    private Consultation consultation;
    private Agreement agreement;
    private String id;

    @BeforeAll
    void conclude(@TempDir Path scratch) {
        consultation = new Consultation();
        for (String party : List.of("ADD", "PHL", "ITA", "MDA")) {
            delegations.put(party, new Delegation(scratch, consultation.node(party), consultation.officer(party)));
        }
        agreement = consultation.framework(d -> {});
        id = agreement.id();
        Path text = at("ADD").staff.file("framework.json", new String(agreement.canonical(), StandardCharsets.UTF_8));
        at("ADD").doesAs("tina", "agreement", "propose", text);
        for (String party : FOUNDERS) {
            at(party).awaits(id, "PROPOSED");
            Path signature = at(party).signs("sign", at(party).text(id), "--name", "Officer", "--post", "Minister");
            at(party).doesAs("tina", "agreement", "submit", signature);
        }
        FOUNDERS.forEach(party -> everywhere(party, "bound: PHL, ITA, ADD"));
    }

    @AfterAll
    void close() {
        consultation.close();
    }

    private Delegation at(String party) {
        return java.util.Objects.requireNonNull(delegations.get(party), party);
    }

    /** Acts of members go over the depositary, which tries again ever more slowly; staff need not wait for that. */
    private void everywhere(String party, String words) {
        try {
            at(party).awaits(id, words);
        } catch (AssertionError late) {
            FOUNDERS.stream()
                    .filter(p -> !p.equals("ADD"))
                    .forEach(p -> at("ADD").doesAs("tina", "agreement", "catch-up", p));
            at(party).awaits(id, words);
        }
    }

    private String fingerprint(String party) {
        return consultation
                .node(party)
                .bean(NodeIdentity.class)
                .current()
                .fingerprint()
                .toString();
    }

    @Test
    @Order(1)
    void aStateFetchesTheTextAndAccedesWithItsEntry() {
        Delegation mda = at("MDA");
        mda.isRefused("anna", "forbidden", "treaty-officer", "agreement", "catch-up", "ADD");
        assertTrue(mda.doesAs("tina", "agreement", "catch-up", "ADD").contains(id));
        Path text = mda.text(id);
        mda.actIsRefused(
                "party-not-involved", "it may accede first", "suspend", text, "--leg", BILATERAL_LEG, "--reason", "x");

        Membership.Acceded accession = consultation.accession(agreement);
        Path entry = mda.staff.file("party.json", json(accession.entry()));
        Path areas = mda.staff.file("areas.json", json(accession.areas()));
        Object[] without = {"accede", text, "--entry", entry, "--name", "Ana Rusu", "--post", "Minister"};
        mda.actIsRefused("act-invalid", "MD", without);
        Path foreign =
                mda.staff.file("foreign.json", json(agreement.party("ITA").orElseThrow()));
        mda.actIsRefused(
                "act-invalid",
                "the entry is for ITA",
                "accede",
                text,
                "--entry",
                foreign,
                "--name",
                "Ana Rusu",
                "--post",
                "Minister");
        mda.actIsRefused(
                "act-not-allowed",
                "reservation",
                "accede",
                text,
                "--entry",
                entry,
                "--areas",
                areas,
                "--name",
                "Ana Rusu",
                "--post",
                "Minister",
                "--reservation",
                "Not article 5.");
        mda.actIsRefused(
                "act-not-allowed",
                "opt out of leg " + BILATERAL_LEG,
                "accede",
                text,
                "--entry",
                entry,
                "--areas",
                areas,
                "--name",
                "Ana Rusu",
                "--post",
                "Minister",
                "--opt-out",
                BILATERAL_LEG);
        mda.act(
                "accede",
                text,
                "--entry",
                entry,
                "--areas",
                areas,
                "--name",
                "Ana Rusu",
                "--post",
                "Minister",
                "--opt-out",
                MEMBERS_LEG);
        mda.actIsRefused(
                "act-out-of-order",
                "MDA is a party already",
                "accede",
                text,
                "--entry",
                entry,
                "--areas",
                areas,
                "--name",
                "Ana Rusu",
                "--post",
                "Minister");
        mda.actIsRefused("act-not-allowed", "needs no acceptance", "accept-accession", text, "--member", "MDA");
        everywhere("ADD", "MDA takes no part in " + MEMBERS_LEG);
    }

    private static String json(Object value) {
        return new String(CanonicalJson.encode(value), StandardCharsets.UTF_8);
    }

    @Test
    @Order(2)
    void everyMembersAdministratorConfirmsTheNewCardByItsFingerprint() {
        for (String member : List.of("PHL", "ITA")) {
            Delegation delegation = at(member);
            Corridor.await(
                    () -> delegation.does("card", "passed-on").contains("MDA\tfingerprint " + fingerprint("MDA")));
            assertFalse(delegation.does("agreement", "show", id).contains("acceded"), "confirmed by nobody yet");
            delegation.isRefused(
                    "tina",
                    "forbidden",
                    "administrator",
                    "card",
                    "confirm",
                    "MDA",
                    "--fingerprint",
                    fingerprint("MDA"));
            delegation.isRefused(
                    "adam",
                    "card-invalid",
                    "fingerprint",
                    "card",
                    "confirm",
                    "MDA",
                    "--fingerprint",
                    fingerprint("ADD"));
            delegation.isRefused("adam", "card-unknown", "ALB", "card", "confirm", "ALB", "--fingerprint", "AAAA");
            assertTrue(delegation
                    .doesAs("adam", "card", "confirm", "MDA", "--fingerprint", fingerprint("MDA"))
                    .contains("MDA"));
            everywhere(member, "MDA takes no part in " + MEMBERS_LEG);
            assertFalse(delegation.does("card", "passed-on").contains("MDA"));
        }
    }

    @Test
    @Order(3)
    void membersOptOutOptInAndDeclarePerTable() {
        Delegation phl = at("PHL");
        Path text = phl.text(id);
        phl.actIsRefused(
                "act-not-allowed",
                "lets nobody opt out of leg " + BILATERAL_LEG,
                "opt-out",
                text,
                "--leg",
                BILATERAL_LEG);
        phl.actIsRefused("act-invalid", "no leg NONE", "opt-out", text, "--leg", "NONE");
        phl.actIsRefused("act-out-of-order", "PHL has not opted out", "opt-in", text, "--leg", MEMBERS_LEG);
        phl.act("opt-out", text, "--leg", MEMBERS_LEG, "--reason", "the census comes first");
        phl.actIsRefused(
                "act-out-of-order",
                "PHL has opted out of leg " + MEMBERS_LEG + " already",
                "opt-out",
                text,
                "--leg",
                MEMBERS_LEG);
        for (String party : List.of("ADD", "ITA", "MDA")) {
            everywhere(party, "PHL takes no part in " + MEMBERS_LEG);
        }
        phl.act("opt-in", text, "--leg", MEMBERS_LEG);
        String words = "Figures of departures count contracts, not persons.";
        phl.act("declare", text, "--text", words, "--leg", MEMBERS_LEG);
        for (String party : List.of("ADD", "ITA", "MDA")) {
            everywhere(party, words);
            assertFalse(at(party).does("agreement", "show", id).contains("PHL takes no part"));
        }
    }

    @Test
    @Order(4)
    void theChairIsHandedOverByWhoHoldsItOrTheSecretariat() {
        Path text = at("ADD").text(id);
        String[] chair = {"--office", "CHAIR", "--from", "2027-01-01", "--to"};
        at("ADD")
                .actIsRefused(
                        "act-out-of-order",
                        "ALB is no member",
                        "hand-over",
                        text,
                        chair[0],
                        chair[1],
                        chair[2],
                        chair[3],
                        chair[4],
                        "ALB");
        at("ADD").act("hand-over", text, "--office", "CHAIR", "--from", "2026-11-01", "--to", "PHL");
        everywhere("ITA", "chair: PHL");
        at("ITA")
                .actIsRefused(
                        "act-not-allowed",
                        "by who holds it, PHL, or by the secretariat, ADD",
                        "hand-over",
                        at("ITA").text(id),
                        "--office",
                        "CHAIR",
                        "--from",
                        "2027-01-01",
                        "--to",
                        "ITA");
        everywhere("PHL", "chair: PHL");
        at("PHL").act("hand-over", at("PHL").text(id), "--office", "CHAIR", "--from", "2026-11-02", "--to", "ITA");
        at("PHL")
                .actIsRefused(
                        "act-not-allowed",
                        "ITA",
                        "hand-over",
                        at("PHL").text(id),
                        "--office",
                        "CHAIR",
                        "--from",
                        "2027-01-01",
                        "--to",
                        "PHL");
        at("ADD").act("hand-over", text, "--office", "HOST", "--from", "2026-11-02", "--to", "IOM");
        everywhere("MDA", "host: IOM");
        everywhere("MDA", "chair: ITA");
    }

    @Test
    @Order(5)
    void aMemberWithdrawsAndOnlyAMemberCan() {
        Delegation mda = at("MDA");
        Path text = mda.text(id);
        mda.act("withdraw", text, "--reason", "other priorities");
        mda.actIsRefused("party-not-involved", "MDA", "opt-in", text, "--leg", MEMBERS_LEG);
        mda.actIsRefused("party-not-involved", "MDA", "withdraw", text, "--reason", "again");
        for (String party : FOUNDERS) {
            everywhere(party, "MDA withdrawn, left ");
        }
    }

    @Test
    @Order(6)
    void aMemberIsExcludedByTheOthersAndByNobodyElse() {
        Path text = at("PHL").text(id);
        at("ADD")
                .actIsRefused(
                        "act-not-allowed",
                        "for the other members to exclude a member",
                        "exclude",
                        text,
                        "--member",
                        "ITA",
                        "--reason",
                        "x");
        at("ITA")
                .actIsRefused(
                        "act-not-allowed",
                        "for the other members",
                        "exclude",
                        text,
                        "--member",
                        "ITA",
                        "--reason",
                        "x");
        at("PHL")
                .actIsRefused(
                        "act-out-of-order", "MDA is no member", "exclude", text, "--member", "MDA", "--reason", "x");
        at("PHL").act("exclude", text, "--member", "ITA", "--reason", "figures were passed on to third parties");
        for (String party : FOUNDERS) {
            everywhere(party, "ITA excluded, left ");
        }
        at("ITA").actIsRefused("party-not-involved", "ITA", "suspend", text, "--leg", BILATERAL_LEG, "--reason", "x");
        assertTrue(at("PHL").does("agreement", "same-text", id, "--with", "ADD").contains("same"), at("PHL").staff.out);
    }
}
