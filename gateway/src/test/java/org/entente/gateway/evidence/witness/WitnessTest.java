package org.entente.gateway.evidence.witness;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.entente.crypto.Digests;
import org.entente.crypto.VerificationException;
import org.entente.crypto.journal.AddCheckpoint;
import org.entente.crypto.journal.Checkpoint;
import org.entente.crypto.journal.Ed25519NoteSigner;
import org.entente.crypto.journal.Hash;
import org.entente.crypto.journal.NoteSignature;
import org.entente.crypto.journal.SignedNote;
import org.entente.crypto.keys.KeyRing;
import org.entente.crypto.message.Headers;
import org.entente.gateway.access.Roles;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
import org.entente.gateway.evidence.Evidence;
import org.entente.gateway.evidence.EvidenceVerifier;
import org.entente.gateway.evidence.VerificationReport;
import org.entente.gateway.exchange.Asking;
import org.entente.gateway.exchange.Receipts;
import org.entente.gateway.journal.Journal;
import org.entente.gateway.journal.JournalEntry;
import org.entente.gateway.journal.JournalTiles;
import org.entente.gateway.partners.JournalConflicts;
import org.entente.gateway.partners.NodeIdentity;
import org.entente.gateway.partners.Partner;
import org.entente.gateway.partners.PartnerClient;
import org.entente.gateway.partners.Partners;
import org.entente.gateway.partners.Sightings;
import org.entente.gateway.testing.Corridor;
import org.entente.gateway.testing.TestNode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Two nodes that exchange figures witness each other. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WitnessTest {
    private Corridor corridor;

    @BeforeAll
    void open() {
        corridor = Corridor.open();
    }

    @AfterAll
    void close() {
        corridor.close();
    }

    private UUID exchange() {
        UUID id = corridor.phl()
                .bean(Asking.class)
                .ask(corridor.question(Corridor.FILIPINOS).asFresh())
                .exchange();
        Corridor.await(() -> corridor.phl().bean(Receipts.class).waiting() == 0);
        return id;
    }

    private static long size(TestNode node) {
        return node.bean(Journal.class).size();
    }

    private static Partner partner(TestNode node, String party) {
        return node.bean(Partners.class).find(party).orElseThrow();
    }

    /** The cosignatures of a partner on a node's own checkpoint of exactly that size. */
    private static List<NoteSignature> cosignatures(TestNode of, Partner witness, long size) {
        SignedNote note = of.bean(JournalTiles.class).checkpoint(size).orElseThrow();
        try {
            return Checkpoint.open(
                            note,
                            of.bean(Journal.class).origin(),
                            of.bean(NodeIdentity.class).card().journalKey().verifier(),
                            List.of(witness.card().witnessKey().verifier()))
                    .cosignatures();
        } catch (VerificationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static boolean cosigned(TestNode of, TestNode by) {
        Partner witness = partner(of, by.party());
        for (long size = size(of); size > 0; size--) {
            if (of.bean(JournalTiles.class).checkpoint(size).isPresent()
                    && !cosignatures(of, witness, size).isEmpty()) {
                return true;
            }
        }
        return false;
    }

    private PartnerClient.Answered call(TestNode from, String to, String method, String path, byte[] body) {
        return from.bean(PartnerClient.class)
                .call(
                        partner(from, to),
                        method,
                        path,
                        body.length == 0 ? Headers.EMPTY : Headers.of("content-type", "text/plain"),
                        body,
                        false);
    }

    @Test
    void bothSidesCosignWhatTheyHaveSeenAndJournalNothingOfIt() throws InterruptedException {
        exchange();
        Corridor.await(() -> cosigned(corridor.ita(), corridor.phl()) && cosigned(corridor.phl(), corridor.ita()));
        long phl = size(corridor.phl());
        long ita = size(corridor.ita());
        // The checkpoint is signed a moment after the entries are durable.
        Corridor.await(
                () -> corridor.ita().bean(JournalTiles.class).checkpoint(ita).isPresent());
        corridor.phl().bean(Witness.class).follow(partner(corridor.phl(), "ITA"), true);
        corridor.ita().bean(Witness.class).follow(partner(corridor.ita(), "PHL"), true);
        Thread.sleep(1_500);
        assertEquals(phl, size(corridor.phl()));
        assertEquals(ita, size(corridor.ita()));
        assertEquals(
                1,
                cosignatures(corridor.ita(), partner(corridor.ita(), "PHL"), ita)
                        .size());
    }

    @Test
    void theEvidenceNamesItsWitnesses() {
        UUID id = exchange();
        corridor.phl().bean(Witness.class).follow(partner(corridor.phl(), "ITA"), true);
        corridor.ita().bean(Witness.class).follow(partner(corridor.ita(), "PHL"), true);
        Map<String, String> roots = Map.of("PHL", root(corridor.phl()), "ITA", root(corridor.ita()));
        VerificationReport provider = EvidenceVerifier.verify(
                corridor.ita().bean(Evidence.class).ofAnswered("PHL", id).encode(), roots);
        assertTrue(provider.holds(), provider::toString);
        String witnesses = sentence(provider);
        assertTrue(
                witnesses.contains(
                        partner(corridor.ita(), "PHL").card().witnessKey().name() + " cosigned"),
                witnesses);
        VerificationReport consumer = EvidenceVerifier.verify(
                corridor.phl().bean(Evidence.class).ofAsked(id).encode(), roots);
        assertTrue(consumer.holds(), consumer::toString);
        assertTrue(sentence(consumer)
                .contains(partner(corridor.phl(), "ITA").card().witnessKey().name() + " cosigned"));
    }

    private static String sentence(VerificationReport report) {
        return report.steps().stream()
                .filter(step -> step.name().equals("witnesses"))
                .findFirst()
                .orElseThrow()
                .sentence();
    }

    private static String root(TestNode node) {
        return node.bean(NodeIdentity.class).chain().getFirst().fingerprint().toString();
    }

    @Test
    void aPartnerReadsWhatWasSeenAndHeldOfItsJournal() throws Exception {
        exchange();
        corridor.phl().bean(Witness.class).follow(partner(corridor.phl(), "ITA"), true);
        PartnerClient.Answered seen = call(corridor.ita(), "PHL", "GET", "/witness/seen", new byte[0]);
        assertEquals(200, seen.response().status());
        long size = Checkpoint.parse(SignedNote.parse(seen.body()).text()).size();
        PartnerClient.Answered tile = call(
                corridor.ita(),
                "PHL",
                "GET",
                "/witness/held/tile/0/000" + (size < 256 ? ".p/" + size : ""),
                new byte[0]);
        assertEquals(200, tile.response().status());
        assertEquals(Math.min(size, 256) * Hash.LENGTH, tile.body().length);
    }

    /** The status codes of C2SP tlog-witness, for ITA's journal at PHL. */
    @Test
    void addCheckpointAnswersAsTheSpecificationSays() throws Exception {
        exchange();
        corridor.phl().bean(Witness.class).follow(partner(corridor.phl(), "ITA"), true);
        Journal journal = corridor.ita().bean(Journal.class);
        SignedNote newest = journal.latestCheckpoint();
        long size = Checkpoint.parse(newest.text()).size();
        long old = corridor.phl()
                .bean(WitnessTables.class)
                .tree(new WitnessTables.Log("ITA", journal.origin()))
                .cosignedSize();
        assertTrue(old > 0 && old <= size);
        List<Hash> proof =
                old == size ? List.of() : journal.tree().consistency(old).path();

        PartnerClient.Answered good = add(new AddCheckpoint(old, proof, newest).encode());
        assertEquals(200, good.response().status());
        NoteSignature line = NoteSignature.parse(new String(good.body(), UTF_8).strip());
        assertEquals(partner(corridor.ita(), "PHL").card().witnessKey().keyId(), line.keyId());

        PartnerClient.Answered stale = add(new AddCheckpoint(size - 1, List.of(), newest).encode());
        assertEquals(409, stale.response().status());
        assertEquals(size + "\n", new String(stale.body(), UTF_8));
        assertTrue(stale.response().headers().get("content-type").orElse("").startsWith("text/x.tlog.size"));

        assertEquals(
                400,
                add(new AddCheckpoint(size + 1, List.of(), newest).encode())
                        .response()
                        .status());
        assertEquals(400, add("old x\n\n".getBytes(UTF_8)).response().status());
        SignedNote stranger = new Checkpoint("stranger.example/journal", 1, Hash.EMPTY_TREE)
                .sign(Ed25519NoteSigner.ofSeed("stranger.example/journal", new byte[32]));
        assertEquals(
                404,
                add(new AddCheckpoint(0, List.of(), stranger).encode())
                        .response()
                        .status());
        SignedNote forged = new Checkpoint(journal.origin(), size + 1, Hash.EMPTY_TREE)
                .sign(Ed25519NoteSigner.ofSeed(journal.origin(), new byte[32]));
        assertEquals(
                403,
                add(new AddCheckpoint(size, List.of(), forged).encode())
                        .response()
                        .status());
        assertEquals(
                422,
                add(new AddCheckpoint(size, List.of(Hash.EMPTY_TREE), newest).encode())
                        .response()
                        .status());

        String name = java.util.HexFormat.of()
                .formatHex(Digests.sha256(journal.origin().getBytes(StandardCharsets.UTF_8)));
        PartnerClient.Answered monitored =
                call(corridor.ita(), "PHL", "GET", "/witness/" + name + "/checkpoint", new byte[0]);
        assertEquals(newest.text(), SignedNote.parse(monitored.body()).text());
        Corridor.await(() -> sightingsDone("ITA"));
        assertTrue(corridor.phl().bean(JournalConflicts.class).open("ITA").isEmpty());
    }

    private PartnerClient.Answered add(byte[] body) {
        return call(corridor.ita(), "PHL", "POST", "/witness/add-checkpoint", body);
    }

    private boolean sightingsDone(String party) {
        return corridor.phl().bean(Witness.class).standings().stream()
                .filter(s -> s.party().equals(party))
                .allMatch(s -> s.waiting() == 0);
    }

    @Test
    void aCosignatureOnSomethingElseIsNotTaken() {
        SignedNote other = new Checkpoint(corridor.ita().bean(Journal.class).origin(), 1, Hash.EMPTY_TREE)
                .sign(Ed25519NoteSigner.ofSeed("x.example/journal", new byte[32]));
        assertEquals(
                400,
                call(corridor.phl(), "ITA", "POST", "/witness/cosignature", other.encode())
                        .response()
                        .status());
    }

    @Test
    void aForkStopsExchangesUntilAPersonDecides() throws Exception {
        try (Corridor own = Corridor.open()) {
            Asking asking = own.phl().bean(Asking.class);
            asking.ask(own.question(Corridor.FILIPINOS).asFresh());
            Corridor.await(() -> cosigned(own.ita(), own.phl()));
            Journal journal = own.ita().bean(Journal.class);
            Ed25519NoteSigner key = Ed25519NoteSigner.of(
                    journal.origin(), own.ita().bean(KeyRing.class).journal());
            SignedNote other = new Checkpoint(journal.origin(), 3, Hash.leaf(new byte[] {1})).sign(key);
            own.phl()
                    .bean(Sightings.class)
                    .saw(
                            "ITA",
                            Checkpoint.open(
                                    other, journal.origin(), key.verifierKey().verifier(), List.of()));
            JournalConflicts conflicts = own.phl().bean(JournalConflicts.class);
            Corridor.await(() -> partner(own.phl(), "ITA").hold().isPresent());

            EntenteException stopped = assertThrows(
                    EntenteException.class,
                    () -> asking.ask(own.question(Corridor.FILIPINOS).asFresh()));
            assertEquals(ErrorCode.PARTNER_BLOCKED, stopped.code());
            JournalConflicts.Conflict conflict = conflicts.open("ITA").getFirst();
            Contradiction.of(conflict.proof())
                    .verify(journal.origin(), key.verifierKey().verifier());
            JournalEntry entry =
                    own.phl().bean(Journal.class).entry(conflict.journalIndex()).orElseThrow();
            assertEquals("journal-conflict-found", entry.kind());
            String record =
                    new String(java.util.Objects.requireNonNull(entry.opening()).record(), UTF_8);
            assertTrue(record.contains("\\n3\\n"), record);

            // Lifting a hold is not deciding about a contradiction.
            own.phl().bean(Partners.class).lift("ITA", "no", "test");
            assertTrue(partner(own.phl(), "ITA").hold().isPresent());
            Witness witness = own.phl().bean(Witness.class);
            var analyst = own.phl().user("ana", Roles.STATISTICIAN);
            assertEquals(
                    ErrorCode.FORBIDDEN,
                    assertThrows(
                                    EntenteException.class,
                                    () -> witness.resolve("ITA", JournalConflicts.Followed.HELD, "x", analyst))
                            .code());
            witness.resolve(
                    "ITA",
                    JournalConflicts.Followed.HELD,
                    "a test signed by hand, settled by telephone",
                    own.phl().user("adm", Roles.ADMINISTRATOR));
            assertFalse(partner(own.phl(), "ITA").hold().isPresent());
            asking.ask(own.question(Corridor.FILIPINOS).asFresh());
            Corridor.await(() -> witness.standings().getFirst().waiting() == 0);
            assertTrue(conflicts.open("ITA").isEmpty());
        }
    }

    @Test
    void aPartnerThatIsDownIsNoFinding() {
        try (Corridor own = Corridor.open()) {
            own.phl().bean(Asking.class).ask(own.question(Corridor.FILIPINOS).asFresh());
            own.ita().stop();
            Witness witness = own.phl().bean(Witness.class);
            EntenteException down =
                    assertThrows(EntenteException.class, () -> witness.follow(partner(own.phl(), "ITA"), true));
            assertEquals(ErrorCode.PARTNER_UNREACHABLE, down.code());
            assertTrue(own.phl().bean(JournalConflicts.class).open(null).isEmpty());
            own.ita().restart();
            Corridor.await(() -> cosigned(own.ita(), own.phl()));
        }
    }
}
