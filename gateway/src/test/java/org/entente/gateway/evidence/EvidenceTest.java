package org.entente.gateway.evidence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Page;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.entente.agreements.prose.Prose;
import org.entente.agreements.prose.ProseDocument;
import org.entente.agreements.prose.ProsePdf;
import org.entente.gateway.exchange.Asking;
import org.entente.gateway.exchange.Receipts;
import org.entente.gateway.partners.NodeIdentity;
import org.entente.gateway.testing.Corridor;
import org.entente.gateway.testing.TestNode;
import org.entente.gateway.testing.VerifyPage;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

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
                        "time",
                        "keys"),
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

    @Test
    void theWordsOfTheFileComeInEveryLanguageAndAsPdf() throws Exception {
        EvidenceFile evidence = EvidenceFile.parse(file);
        Set<String> titles = new TreeSet<>();
        for (String language : Prose.LANGUAGES) {
            ProseDocument words = EvidenceProse.of(evidence, language);
            titles.add(words.title());
            assertTrue(words.plain().contains(exchange.toString()), language);
            byte[] pdf = ProsePdf.of(words);
            assertEquals("%PDF", new String(pdf, 0, 4, StandardCharsets.US_ASCII), language);
        }
        assertEquals(Prose.LANGUAGES.size(), titles.size());
    }

    @Test
    void aBrowserVerifiesTheFileWithoutSendingItAnywhere(@TempDir Path folder) throws IOException {
        Path evidence = Files.write(folder.resolve("answer.evidence.json"), file);
        try (VerifyPage opened = VerifyPage.open()) {
            Page page = opened.page();
            List<String> loaded = new CopyOnWriteArrayList<>();
            page.onRequest(request -> loaded.add(request.url()));
            page.reload();
            opened.choose(evidence);
            assertEquals("An exchange: " + exchange, page.innerText("#kind"));
            roots.forEach((party, fingerprint) -> page.fill("#root-" + party, fingerprint));
            page.click("#go");
            page.waitForFunction("document.getElementById('verdict').textContent !== ''");
            String table = page.innerText("#steps");
            assertEquals("The evidence holds.", page.innerText("#verdict"), table);
            assertEquals(
                    EvidenceVerifier.verify(file, roots).steps().stream()
                            .map(VerificationReport.Step::name)
                            .toList(),
                    page.locator("#steps tbody tr td:first-child").allInnerTexts());
            assertTrue(page.isVisible("#words"));
            page.fill("#root-ITA", roots.get("PHL"));
            page.click("#go");
            page.waitForFunction("document.getElementById('verdict').textContent === 'The evidence does not hold.'");
            assertFalse(page.isVisible("#words"));
            assertTrue(
                    loaded.stream().allMatch(url -> url.startsWith("file:") || url.startsWith("about:")),
                    loaded.toString());
            assertEquals(List.of(), disagreements(opened));
        }
    }

    /** Changed bytes that only one of the two verifiers finds. */
    private List<String> disagreements(VerifyPage page) {
        Random random = new Random(20261128);
        List<String> found = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            byte[] changed = file.clone();
            int at = random.nextInt(changed.length);
            changed[at] = (byte) (changed[at] ^ (1 << random.nextInt(7)));
            String failed = page.failure(changed, roots);
            VerificationReport.Step ours =
                    EvidenceVerifier.verify(changed, roots).failure();
            if (ours == null || failed.equals("none")) {
                found.add("byte " + at + ": " + failed + " and " + (ours == null ? "none" : ours.name()));
            }
        }
        return found;
    }
}
