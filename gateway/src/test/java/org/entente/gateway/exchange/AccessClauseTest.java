package org.entente.gateway.exchange;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.UUID;
import org.entente.agreements.Agreement;
import org.entente.agreements.InvalidAgreementException;
import org.entente.crypto.canonical.CanonicalJson;
import org.entente.crypto.journal.SaltedRecord;
import org.entente.gateway.access.StaffUser;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
import org.entente.gateway.journal.Journal;
import org.entente.gateway.testing.Corridor;
import org.entente.gateway.testing.TestNode;
import org.entente.gateway.treaties.Treaties;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Clause 13: a leg names the consumer's authorities that may see the figures, and both nodes hold to it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AccessClauseTest {
    private static final String LEG = "FOR-CFO";

    private Corridor corridor;

    @BeforeAll
    void open() throws InvalidAgreementException {
        corridor = Corridor.open();
        Agreement agreement = forOneAuthority();
        conclude(corridor.phl(), "PHL", agreement, true);
        conclude(corridor.ita(), "ITA", agreement, false);
    }

    @AfterAll
    void close() {
        corridor.close();
    }

    private Agreement forOneAuthority() throws InvalidAgreementException {
        Treaties treaties = corridor.phl().bean(Treaties.class);
        ObjectNode tree = (ObjectNode) CanonicalJson.parseStrict(
                treaties.get(corridor.agreement()).file().agreement().canonical());
        tree.put("id", "urn:uuid:" + UUID.randomUUID());
        for (int i = 0; i < tree.path("legs").size(); i++) {
            ObjectNode leg = (ObjectNode) tree.at("/legs/" + i);
            boolean asked = leg.path("consumer").asText().equals("PHL");
            leg.put("id", asked ? LEG : "BACK");
            ((ObjectNode) leg.get("access")).putArray("authorities").add(asked ? "CFO" : "ISTAT");
        }
        return Agreement.parse(CanonicalJson.encode(tree));
    }

    private void conclude(TestNode node, String party, Agreement agreement, boolean first) {
        Treaties treaties = node.bean(Treaties.class);
        if (first) {
            treaties.propose(agreement.canonical(), "test");
        }
        Corridor.await(() -> treaties.find(agreement.digest()).isPresent());
        treaties.sign(
                corridor.officer(party)
                        .sign(agreement.canonical(), java.time.Clock.systemUTC().instant()),
                "test");
    }

    private Question question(String user, String grant) {
        StaffUser staff = corridor.phl().user(user, grant);
        Question plain = corridor.question(Corridor.FILIPINOS);
        return new Question(
                plain.provider(),
                null,
                LEG,
                plain.purpose(),
                corridor.phl().bean(Askers.class).of(staff),
                plain.dataflow(),
                plain.selection(),
                plain.named(),
                false,
                true,
                null);
    }

    @Test
    void oneWhoHoldsTheRoleForTheNamedAuthorityIsAnsweredAndThePartnerLearnsTheAuthority() {
        for (Question question :
                new Question[] {question("anna", "statistician@CFO"), question("ben", "statistician")}) {
            UUID exchange = corridor.phl().bean(Asking.class).ask(question).exchange();
            SaltedRecord answered = corridor.ita()
                    .bean(Journal.class)
                    .bySubject(exchange.toString())
                    .getFirst()
                    .opening();
            String record = new String(Objects.requireNonNull(answered).record(), StandardCharsets.UTF_8);
            assertTrue(record.contains(";a=CFO\""), record);
        }
    }

    @Test
    void oneOfAnotherAuthorityIsRefusedAtHomeAndByThePartner() {
        Question question = question("carl", "statistician@LABOUR");
        for (Question asked : new Question[] {question, question.anyway()}) {
            EntenteException refusal = assertThrows(
                    EntenteException.class,
                    () -> corridor.phl().bean(Asking.class).ask(asked));
            assertEquals(ErrorCode.AGREEMENT_REFUSED, refusal.code());
            assertTrue(refusal.detail().contains("LABOUR"), refusal.detail());
        }
    }

    @Test
    void oneWhoseRoleIsForASingleDatasetDoesNotAskPartners() {
        StaffUser staff = corridor.phl().user("dora", "statistician@CFO/DEPARTURES");
        EntenteException refusal = assertThrows(
                EntenteException.class, () -> corridor.phl().bean(Askers.class).of(staff));
        assertEquals(ErrorCode.FORBIDDEN, refusal.code());
    }
}
