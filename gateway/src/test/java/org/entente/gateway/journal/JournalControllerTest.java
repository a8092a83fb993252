package org.entente.gateway.journal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.entente.crypto.journal.Checkpoint;
import org.entente.crypto.journal.Hash;
import org.entente.crypto.journal.MerkleTree;
import org.entente.crypto.journal.TileHashReader;
import org.entente.crypto.message.Headers;
import org.entente.gateway.base.Database;
import org.entente.gateway.partners.NodeIdentity;
import org.entente.gateway.partners.PartnerClient;
import org.entente.gateway.partners.Partners;
import org.entente.gateway.testing.Corridor;
import org.entente.gateway.testing.TestNode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** A journal as a partner reads it over HTTP: C2SP tlog-tiles below {@code /journal}. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class JournalControllerTest {
    private static final int ENTRIES = 300;

    private TestNode ita;
    private TestNode phl;

    @BeforeAll
    void start() {
        ita = TestNode.start("ITA");
        phl = TestNode.plan("PHL").startWithoutListeners();
        Corridor.introduce(phl, ita);
        Corridor.introduce(ita, phl);
        Journal journal = ita.bean(Journal.class);
        Collections.nCopies(ENTRIES, "a note").stream()
                .map(text -> journal.appendAsync(new Draft("note", Map.of("text", text), null, List.of())))
                .toList()
                .forEach(CompletableFuture::join);
    }

    @AfterAll
    void stop() {
        phl.close();
        ita.close();
    }

    private PartnerClient.Answered get(String path) {
        return phl.bean(PartnerClient.class)
                .call(phl.bean(Partners.class).require("ITA"), "GET", path, Headers.EMPTY, new byte[0], false);
    }

    private byte[] bytes(String path) {
        PartnerClient.Answered answer = get(path);
        assertEquals(200, answer.response().status(), path);
        return answer.body();
    }

    private String header(String path, String name) {
        return get(path).response().headers().get(name).orElse("");
    }

    private void absent(String path) {
        PartnerClient.Answered answer = get(path);
        assertEquals(404, answer.response().status(), path);
        assertTrue(new String(answer.body(), UTF_8).contains("/errors/not-found"), path);
        assertEquals("", answer.response().headers().get("cache-control").orElse(""), path);
    }

    private Checkpoint checkpoint() throws Exception {
        return Checkpoint.open(
                        bytes("/journal/checkpoint"),
                        ita.bean(Journal.class).origin(),
                        ita.bean(NodeIdentity.class)
                                .current()
                                .card()
                                .journalKey()
                                .verifier(),
                        List.of())
                .checkpoint();
    }

    /** The newest signed checkpoint once nothing more is being signed. */
    private Checkpoint settled() {
        Journal journal = ita.bean(Journal.class);
        Corridor.await(() -> sizeOf(checkpointUnchecked()) == journal.size());
        return checkpointUnchecked();
    }

    private Checkpoint checkpointUnchecked() {
        try {
            return checkpoint();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static long sizeOf(Checkpoint checkpoint) {
        return checkpoint.size();
    }

    @Test
    void theCheckpointIsASignedNoteThatIsCachedForAMomentOnly() throws Exception {
        assertTrue(checkpoint().size() >= ENTRIES);
        assertEquals("text/plain; charset=utf-8", header("/journal/checkpoint", "content-type"));
        assertEquals("public, max-age=1", header("/journal/checkpoint", "cache-control"));
    }

    @Test
    void theTilesYieldTheRootOfTheCheckpoint() {
        Checkpoint checkpoint = settled();
        TileHashReader reader = new TileHashReader(checkpoint.size(), id -> bytes("/journal/" + id.path()));
        assertEquals(checkpoint.root(), new MerkleTree(checkpoint.size(), reader).root());
    }

    @Test
    void tilesAreOctetsThatNeverChange() {
        assertEquals(256 * Hash.LENGTH, bytes("/journal/tile/0/000").length);
        assertEquals("application/octet-stream", header("/journal/tile/0/000", "content-type"));
        assertEquals("public, max-age=31536000, immutable", header("/journal/tile/0/000", "cache-control"));
        assertEquals("public, max-age=31536000, immutable", header("/journal/tile/entries/000", "cache-control"));
    }

    @Test
    void aPartialTileIsTheBeginningOfTheTileAtAnyWidthThatTheTreeHasHad() {
        byte[] full = bytes("/journal/tile/0/000");
        assertArrayEquals(Arrays.copyOf(full, 7 * Hash.LENGTH), bytes("/journal/tile/0/000.p/7"));
        byte[] second = bytes("/journal/tile/0/001.p/40");
        assertEquals(40 * Hash.LENGTH, second.length);
        assertArrayEquals(Arrays.copyOf(second, 13 * Hash.LENGTH), bytes("/journal/tile/0/001.p/13"));
        assertEquals(Hash.LENGTH, bytes("/journal/tile/1/000.p/1").length);
        absent("/journal/tile/0/001");
        absent("/journal/tile/0/001.p/255");
        absent("/journal/tile/1/000");
        absent("/journal/tile/0/002.p/1");
    }

    @Test
    void entriesAreTheCommitmentsBelowTheTile() {
        byte[] bundle = bytes("/journal/tile/entries/001.p/40");
        List<byte[]> stored = ita.bean(Database.class)
                .query(
                        "SELECT entry FROM journal_entry WHERE idx BETWEEN 256 AND 295 ORDER BY idx",
                        r -> r.bytes("entry"));
        ByteBuffer expected = ByteBuffer.allocate(40 * (Short.BYTES + Hash.LENGTH));
        stored.forEach(entry -> expected.putShort((short) entry.length).put(entry));
        assertArrayEquals(expected.array(), bundle);
        absent("/journal/tile/entries/001");
        absent("/journal/tile/entries/007");
    }

    @Test
    void pathsThatAreNoTilePathsAreNotFound() {
        for (String path : List.of(
                "tile/0/0",
                "tile/0/000.p/0",
                "tile/0/000.p/256",
                "tile/0/000.p/07",
                "tile/64/000",
                "tile/-1/000",
                "tile/0/x000",
                "tile/0/x001/000",
                "tile/entries/000.p/0",
                "tile/data/000",
                "entries",
                "latest")) {
            absent("/journal/" + path);
        }
    }
}
