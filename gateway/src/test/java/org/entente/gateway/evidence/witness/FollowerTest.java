package org.entente.gateway.evidence.witness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.entente.crypto.VerificationException;
import org.entente.crypto.canonical.CanonicalJson;
import org.entente.crypto.journal.Checkpoint;
import org.entente.crypto.journal.CosignatureSigner;
import org.entente.crypto.journal.JournalKeys;
import org.entente.crypto.journal.SignedNote;
import org.entente.gateway.partners.Sightings;
import org.entente.gateway.partners.Sightings.Sighting;
import org.entente.gateway.testing.TestNode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What a witness finds in a partner's journal: nothing, or what is wrong with it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FollowerTest {
    private final TestNode node = TestNode.plan("PHL").startWithoutListeners();
    private final CosignatureSigner signer =
            CosignatureSigner.ofSeed("phl.example/witness", new byte[32], Clock.systemUTC());
    private Sightings sightings;
    private WitnessTables tables;
    private String origin;
    private ServedJournal partner;

    @BeforeAll
    void beans() {
        sightings = node.bean(Sightings.class);
        tables = node.bean(WitnessTables.class);
    }

    @AfterAll
    void close() {
        node.close();
    }

    @BeforeEach
    void anotherPartner() {
        origin = "ita.example/" + UUID.randomUUID() + "/journal";
        partner = new ServedJournal("ITA", origin);
    }

    private WitnessTables.Log log() {
        return new WitnessTables.Log("ITA", origin);
    }

    private Follower following(ServedJournal journal) {
        try {
            return new Follower(
                    tables,
                    sightings,
                    log(),
                    JournalKeys.of(journal.signer().verifierKey().verifier()),
                    journal);
        } catch (VerificationException e) {
            throw new IllegalStateException(e);
        }
    }

    private void seen(Sighting... some) {
        sightings.keep(List.of(some));
    }

    private static void sound(Follower.Finding finding) {
        assertInstanceOf(Follower.Finding.Sound.class, finding, finding::toString);
    }

    private Contradiction forked(Follower.Finding finding) throws VerificationException {
        Follower.Finding.Forked forked = assertInstanceOf(Follower.Finding.Forked.class, finding, finding::toString);
        // What goes into the journal convinces anybody who has nothing but it and the partner's key.
        Contradiction read = Contradiction.of(
                CanonicalJson.parseStrict(CanonicalJson.encode(forked.proof().toJson())));
        read.verify(origin, partner.signer().verifierKey().verifier());
        return read;
    }

    @Test
    void everySizeThatWasSeenIsRecomputedAndTheNewestCosigned() throws Exception {
        partner.grow(1_000, "a");
        List<Sighting> all = new ArrayList<>();
        for (long size : new long[] {1, 2, 255, 256, 257, 511, 512, 700, 999}) {
            all.add(partner.at(size));
        }
        sightings.keep(all);
        Follower follower = following(partner);
        sound(follower.round(false));
        assertNull(follower.cosign(List.of(signer)));
        follower.deliver();

        WitnessTables.Tree tree = tables.tree(log());
        assertEquals(999, tree.size());
        assertEquals(partner.root(999), tree.root());
        assertEquals(4, partner.tilesRead());
        assertEquals(List.of(), sightings.waiting("ITA", origin, 10));
        SignedNote cosigned = partner.delivered.getLast();
        Checkpoint.Opened opened = Checkpoint.open(
                cosigned,
                origin,
                partner.signer().verifierKey().verifier(),
                List.of(signer.verifierKey().verifier()));
        assertEquals(999, opened.checkpoint().size());
        assertEquals(1, opened.cosignatures().size());
        assertEquals(999, tables.tree(log()).delivered());
    }

    @Test
    void growthReadsOnlyWhatIsNewAndEndsAtTheSameTree() {
        partner.grow(300, "a");
        seen(partner.at(300));
        sound(following(partner).round(false));
        partner.grow(70_000, "a");
        int before = partner.tilesRead();
        seen(partner.at(65_536), partner.at(70_300));
        sound(following(partner).round(false));
        assertEquals(70_300 / 256 - 300 / 256 + 1, partner.tilesRead() - before);
        HeldTree held = new HeldTree(tables, log());
        for (long size : new long[] {1, 256, 300, 301, 65_535, 65_536, 70_300}) {
            assertEquals(partner.root(size), held.root(size));
        }
    }

    @Test
    void theNewestCheckpointIsAskedForWithoutAnExchange() {
        partner.grow(40, "a");
        sound(following(partner).round(true));
        assertEquals(40, tables.tree(log()).size());
    }

    @Test
    void twoRootsForOneSizeAreAFork() throws Exception {
        partner.grow(50, "a");
        seen(partner.at(50), partner.branch(20, 30, "b").at(50));
        Contradiction proof = forked(following(partner).round(false));
        assertEquals(0, proof.proof().size());
        assertEquals(0, tables.tree(log()).size());
    }

    @Test
    void aRewrittenJournalContradictsWhatWasCosigned() throws Exception {
        partner.grow(300, "a");
        seen(partner.at(300));
        Follower follower = following(partner);
        sound(follower.round(false));
        assertNull(follower.cosign(List.of(signer)));
        ServedJournal rewritten = partner.branch(17, 600, "b");
        seen(rewritten.at(617));
        Contradiction proof = forked(following(rewritten).round(false));
        assertEquals(300, Checkpoint.parse(proof.older().text()).size());
        assertEquals(617, Checkpoint.parse(proof.newer().text()).size());
        assertEquals(300, tables.tree(log()).size(), "what was verified stays");
        assertEquals(partner.root(300), new HeldTree(tables, log()).root(300));
    }

    @Test
    void anEarlierCheckpointOfAnotherBranchIsAFork() throws Exception {
        partner.grow(300, "a");
        seen(partner.at(300));
        sound(following(partner).round(false));
        seen(partner.branch(100, 50, "b").at(150));
        Contradiction proof = forked(following(partner).round(false));
        assertEquals(150, Checkpoint.parse(proof.older().text()).size());
    }

    @Test
    void aBranchThatWasShownOnceAndNeverServedIsAFork() throws Exception {
        partner.grow(300, "a");
        seen(partner.at(100), partner.branch(100, 50, "b").at(150), partner.at(200));
        Contradiction proof = forked(following(partner).round(false));
        assertEquals(150, Checkpoint.parse(proof.older().text()).size());
        assertEquals(200, Checkpoint.parse(proof.newer().text()).size());
    }

    @Test
    void aBranchShownWithAnAnswerIsFoundWhenAnotherOneIsServed() throws Exception {
        ServedJournal shown = new ServedJournal("ITA", origin).grow(100, "a");
        ServedJournal served = shown.branch(60, 90, "b");
        seen(shown.at(100));
        Contradiction proof = forked(following(served).round(false));
        assertEquals(100, Checkpoint.parse(proof.older().text()).size());
        assertEquals(150, Checkpoint.parse(proof.newer().text()).size());
    }

    @Test
    void twoCheckpointsOfOneJournalAreNoContradiction() {
        partner.grow(300, "a");
        Contradiction claimed =
                new Contradiction(partner.at(100).note(), partner.at(300).note(), partner.root(100), List.of());
        assertThrows(
                VerificationException.class,
                () -> claimed.verify(origin, partner.signer().verifierKey().verifier()));
        Contradiction same =
                new Contradiction(partner.at(100).note(), partner.at(100).note(), partner.root(100), List.of());
        VerificationException e = assertThrows(
                VerificationException.class,
                () -> same.verify(origin, partner.signer().verifierKey().verifier()));
        assertTrue(e.sentence().contains("begins with"), e.sentence());
    }

    @Test
    void aJournalThatServesLessThanItHasSignedIsShorter() {
        partner.grow(300, "a");
        seen(partner.at(300));
        sound(following(partner).round(false));
        partner.leaves.subList(200, 300).clear();
        Follower.Finding.Shorter shorter = assertInstanceOf(
                Follower.Finding.Shorter.class, following(partner).round(true));
        assertTrue(shorter.known().text().contains("\n300\n"));
        assertTrue(shorter.served().text().contains("\n200\n"));
        sound(following(partner).round(false));
    }

    @Test
    void damagedTilesAreNoForkAndLeaveNothingBehind() {
        partner.grow(300, "a");
        seen(partner.at(300));
        partner.tileChange = tile -> {
            tile[40] ^= 1;
            return tile;
        };
        Follower.Finding.Unusable unusable = assertInstanceOf(
                Follower.Finding.Unusable.class, following(partner).round(false));
        assertTrue(unusable.sentence().contains("300"), unusable.sentence());
        assertEquals(0, tables.tree(log()).size());
        partner.tileChange = tile -> tile;
        sound(following(partner).round(false));
        assertEquals(300, tables.tree(log()).size());
    }

    @Test
    void tilesThatAreNotServedAreNoForkEither() {
        partner.grow(300, "a");
        Sighting shown = partner.at(300);
        partner.leaves.subList(280, 300).clear();
        seen(shown);
        assertInstanceOf(Follower.Finding.Unusable.class, following(partner).round(false));
    }

    @Test
    void aCosignatureIsDurableBeforeItIsHandedOver() {
        partner.grow(10, "a");
        seen(partner.at(10));
        Follower follower = following(partner);
        sound(follower.round(false));
        follower.cosign(List.of(signer));
        assertEquals(List.of(), partner.delivered);
        assertNotNull(tables.tree(log()).cosigned());
        assertEquals(10, tables.tree(log()).cosignedSize());
        // Another process of the node, after this one was killed, hands over the very same.
        following(partner).deliver();
        assertEquals(
                String.valueOf(tables.tree(log()).cosigned()),
                partner.delivered.getFirst().toString());
        following(partner).deliver();
        assertEquals(1, partner.delivered.size());
    }
}
