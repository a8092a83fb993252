package org.entente.gateway.evidence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.entente.gateway.exchange.Asking;
import org.entente.gateway.exchange.Receipts;
import org.entente.gateway.partners.NodeIdentity;
import org.entente.gateway.testing.Corridor;
import org.entente.gateway.testing.TestNode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EvidenceTest {
    private static final int CHANGED_BYTES = 300;

    private Corridor corridor;
    private UUID exchange;
    private byte[] file;
    private Map<String, String> roots;

    @BeforeAll
    void exchangeOnce() {
        corridor = Corridor.open();
        exchange = corridor.phl()
                .bean(Asking.class)
                .ask(corridor.question(Corridor.FILIPINOS).asFresh())
                .exchange();
        file = corridor.phl().bean(Evidence.class).ofAsked(exchange).encode();
        roots = Map.of("PHL", fingerprint(corridor.phl()), "ITA", fingerprint(corridor.ita()));
    }

    @AfterAll
    void close() {
        corridor.close();
    }

    private static String fingerprint(TestNode node) {
        return node.bean(NodeIdentity.class).chain().getFirst().fingerprint().toString();
    }

    @Test
    void theConsumersEvidenceHoldsOffline() {
        VerificationReport report = EvidenceVerifier.verify(file, roots);
        assertTrue(report.holds(), String.valueOf(report.failure()));
        assertEquals(
                List.of(
                        "format",
                        "cards",
                        "agreement",
                        "request-digest",
                        "request-signature",
                        "response-digest",
                        "response-signature",
                        "parties",
                        "answered",
                        "received",
                        "witnesses",
                        "seal",
                        "time"),
                report.steps().stream().map(VerificationReport.Step::name).toList());
    }

    @Test
    void theProvidersEvidenceHoldsTooAndCarriesTheReceipt() {
        Corridor.await(() -> corridor.phl().bean(Receipts.class).waiting() == 0);
        EvidenceFile evidence = corridor.ita().bean(Evidence.class).ofAnswered("PHL", exchange);
        assertNotNull(evidence.received());
        VerificationReport report = EvidenceVerifier.verify(evidence.encode(), roots);
        assertTrue(report.holds(), String.valueOf(report.failure()));
    }

    @Test
    void anyChangedByteIsFoundAndNamed() {
        Random random = new Random(20261123);
        for (int i = 0; i < CHANGED_BYTES; i++) {
            byte[] changed = file.clone();
            int at = random.nextInt(changed.length);
            changed[at] = (byte) (changed[at] ^ (1 << random.nextInt(7)));
            VerificationReport report = EvidenceVerifier.verify(changed, roots);
            assertFalse(report.holds(), "byte " + at);
            assertNotNull(report.failure(), "byte " + at);
        }
    }

    @Test
    void aFileIsNamedAfterThePartThatWasChanged() {
        assertEquals("response-digest", failureAfter("\"response\":{\"body\":\"", 40));
        assertEquals("format", failureAfter("\"format\":\"entente", 2));
        assertEquals("seal", failureAfter("<title>Evidence", 3));
    }

    private String failureAfter(String mark, int offset) {
        String text = new String(file, StandardCharsets.ISO_8859_1);
        int at = text.indexOf(mark) + mark.length() + (offset > 30 ? offset : -offset);
        byte[] changed = file.clone();
        changed[at] = (byte) (changed[at] == 'A' ? 'B' : 'A');
        VerificationReport.Step failure =
                EvidenceVerifier.verify(changed, roots).failure();
        return failure == null ? "none" : failure.name();
    }

    @Test
    void anotherRootFingerprintIsRefused() {
        VerificationReport report = EvidenceVerifier.verify(
                file, Map.of("PHL", fingerprint(corridor.ita()), "ITA", fingerprint(corridor.ita())));
        assertEquals("cards", java.util.Objects.requireNonNull(report.failure()).name());
    }

    @Test
    void aRootFingerprintThatNobodyComparedIsNotTakenFromTheFile() {
        VerificationReport report = EvidenceVerifier.verify(file, Map.of("PHL", fingerprint(corridor.phl())));
        assertEquals("cards", java.util.Objects.requireNonNull(report.failure()).name());
    }
}
