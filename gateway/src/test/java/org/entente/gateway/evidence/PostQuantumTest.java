package org.entente.gateway.evidence;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.BinaryOperator;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.entente.agreements.life.FigureAct;
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
import org.entente.gateway.testing.Alteration;
import org.entente.gateway.testing.Corridor;
import org.entente.gateway.testing.TestNode;
import org.entente.gateway.testing.VerifyPage;
import org.entente.gateway.treaties.Treaties;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

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
        Asking.Figures figures = ask();
        UUID exchange = figures.exchange();
        question(String.valueOf(figures.release()));
        Corridor.await(() -> corridor.phl().bean(Receipts.class).waiting() == 0);
        Corridor.await(() -> corridor.phl().bean(Witness.class).standings().stream()
                .allMatch(standing -> standing.delivered() && standing.cosigned() > 0));
        Corridor.await(() -> cosigned(corridor.phl().bean(Evidence.class).ofAsked(exchange)));
        Corridor.await(
                () -> corridor.phl().bean(Evidence.class).ofAsked(exchange).notes() != null);
        file = corridor.phl().bean(Evidence.class).ofAsked(exchange).encode();
    }

    @AfterAll
    void close() {
        corridor.close();
    }

    private Asking.Figures ask() {
        return corridor.phl()
                .bean(Asking.class)
                .ask(corridor.question(Corridor.FILIPINOS).asFresh());
    }

    /** A signed act about the figures, which the evidence carries with it. */
    private void question(String release) {
        Instant now = corridor.phl().bean(Clock.class).instant().truncatedTo(ChronoUnit.MICROS);
        Treaties treaties = corridor.phl().bean(Treaties.class);
        FigureAct.QuestionAsked act = new FigureAct.QuestionAsked(
                "urn:uuid:" + UUID.randomUUID(),
                corridor.agreement(),
                treaties.get(corridor.agreement()).file().digest(),
                "PHL",
                now,
                "urn:uuid:" + UUID.randomUUID(),
                release,
                null,
                "Are seafarers among them?");
        treaties.act(corridor.officer("PHL").sign(act, now), "test");
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
    void theAgreementIsSignedWithOfficersPostQuantumKeysToo() {
        String agreement = EvidenceVerifier.verify(file, roots).steps().stream()
                .filter(step -> step.name().equals("agreement"))
                .findFirst()
                .orElseThrow()
                .sentence();
        assertTrue(agreement.contains("with a post-quantum key: 2"), agreement);
    }

    /** A file in which one thing was changed, and the step that must find it. */
    private record Changed(String what, ObjectNode tree, String step) {
        byte[] file() {
            return CanonicalJson.encode(tree);
        }
    }

    private List<Changed> changed() throws Exception {
        List<Changed> all = new ArrayList<>();
        all.add(changed("no signatures beside the agreement", "agreement", tree -> tree.remove("companions")));
        all.add(changed(
                "one signature beside the agreement",
                "agreement",
                tree -> beside(tree).remove(0)));
        all.add(changed(
                "the same one twice",
                "agreement",
                tree -> beside(tree).set(0, beside(tree).get(1))));
        all.add(changed(
                "one more than there are officers",
                "agreement",
                tree -> beside(tree).add(beside(tree).get(1))));
        all.add(changed(
                "a changed bit beside the agreement",
                "agreement",
                tree -> Alteration.of((ObjectNode) beside(tree).get(0), "signature", 40)));
        for (String side : List.of("request", "response")) {
            String step = side + "-signature";
            all.add(changed(
                    "no post-quantum signature of the " + side,
                    step,
                    tree -> header(tree, side, this::withoutCompanion)));
            all.add(changed(
                    "a changed bit in that of the " + side,
                    step,
                    tree -> header(
                            tree,
                            side,
                            (name, value) -> name.equals("signature")
                                    ? Alteration.of(value, value.indexOf("entente-pq=:") + 60)
                                    : value)));
            all.add(changed(
                    "that of the " + side + " by a key that the card does not list",
                    step,
                    tree -> header(tree, side, (name, value) -> value.replace("/post-quantum\"", "/post-quantun\""))));
        }
        all.add(changed(
                "an act without its companion",
                "notes",
                tree -> ((ObjectNode) tree.at("/notes/0")).remove("companion")));
        all.add(changed(
                "a changed bit beside an act",
                "notes",
                tree -> Alteration.of((ObjectNode) tree.at("/notes/0/companion/document"), "signature", 40)));
        all.addAll(checkpoints());
        return all;
    }

    private List<Changed> checkpoints() throws Exception {
        Predicate<NoteSignature> quantum = line -> line.signature().length > 100;
        return List.of(
                lines("answered", "answered", quantum.and(journal()), (text, line) -> null),
                lines("answered", "answered", journal().and(quantum.negate()), (text, line) -> null),
                lines("answered", "answered", quantum.and(journal()), this::forged),
                lines("received", "witnesses", quantum.and(journal().negate()), (text, line) -> null),
                lines("received", "witnesses", quantum.and(journal().negate()), this::forged));
    }

    private static Predicate<NoteSignature> journal() {
        return line -> line.name().endsWith("/journal");
    }

    /** By a key of somebody else, under the id of the one that the card lists. */
    private NoteSignature forged(byte[] text, NoteSignature line) {
        SubtreeSigner forger =
                SubtreeSigner.ofJournal(line.name(), SigningKey.mlDsa(SignatureAlgorithm.ML_DSA_44, new byte[32]));
        return new NoteSignature(line.name(), line.keyId(), forger.sign(text));
    }

    private Changed lines(
            String entry,
            String step,
            Predicate<NoteSignature> which,
            BiFunction<byte[], NoteSignature, @Nullable NoteSignature> change)
            throws Exception {
        return changed("checkpoint of " + entry + " for " + step, step, tree -> {
            TlogProof honest = proof(tree.at("/" + entry + "/proof").asText());
            byte[] text = honest.checkpoint().text().getBytes(UTF_8);
            List<NoteSignature> lines = honest.checkpoint().signatures().stream()
                    .map(line -> which.test(line) ? change.apply(text, line) : line)
                    .filter(Objects::nonNull)
                    .toList();
            SignedNote note = new SignedNote(honest.checkpoint().text(), lines);
            TlogProof proof = new TlogProof(
                    honest.index(), honest.path(), note, honest.extra().orElseThrow());
            ((ObjectNode) tree.path(entry)).put("proof", proof.toString());
        });
    }

    private Changed changed(String what, String step, Consumer<ObjectNode> change) throws Exception {
        ObjectNode tree = (ObjectNode) MAPPER.readTree(file);
        change.accept(tree);
        assertNotEquals(MAPPER.readTree(file), tree, what);
        return new Changed(what, tree, step);
    }

    private static ArrayNode beside(ObjectNode tree) {
        return (ArrayNode) tree.at("/companions/signatures");
    }

    private String withoutCompanion(String name, String value) {
        return name.startsWith("signature") ? value.substring(0, value.indexOf(", entente-pq=")) : value;
    }

    private static void header(ObjectNode tree, String side, BinaryOperator<String> change) {
        for (JsonNode header : tree.at("/" + side + "/headers")) {
            String name = header.get(0).asText().toLowerCase(Locale.ROOT);
            if (name.startsWith("signature")) {
                ((ArrayNode) header).set(1, change.apply(name, header.get(1).asText()));
            }
        }
    }

    @Test
    void evidenceIsRefusedWithoutACompanionOrWithAForgedOne() throws Exception {
        for (Changed changed : changed()) {
            VerificationReport.Step failure =
                    EvidenceVerifier.verify(changed.file(), roots).failure();
            assertEquals(changed.step(), failure == null ? "none" : failure.name(), changed.what());
        }
    }

    @Test
    void theBrowserAsksForCompanionsToo() throws Exception {
        try (VerifyPage page = VerifyPage.open()) {
            JsonNode report = page.report(file, roots);
            assertTrue(report.path("holds").asBoolean(), report.toString());
            assertSays(report, "agreement", "with a post-quantum key: 2");
            assertSays(report, "witnesses", "with its post-quantum companion");
            for (String step : List.of("request-signature", "response-signature", "answered", "received")) {
                assertSays(report, step, "post-quantum companion");
            }
            for (Changed changed : changed()) {
                assertEquals(changed.step(), page.failure(changed.file(), roots), changed.what());
            }
        }
    }

    private static void assertSays(JsonNode report, String name, String words) {
        for (JsonNode step : report.path("steps")) {
            if (step.path("name").asText().equals(name)) {
                assertTrue(step.path("sentence").asText().contains(words), step.toString());
                return;
            }
        }
        fail("no step " + name);
    }
}
