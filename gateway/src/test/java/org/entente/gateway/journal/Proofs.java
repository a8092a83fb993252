package org.entente.gateway.journal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.entente.crypto.VerificationException;
import org.entente.crypto.journal.Checkpoint;
import org.entente.crypto.journal.Ed25519NoteSigner;
import org.entente.crypto.journal.SaltedRecord;
import org.entente.crypto.journal.TlogProof;
import org.junit.jupiter.api.Assertions;

/** Verifies appended entries as a partner would: from the bytes of the proof alone. */
final class Proofs {
    private Proofs() {}

    static Checkpoint verify(Appended appended, Ed25519NoteSigner signer) {
        try {
            TlogProof proof = TlogProof.parse(appended.proof().encode());
            assertEquals(appended.index(), proof.index());
            SaltedRecord opened = proof.verifyRecord(
                    JournalFixture.ORIGIN, signer.verifierKey().verifier(), List.of());
            assertArrayEquals(appended.salt(), opened.salt());
            assertArrayEquals(appended.record(), opened.record());
            return Checkpoint.parse(proof.checkpoint().text());
        } catch (VerificationException e) {
            throw new AssertionError(e);
        }
    }

    /** The failure of an append, of the given kind. */
    static <T extends Exception> T failure(Class<T> kind, CompletableFuture<Appended> append) {
        CompletionException e = Assertions.assertThrows(CompletionException.class, append::join);
        return Assertions.assertInstanceOf(kind, e.getCause());
    }
}
