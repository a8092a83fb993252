package org.entente.gateway.evidence;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.microsoft.playwright.Page;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Predicate;
import org.entente.crypto.VerificationException;
import org.entente.crypto.canonical.CanonicalJson;
import org.entente.crypto.journal.NoteSignature;
import org.entente.crypto.journal.SignedNote;
import org.entente.crypto.journal.SubtreeSigner;
import org.entente.crypto.journal.TlogProof;
import org.entente.crypto.keys.SignatureAlgorithm;
import org.entente.crypto.keys.SigningKey;
import org.entente.gateway.evidence.witness.Witness;
import org.entente.gateway.exchange.Asking;
import org.entente.gateway.exchange.Receipts;
import org.entente.gateway.journal.Journal;
import org.entente.gateway.partners.NodeIdentity;
import org.entente.gateway.partners.Partner;
import org.entente.gateway.partners.Partners;
import org.entente.gateway.testing.Chromium;
import org.entente.gateway.testing.Corridor;
import org.entente.gateway.testing.TestNode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Two nodes whose messages and checkpoints carry post-quantum signatures from the first on. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PostQuantumTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private Corridor corridor;
    private Map<String, String> roots;
    private byte[] file;

    @BeforeAll
    void exchangeOnce() {
        corridor = Corridor.openWithCompanions();
        roots = Map.of("PHL", fingerprint(corridor.phl()), "ITA", fingerprint(corridor.ita()));
        UUID exchange = ask();
        Corridor.await(() -> corridor.phl().bean(Receipts.class).waiting() == 0);
        Corridor.await(() -> corridor.phl().bean(Witness.class).standings().stream()
                .allMatch(standing -> standing.delivered() && standing.cosigned() > 0));
        Corridor.await(() -> cosigned(corridor.phl().bean(Evidence.class).ofAsked(exchange)));
        file = corridor.phl().bean(Evidence.class).ofAsked(exchange).encode();
    }

    @AfterAll
    void close() {
        corridor.close();
    }

    private UUID ask() {
        return corridor.phl()
                .bean(Asking.class)
                .ask(corridor.question(Corridor.FILIPINOS).asFresh())
                .exchange();
    }

    private static String fingerprint(TestNode node) {
        return node.bean(NodeIdentity.class).chain().getFirst().fingerprint().toString();
    }

    private static boolean cosigned(EvidenceFile evidence) {
        EvidenceFile.Entry received = evidence.received();
        return received != null
                && proof(received.proof()).checkpoint().signatures().size() == 4;
    }

    private static TlogProof proof(String text) {
        try {
            return TlogProof.parse(text.getBytes(UTF_8));
        } catch (VerificationException e) {
            throw new IllegalStateException(e);
        }
    }

    private Partner italy() {
        return corridor.phl().bean(Partners.class).find("ITA").orElseThrow();
    }

    /** Journal and witness, each with Ed25519 and ML-DSA-44; and the proof in the answer's header came through real sockets. */
    @Test
    void anExchangeUnderAllCompanionsIsProvedAndWitnessed() throws VerificationException {
        VerificationReport report = EvidenceVerifier.verify(file, roots);
        assertTrue(report.holds(), String.valueOf(report.failure()));
        String witnesses = report.steps().stream()
                .filter(step -> step.name().equals("witnesses"))
                .findFirst()
                .orElseThrow()
                .sentence();
        assertTrue(witnesses.contains("with its post-quantum companion"), witnesses);
        EvidenceFile evidence = EvidenceFile.parse(file);
        long companions = evidence.response().headers().stream()
                .filter(header -> header.getFirst().equalsIgnoreCase("entente-proof"))
                .mapToLong(header -> header.getLast().length())
                .sum();
        assertTrue(companions > 4_300, companions + " characters in Entente-Proof");
        assertNotNull(italy().card().journalCompanion());
    }

    @Test
    void aStrippedCompanionIsRefusedByPartnersAndByTheStartGuard() {
        SignedNote note = corridor.ita().bean(Journal.class).latestCheckpoint();
        assertEquals(2, note.signatures().size());
        SignedNote stripped =
                new SignedNote(note.text(), List.of(note.signatures().getFirst()));
        assertThrows(VerificationException.class, () -> italy().journalKeys().open(stripped, List.of()));
        assertThrows(
                RuntimeException.class, () -> corridor.ita().bean(Journal.class).compare(stripped));
    }

    @Test
    void evidenceIsRefusedWithoutACompanionOrWithAForgedOne() throws Exception {
        assertEquals("answered", failure("answered", line -> !line.name().endsWith("/journal") || short64(line)));
        assertEquals("witnesses", failure("received", line -> !line.name().endsWith("/witness") || short64(line)));
        String origin = italy().card().journalOrigin();
        SubtreeSigner forger =
                SubtreeSigner.ofJournal(origin, SigningKey.mlDsa(SignatureAlgorithm.ML_DSA_44, new byte[32]));
        ObjectNode changed = (ObjectNode) MAPPER.readTree(file);
        TlogProof honest = proof(changed.at("/answered/proof").asText());
        byte[] forged = forger.sign(honest.checkpoint().text().getBytes(UTF_8));
        int listed = java.util.Objects.requireNonNull(italy().card().journalCompanion())
                .keyId();
        List<NoteSignature> lines = new ArrayList<>();
        for (NoteSignature line : honest.checkpoint().signatures()) {
            lines.add(line.keyId() == listed ? new NoteSignature(origin, listed, forged) : line);
        }
        assertEquals("answered", failure(changed, "answered", honest, lines));
    }

    @Test
    void theAgreementIsSignedWithOfficersPostQuantumKeysToo() throws Exception {
        VerificationReport report = EvidenceVerifier.verify(file, roots);
        String agreement = report.steps().stream()
                .filter(step -> step.name().equals("agreement"))
                .findFirst()
                .orElseThrow()
                .sentence();
        assertTrue(agreement.contains("with a post-quantum key: 2"), agreement);
        ObjectNode stripped = (ObjectNode) MAPPER.readTree(file);
        stripped.remove("companions");
        assertEquals("agreement", failure(stripped));
        ObjectNode one = (ObjectNode) MAPPER.readTree(file);
        ((ArrayNode) one.at("/companions/signatures")).remove(0);
        assertEquals("agreement", failure(one));
        ObjectNode twice = (ObjectNode) MAPPER.readTree(file);
        ArrayNode signatures = (ArrayNode) twice.at("/companions/signatures");
        signatures.set(0, signatures.get(1));
        assertEquals("agreement", failure(twice));
        ObjectNode more = (ObjectNode) MAPPER.readTree(file);
        ((ArrayNode) more.at("/companions/signatures")).add(signatures.get(1));
        assertEquals("agreement", failure(more));
        ObjectNode forged = (ObjectNode) MAPPER.readTree(file);
        ObjectNode first = (ObjectNode) forged.at("/companions/signatures/0");
        String text = first.path("signature").asText();
        first.put(
                "signature",
                (text.charAt(40) == 'A'
                        ? text.replaceFirst("^(.{40}).", "$1B")
                        : text.replaceFirst("^(.{40}).", "$1A")));
        assertEquals("agreement", failure(forged));
    }

    private String failure(ObjectNode changed) {
        VerificationReport.Step step =
                EvidenceVerifier.verify(CanonicalJson.encode(changed), roots).failure();
        return step == null ? "none" : step.name();
    }

    private static boolean short64(NoteSignature line) {
        return line.signature().length < 100;
    }

    private String failure(String entry, Predicate<NoteSignature> kept) throws Exception {
        ObjectNode changed = (ObjectNode) MAPPER.readTree(file);
        TlogProof honest = proof(changed.at("/" + entry + "/proof").asText());
        return failure(
                changed,
                entry,
                honest,
                honest.checkpoint().signatures().stream().filter(kept).toList());
    }

    private String failure(ObjectNode changed, String entry, TlogProof honest, List<NoteSignature> lines) {
        SignedNote note = new SignedNote(honest.checkpoint().text(), lines);
        TlogProof proof = new TlogProof(
                honest.index(), honest.path(), note, honest.extra().orElseThrow());
        ((ObjectNode) changed.path(entry)).put("proof", proof.toString());
        return failure(changed);
    }

    @Test
    void theBrowserVerifiesItToo(@TempDir Path folder) throws Exception {
        Path html = Files.write(folder.resolve("verify.html"), BrowserVerifier.page());
        try (Chromium chromium = Chromium.start()) {
            Page page = chromium.page();
            page.navigate(html.toUri().toString());
            Object steps = page.evaluate(
                    "async ([base64, roots]) => { const report = await verifyEvidence(Uint8Array.from(atob(base64),"
                            + " c => c.charCodeAt(0)), roots); return JSON.stringify(report); }",
                    List.of(Base64.getEncoder().encodeToString(file), roots));
            assertTrue(steps.toString().contains("\"holds\":true"), steps.toString());
            assertTrue(
                    steps.toString().contains("also with post-quantum keys, whose signatures this page does not check"),
                    steps.toString());
            assertTrue(
                    steps.toString()
                            .contains("post-quantum companion of the journal key, which this page does not check"),
                    steps.toString());
        }
    }
}
