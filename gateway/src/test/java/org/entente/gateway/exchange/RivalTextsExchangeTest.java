package org.entente.gateway.exchange;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.entente.agreements.Agreement;
import org.entente.agreements.InvalidAgreementException;
import org.entente.agreements.decision.Facts;
import org.entente.agreements.life.State;
import org.entente.crypto.canonical.CanonicalJson;
import org.entente.gateway.access.Roles;
import org.entente.gateway.access.StaffUser;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
import org.entente.gateway.journal.Journal;
import org.entente.gateway.sdmx.DataQuery;
import org.entente.gateway.statistics.DiasporaStructure;
import org.entente.gateway.testing.Corridor;
import org.entente.gateway.testing.TestNode;
import org.entente.gateway.treaties.Treaties;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Exchanges under an agreement of which two texts are on file: the proposal, and the counter-proposal that both have signed. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RivalTextsExchangeTest {
    private final String agreement = "urn:uuid:" + UUID.randomUUID();
    private Corridor corridor;
    private Agreement signed;

    @BeforeAll
    void concludeTheCounterProposal() {
        corridor = Corridor.open();
        Agreement proposed = text(600);
        signed = text(700);
        Treaties ours = corridor.phl().bean(Treaties.class);
        Treaties theirs = corridor.ita().bean(Treaties.class);
        ours.propose(proposed.canonical(), "test");
        Corridor.await(() -> theirs.find(proposed.digest()).isPresent());
        theirs.propose(signed.canonical(), proposed.digest(), "test");
        Corridor.await(() -> ours.find(signed.digest()).isPresent());
        for (TestNode node : List.of(corridor.phl(), corridor.ita())) {
            node.bean(Treaties.class)
                    .sign(
                            corridor.officer(node.party())
                                    .sign(
                                            signed.canonical(),
                                            node.bean(Clock.class).instant()),
                            "test");
        }
        Corridor.await(() -> inEffect(corridor.phl()) && inEffect(corridor.ita()));
    }

    @AfterAll
    void close() {
        corridor.close();
    }

    private boolean inEffect(TestNode node) {
        return node.bean(Treaties.class)
                        .get(signed.digest())
                        .file()
                        .at(node.bean(Clock.class).instant())
                        .phase()
                == State.Phase.IN_EFFECT;
    }

    private Agreement text(int requests) {
        ObjectNode text = (ObjectNode) CanonicalJson.parseStrict(corridor.ita()
                .bean(Treaties.class)
                .get(corridor.agreement())
                .file()
                .agreement()
                .canonical());
        text.put("id", agreement);
        ((ObjectNode) text.at("/legs/0/quota")).put("requests", requests);
        try {
            return Agreement.parse(CanonicalJson.encode(text));
        } catch (InvalidAgreementException e) {
            throw new AssertionError(e);
        }
    }

    private Question question() {
        return Question.of(
                        DataQuery.parse(Corridor.FILIPINOS, null)
                                .bind(DiasporaStructure.load().structure()),
                        DiasporaStructure.load(),
                        "ITA",
                        agreement,
                        null,
                        "statistics",
                        new Question.Asker("analyst", "statistician", "0123456789abcdef"))
                .asFresh();
    }

    @Test
    void anAnswerAndARefusalNameTheTextThatWasSigned() {
        Asking asking = corridor.phl().bean(Asking.class);
        UUID answered = asking.ask(question()).exchange();
        StaffUser officer = corridor.ita().user("tina", Roles.TREATY_OFFICER);
        Holds holds = corridor.ita().bean(Holds.class);
        holds.set(Facts.Hold.Scope.NODE, null, "incident", officer);
        EntenteException refused;
        try {
            refused = assertThrows(EntenteException.class, () -> asking.ask(question()));
            assertEquals(ErrorCode.AGREEMENT_REFUSED, refused.code(), refused.getMessage());
            assertEquals("ITA", refused.members().get("refusedBy"));
        } finally {
            holds.lift(Facts.Hold.Scope.NODE, null, "over", officer);
        }
        assertEquals(signed.digest(), text(answered));
        assertEquals(
                signed.digest(),
                text(UUID.fromString(String.valueOf(refused.members().get("exchange")))));
    }

    /** Digest of the text that the provider's journal names for an exchange. */
    private String text(UUID exchange) {
        return corridor.ita().bean(Journal.class).bySubject(exchange.toString()).stream()
                .filter(entry -> entry.kind().equals("answered"))
                .map(entry -> CanonicalJson.parseStrict(
                                Objects.requireNonNull(entry.opening()).record())
                        .at("/agreement/digest")
                        .asText())
                .findFirst()
                .orElseThrow();
    }
}
