package org.entente.crypto.journal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.entente.crypto.VerificationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TlogProofTest {
    private static final String ORIGIN = "ita.example/journal";

    private final Ed25519NoteSigner log = Ed25519NoteSigner.ofSeed(ORIGIN, new byte[32]);
    private final SaltedRecord salted = SaltedRecord.of(new byte[32], "{\"kind\":\"asked\"}".getBytes(UTF_8));
    private final TlogProof proof = proof(300, 299, salted);

    private TlogProof proof(int size, int index, SaltedRecord at) {
        List<Hash> leaves = new ArrayList<>(Trees.leaves(0, size));
        leaves.set(index, at.leaf());
        MerkleTree tree = RightEdge.empty().append(leaves).tree();
        SignedNote checkpoint = new Checkpoint(ORIGIN, size, tree.root()).sign(log);
        return new TlogProof(index, tree.inclusion(index).path(), checkpoint, at.encode());
    }

    @Test
    void aProofIsReadAsWrittenAndYieldsItsRecord() throws VerificationException {
        TlogProof read = TlogProof.parse(proof.encode());
        assertEquals(proof, read);
        assertArrayEquals(proof.encode(), read.encode());
        assertEquals(salted, read.verifyRecord(ORIGIN, log.verifierKey().verifier(), List.of()));
    }

    @Test
    void theFirstEntryOfATreeNeedsNoPath() throws VerificationException {
        TlogProof first = TlogProof.parse(proof(1, 0, salted).encode());
        assertEquals(List.of(), first.path());
        first.verifyRecord(ORIGIN, log.verifierKey().verifier(), List.of());
    }

    @Test
    void withoutExtraTheEntryMustBeAtHand() throws VerificationException {
        TlogProof bare = TlogProof.parse(proof.withoutExtra().encode());
        assertTrue(bare.extra().isEmpty());
        bare.verify(salted.leaf(), ORIGIN, log.verifierKey().verifier(), List.of());
        assertThrows(
                VerificationException.class,
                () -> bare.verifyRecord(ORIGIN, log.verifierKey().verifier(), List.of()));
    }

    /** The extra line is covered by no signature, but the entry is computed from it. */
    @Test
    void anyFlippedBitIsNoticed() throws VerificationException {
        byte[] good = proof.encode();
        NoteVerifier key = log.verifierKey().verifier();
        for (int position = 0; position < good.length; position++) {
            for (int bit = 0; bit < 8; bit++) {
                byte[] spoiled = good.clone();
                spoiled[position] ^= (byte) (1 << bit);
                String where = "byte " + position + " bit " + bit;
                assertThrows(
                        VerificationException.class,
                        () -> TlogProof.parse(spoiled).verifyRecord(ORIGIN, key, List.of()),
                        where);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "c2sp.org/tlog-proof@v1",
                "c2sp.org/tlog-proof@v2\nindex 0\n\n",
                "c2sp.org/tlog-proof@v1\nindex 00\n\n",
                "c2sp.org/tlog-proof@v1\nindex -1\n\n",
                "c2sp.org/tlog-proof@v1\nindex 0\n",
                "c2sp.org/tlog-proof@v1\nindex 0\nAAAA\n\n",
                "c2sp.org/tlog-proof@v1\nextra !\nindex 0\n\n",
                "c2sp.org/tlog-proof@v1\nindex 0\nextra AAAA\n\n",
                "c2sp.org/tlog-proof@v1\nindex 0\n\nno checkpoint\n"
            })
    void whatIsNoProofIsRefused(String text) {
        assertThrows(VerificationException.class, () -> TlogProof.parse(text.getBytes(UTF_8)));
    }

    @Test
    void aPathBeyondAnyTreeIsRefused() {
        String hash = Trees.leaf(0) + "\n";
        byte[] text =
                ("c2sp.org/tlog-proof@v1\nindex 0\n" + hash.repeat(64) + "\n" + proof.checkpoint()).getBytes(UTF_8);
        assertThrows(VerificationException.class, () -> TlogProof.parse(text));
    }

    @Test
    void bundlesCutShortAreRefused() throws VerificationException {
        byte[] bundle = EntryBundle.encode(List.of(salted.entry(), salted.entry()));
        assertEquals(2, EntryBundle.parse(bundle).size());
        assertEquals(List.of(), EntryBundle.parse(new byte[0]));
        byte[] shorter = java.util.Arrays.copyOf(bundle, bundle.length - 1);
        assertThrows(VerificationException.class, () -> EntryBundle.parse(shorter));
        assertThrows(VerificationException.class, () -> EntryBundle.parse(new byte[1]));
        assertThrows(VerificationException.class, () -> EntryBundle.parse(new byte[2 * 257]));
        assertThrows(IllegalArgumentException.class, () -> EntryBundle.encode(List.of(new byte[65_536])));
    }

    @Test
    void aRecordWithoutSaltIsRefused() {
        assertThrows(VerificationException.class, () -> SaltedRecord.parse(new byte[32]));
        assertThrows(IllegalArgumentException.class, () -> SaltedRecord.of(new byte[31], new byte[1]));
    }
}
