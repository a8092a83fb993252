package org.entente.gateway.exchange;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import org.entente.agreements.Agreement;
import org.entente.agreements.InvalidAgreementException;
import org.entente.agreements.life.State;
import org.entente.crypto.canonical.CanonicalJson;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.evidence.Audit;
import org.entente.gateway.sdmx.DataQuery;
import org.entente.gateway.statistics.DiasporaStructure;
import org.entente.gateway.testing.Corridor;
import org.entente.gateway.testing.TestNode;
import org.entente.gateway.treaties.Treaties;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The last signature comes through another process of the node, as the command line is one: the serving process has not appended since, and
 * what it decides next must be replayed with that signature all the same.
 */
class ReplayAcrossProcessesTest {
    private Corridor corridor;

    @BeforeEach
    void open() {
        corridor = Corridor.open();
    }

    @AfterEach
    void close() {
        corridor.close();
    }

    /** Has the text put forward by one party and signed by it, and then signed by the other in a second process over its database. */
    private String signedLastInASecondProcess(TestNode first, TestNode last) {
        Agreement text = anotherAgreement();
        Treaties there = last.bean(Treaties.class);
        first.bean(Treaties.class).propose(text.canonical(), "test");
        first.bean(Treaties.class).sign(signature(first, text), "test");
        Corridor.await(() -> there.find(text.digest())
                .filter(treaty -> treaty.acts().size() == 2)
                .isPresent());
        TestNode second = last.secondProcess();
        try {
            second.bean(Treaties.class).sign(signature(last, text), "test");
        } finally {
            second.stop();
        }
        Corridor.await(() -> inEffect(first, text) && inEffect(last, text));
        return text.id();
    }

    private byte[] signature(TestNode node, Agreement text) {
        return corridor.officer(node.party())
                .sign(text.canonical(), node.bean(Clock.class).instant());
    }

    private Agreement anotherAgreement() {
        ObjectNode text = (ObjectNode) CanonicalJson.parseStrict(corridor.ita()
                .bean(Treaties.class)
                .get(corridor.agreement())
                .file()
                .agreement()
                .canonical());
        text.put("id", "urn:uuid:" + UUID.randomUUID());
        try {
            return Agreement.parse(CanonicalJson.encode(text));
        } catch (InvalidAgreementException e) {
            throw new AssertionError(e);
        }
    }

    private static boolean inEffect(TestNode node, Agreement text) {
        return node.bean(Treaties.class)
                .find(text.digest())
                .map(treaty ->
                        treaty.file().at(node.bean(Clock.class).instant()).phase())
                .filter(State.Phase.IN_EFFECT::equals)
                .isPresent();
    }

    private static Question question(String path, String agreement) {
        return Question.of(
                        DataQuery.parse(path, null)
                                .bind(DiasporaStructure.load().structure()),
                        DiasporaStructure.load(),
                        "ITA",
                        agreement,
                        null,
                        "statistics",
                        new Question.Asker("analyst", "statistician", "0123456789abcdef"))
                .asFresh();
    }

    private static void requireReplayed(TestNode node, long decisions) {
        Audit.Report report = node.bean(Audit.class).replay(0, Long.MAX_VALUE);
        assertEquals(List.of(), report.findings());
        assertEquals(decisions, report.same());
    }

    @Test
    void anAnswerThatRestsOnSuchASignatureIsDecidedTheSameAgain() {
        String agreement = signedLastInASecondProcess(corridor.phl(), corridor.ita());
        corridor.phl().bean(Asking.class).ask(question(Corridor.FILIPINOS, agreement));
        requireReplayed(corridor.ita(), 1);
    }

    @Test
    void aRefusalAtHomeThatRestsOnSuchASignatureIsDecidedTheSameAgain() {
        String agreement = signedLastInASecondProcess(corridor.ita(), corridor.phl());
        EntenteException refused = assertThrows(
                EntenteException.class,
                () -> corridor.phl().bean(Asking.class).ask(question(Corridor.MOLDOVANS, agreement)));
        assertEquals("own node", refused.members().get("refusedBy"));
        requireReplayed(corridor.phl(), 1);
    }
}
