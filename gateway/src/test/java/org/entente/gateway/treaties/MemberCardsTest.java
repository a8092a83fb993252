package org.entente.gateway.treaties;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.entente.agreements.Agreement;
import org.entente.agreements.Text;
import org.entente.agreements.life.Instrument;
import org.entente.agreements.life.Membership;
import org.entente.agreements.life.State;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
import org.entente.gateway.testing.Corridor;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Cards of members that issue new ones while a framework runs: they come by the depositary, as the first ones did. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MemberCardsTest {
    private Consultation consultation;
    private Agreement agreement;

    @BeforeAll
    void conclude() {
        consultation = new Consultation();
        agreement = consultation.framework(d -> {});
        consultation.conclude(agreement);
        List.of("ADD", "PHL", "ITA").forEach(party -> Corridor.await(() -> inEffect(party)));
    }

    @AfterAll
    void stop() {
        consultation.close();
    }

    private boolean inEffect(String party) {
        return consultation.at(party).find(agreement.digest()).stream()
                .anyMatch(t -> t.file().at(consultation.now()).phase() == State.Phase.IN_EFFECT);
    }

    private boolean holds(String party, Instrument act) {
        return consultation.at(party).get(agreement.digest()).file().instruments().stream()
                .anyMatch(held -> held.id().equals(act.id()));
    }

    private boolean waitsAtItaly() {
        return consultation.node("ITA").bean(PassedOnCards.class).waiting().stream()
                .anyMatch(card -> card.party().equals("PHL"));
    }

    private int triesTowardsItaly(Instrument act) {
        return consultation.at("ADD").deliveries(agreement.digest()).stream()
                .filter(delivery ->
                        delivery.act().equals(act.id()) && delivery.partner().equals("ITA"))
                .mapToInt(Delivery::tries)
                .sum();
    }

    private Instrument declaration(String text) {
        return new Membership.Declared(
                Consultation.id(),
                agreement.id(),
                agreement.digest(),
                "PHL",
                consultation.now(),
                null,
                Text.of("en", text));
    }

    @Test
    void aNewOfficersCardIsPassedOnAndCountsAfterAPersonHasComparedItWhereOneHasComparedTheCardBefore() {
        consultation.addOfficer("PHL");
        Instrument act = declaration("by the new officer");
        consultation.act("PHL", act);
        // Italy has made no partner of the Philippines: what the text's root card leads to is enough.
        Corridor.await(() -> holds("ADD", act) && holds("ITA", act));

        consultation.confirmPassedOn("ITA", "PHL");
        assertFalse(waitsAtItaly());
        consultation.addOfficer("PHL");
        Instrument next = declaration("by another");
        consultation.act("PHL", next);
        Corridor.await(() -> holds("ADD", next) && waitsAtItaly());
        assertFalse(holds("ITA", next), "a person has confirmed the card before and must confirm this one");
        EntenteException refusal = assertThrows(
                EntenteException.class, () -> consultation.at("ITA").catchUpWith("ADD"));
        assertEquals(ErrorCode.CARD_UNCONFIRMED, refusal.code(), refusal.getMessage());
        Instrument behind = declaration("after the one that waits");
        consultation.act("PHL", behind);
        Corridor.await(() -> holds("ADD", behind));
        int before = triesTowardsItaly(next);
        Corridor.await(() -> triesTowardsItaly(next) > before);
        assertEquals(0, triesTowardsItaly(behind), "what comes after a refused act pauses with it");
        consultation.confirmPassedOn("ITA", "PHL");
        consultation.at("ITA").catchUpWith("ADD");
        assertTrue(holds("ITA", next));
        assertTrue(holds("ITA", behind));
        assertFalse(waitsAtItaly());
    }
}
