package org.entente.crypto.journal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class RememberingVerifierTest {
    private final Ed25519NoteSigner log = Ed25519NoteSigner.ofSeed("ita.example/journal", new byte[32]);
    private final AtomicInteger looked = new AtomicInteger();
    private final RememberingVerifier verifier = new RememberingVerifier(counting());

    private NoteVerifier counting() {
        return new NoteVerifier() {
            private final NoteVerifier real = verifierOf(log);

            @Override
            public String name() {
                return real.name();
            }

            @Override
            public int keyId() {
                return real.keyId();
            }

            @Override
            public boolean verify(byte[] text, byte[] signature) {
                looked.incrementAndGet();
                return real.verify(text, signature);
            }
        };
    }

    private static NoteVerifier verifierOf(Ed25519NoteSigner signer) {
        try {
            return signer.verifierKey().verifier();
        } catch (org.entente.crypto.VerificationException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aGoodSignatureIsVerifiedOnce() {
        byte[] text = "ita.example/journal\n1\n".getBytes(UTF_8);
        byte[] signature = log.sign(text);
        assertTrue(verifier.verify(text, signature));
        assertTrue(verifier.verify(text.clone(), signature.clone()));
        assertEquals(1, looked.get());
    }

    @Test
    void aGoodSignatureSaysNothingOfAnotherText() {
        byte[] text = "ita.example/journal\n1\n".getBytes(UTF_8);
        byte[] signature = log.sign(text);
        assertTrue(verifier.verify(text, signature));
        byte[] other = "ita.example/journal\n2\n".getBytes(UTF_8);
        assertFalse(verifier.verify(other, signature));
        assertFalse(verifier.verify(other, signature), "and a bad one is looked at again");
        assertEquals(3, looked.get());
    }

    @Test
    void whereTheSignatureEndsAndTheTextBeginsIsPartOfWhatIsRemembered() {
        byte[] text = "ita.example/journal\n1\n".getBytes(UTF_8);
        byte[] signature = log.sign(text);
        assertTrue(verifier.verify(text, signature));
        byte[] longer = new byte[signature.length + 1];
        System.arraycopy(signature, 0, longer, 0, signature.length);
        longer[signature.length] = text[0];
        byte[] shorter = java.util.Arrays.copyOfRange(text, 1, text.length);
        assertFalse(verifier.verify(shorter, longer));
    }

    @Test
    void onlyTheLatestAreRemembered() {
        byte[] first = "ita.example/journal\n0\n".getBytes(UTF_8);
        byte[] signature = log.sign(first);
        verifier.verify(first, signature);
        for (int size = 1; size <= 256; size++) {
            byte[] text = ("ita.example/journal\n" + size + "\n").getBytes(UTF_8);
            verifier.verify(text, log.sign(text));
        }
        assertEquals(257, looked.get());
        assertTrue(verifier.verify(first, signature));
        assertEquals(258, looked.get());
    }
}
