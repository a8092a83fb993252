package org.entente.gateway.treaties;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.entente.agreements.Agreement;
import org.entente.agreements.life.Instrument;
import org.entente.agreements.life.Interruption;
import org.entente.agreements.life.Membership;
import org.entente.agreements.life.State;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
import org.entente.gateway.journal.Journal;
import org.entente.gateway.journal.JournalEntry;
import org.entente.gateway.partners.NodeIdentity;
import org.entente.gateway.partners.Partners;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** A framework with four real nodes: its depositary passes everything on, each act still signed by its author. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FrameworkTest {
    private static final String LEG = "ITA-PHL-STOCK";
    private static final String MEMBERS_LEG = "PHL-ITA-DEPARTURES";
    private static final List<String> FOUNDERS = List.of("ADD", "PHL", "ITA");

    private Consultation consultation;
    private Agreement agreement;

    @BeforeAll
    void conclude() {
        consultation = new Consultation();
        agreement = consultation.framework(d -> {});
        consultation.conclude(agreement);
        consultation.clock.ahead(Duration.ZERO);
    }

    @AfterAll
    void stop() {
        consultation.close();
    }

    private Set<String> acts(String party) {
        return consultation.at(party).find(agreement.digest()).stream()
                .flatMap(t -> t.file().instruments().stream())
                .map(Instrument::id)
                .collect(Collectors.toSet());
    }

    private State state(String party) {
        return consultation.at(party).get(agreement.digest()).file().at(consultation.now());
    }

    private List<String> kinds(String party) {
        return consultation.node(party).bean(Journal.class).bySubject(agreement.id()).stream()
                .map(JournalEntry::kind)
                .toList();
    }

    /** The depositary tries again after 2 seconds and then ever more slowly, so a wait may be longer than elsewhere. */
    private void await(BooleanSupplier condition) {
        for (int i = 0; i < 3; i++) {
            try {
                org.entente.gateway.testing.Corridor.await(condition);
                return;
            } catch (AssertionError e) {
                for (String member : List.of("PHL", "ITA", "MDA")) {
                    consultation.at("ADD").catchUpWith(member);
                }
            }
        }
        assertTrue(condition.getAsBoolean(), "it did not happen");
    }

    private void everywhere(Instrument act, List<String> parties) {
        await(() -> parties.stream().allMatch(party -> acts(party).contains(act.id())));
    }

    private Instrument suspension(String by) {
        return new Interruption.LegSuspended(
                Consultation.id(), agreement.id(), agreement.digest(), by, consultation.now(), LEG, "review");
    }

    private Instrument resumption(String by) {
        return new Interruption.LegResumed(
                Consultation.id(), agreement.id(), agreement.digest(), by, consultation.now(), LEG);
    }

    @Test
    void signaturesReachMembersThatDoNotKnowTheSignerThroughTheDepositaryAlone() {
        await(() -> FOUNDERS.stream().allMatch(party -> state(party).phase() == State.Phase.IN_EFFECT));
        for (String party : FOUNDERS) {
            assertEquals(Set.of("ADD", "ITA", "PHL"), state(party).signed().keySet());
            assertEquals(acts("ADD"), acts(party));
            assertEquals(
                    3, kinds(party).stream().filter("agreement-signed"::equals).count());
        }
        // Italy's node knows the Philippines' only by the card that the text names, and has made no partner of it.
        assertTrue(consultation.node("ITA").bean(Partners.class).find("PHL").isEmpty());
        assertTrue(consultation.node("ITA").bean(PassedOnCards.class).waiting().stream()
                .anyMatch(card -> card.party().equals("PHL") && card.rootCard().equals(consultation.root("PHL"))));
        for (String member : List.of("PHL", "ITA")) {
            assertTrue(consultation.at("ADD").sameText(agreement.id(), member).same());
        }
    }

    @Test
    void aMemberThatWasDownCatchesUpFromTheDepositary() {
        Instrument suspended = suspension("PHL");
        consultation.node("ITA").stop();
        try {
            consultation.act("PHL", suspended);
            everywhere(suspended, List.of("ADD", "PHL"));
            Instrument resumed = resumption("PHL");
            consultation.act("PHL", resumed);
            everywhere(resumed, List.of("ADD", "PHL"));
        } finally {
            consultation.node("ITA").restart();
        }
        consultation.at("ITA").catchUpWith("ADD");
        assertEquals(acts("ADD"), acts("ITA"));
        assertTrue(state("ITA").stops().isEmpty());
    }

    @Test
    void anActThatItsAuthorHasNotSignedIsRefusedWhoeverPassesItOn() {
        Instrument inItalysName = suspension("ITA");
        byte[] forged = ActMessage.handedIn(consultation.officer("ADD").sign(inItalysName, consultation.now()))
                .toJson();
        Acts acts = consultation.node("PHL").bean(Acts.class);
        EntenteException refused = assertThrows(
                EntenteException.class, () -> acts.take(ActMessage.parse(forged), ActRules.Source.partner("ADD")));
        assertEquals(ErrorCode.SIGNATORY_UNKNOWN, refused.code());
    }

    @Test
    void aStateAccedesIsConfirmedByPersonsGetsEverythingAndLeavesAgain() {
        await(() -> state("ADD").phase() == State.Phase.IN_EFFECT);
        consultation.at("MDA").catchUpWith("ADD");
        assertEquals(acts("ADD"), acts("MDA"));
        Instrument early = suspension("MDA");
        refused(ErrorCode.PARTY_NOT_INVOLVED, () -> consultation.act("MDA", early));

        Membership.Acceded acceded = consultation.accession(agreement);
        consultation.act("MDA", acceded);
        await(() -> acts("ADD").contains(acceded.id()));
        assertTrue(state("ADD").party("MDA").isPresent());

        for (String member : List.of("PHL", "ITA")) {
            PassedOnCards cards = consultation.node(member).bean(PassedOnCards.class);
            await(() -> cards.waiting().stream().anyMatch(card -> card.party().equals("MDA")));
            assertFalse(acts(member).contains(acceded.id()), "the card of MDA is not confirmed yet");
            refused(ErrorCode.CARD_INVALID, () -> consultation.at(member).confirmMember("MDA", "AAAA-BBBB", "test"));
            consultation
                    .at(member)
                    .confirmMember(
                            "MDA",
                            consultation
                                    .node("MDA")
                                    .bean(NodeIdentity.class)
                                    .current()
                                    .fingerprint()
                                    .toString(),
                            "test");
        }
        assertTrue(acts("PHL").contains(acceded.id()) && acts("ITA").contains(acceded.id()));
        Instrument byItaly = suspension("ITA");
        consultation.act("ITA", byItaly);
        everywhere(byItaly, List.of("ADD", "PHL", "MDA"));
        Instrument resumed = resumption("ITA");
        consultation.act("ITA", resumed);
        everywhere(resumed, List.of("ADD", "PHL", "MDA"));
        leaves();
    }

    private void leaves() {
        Instrument optOut = new Membership.OptedOut(
                Consultation.id(), agreement.id(), agreement.digest(), "PHL", consultation.now(), MEMBERS_LEG, null);
        consultation.act("PHL", optOut);
        everywhere(optOut, List.of("ADD", "ITA", "MDA"));
        assertFalse(state("MDA").takesPart("PHL", MEMBERS_LEG));
        Instrument withdrawn = new Membership.Withdrawn(
                Consultation.id(), agreement.id(), agreement.digest(), "MDA", consultation.now(), "other priorities");
        consultation.act("MDA", withdrawn);
        everywhere(withdrawn, List.of("ADD", "PHL", "ITA", "MDA"));
        for (String party : List.of("ADD", "PHL", "ITA", "MDA")) {
            assertTrue(state(party).party("MDA").isEmpty(), party);
            consultation.node(party).bean(LifeWatch.class).noteAll();
            assertTrue(kinds(party).contains("agreement-member-left"), party);
        }
    }

    @Test
    void aMemberIsExcludedByTheOthers() {
        Agreement other = consultation.framework(d -> {});
        consultation.conclude(other);
        await(() -> FOUNDERS.stream()
                .allMatch(party -> consultation
                                .at(party)
                                .get(other.digest())
                                .file()
                                .at(consultation.now())
                                .phase()
                        == State.Phase.IN_EFFECT));
        Instrument vote = new Membership.Excluded(
                Consultation.id(), other.id(), other.digest(), "PHL", consultation.now(), "ITA", "gross breach");
        refused(
                ErrorCode.SIGNATORY_UNKNOWN,
                () -> consultation
                        .at("PHL")
                        .submit(consultation.officer("ITA").sign(vote, consultation.now()), "test"));
        consultation.act("PHL", vote);
        await(() -> FOUNDERS.stream()
                .allMatch(party -> consultation.at(party).get(other.digest()).file().instruments().stream()
                        .anyMatch(act -> act.id().equals(vote.id()))));
        for (String party : FOUNDERS) {
            assertTrue(
                    consultation
                            .at(party)
                            .get(other.digest())
                            .file()
                            .at(consultation.now())
                            .party("ITA")
                            .isEmpty(),
                    party);
        }
    }

    @Test
    void aStateToWhichTheFrameworkIsNotOpenSeesNothing() {
        Agreement closed = consultation.framework(
                d -> d.withObject("/accession").putArray("openTo").add("ALB"));
        consultation.conclude(closed);
        consultation.at("MDA").catchUpWith("ADD");
        assertTrue(consultation.at("MDA").find(closed.digest()).isEmpty());
    }

    private static void refused(ErrorCode code, org.junit.jupiter.api.function.Executable act) {
        EntenteException e = assertThrows(EntenteException.class, act);
        assertEquals(code, e.code(), e.getMessage());
    }
}
