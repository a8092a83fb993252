package org.entente.crypto.envelope;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.util.Arrays;
import org.entente.crypto.VerificationException;
import org.junit.jupiter.api.Test;

class EnvelopeTest {
    private static final byte[] INFO = "test/1".getBytes(StandardCharsets.UTF_8);
    private static final byte[] CONTEXT = "to PHL".getBytes(StandardCharsets.UTF_8);
    private static final byte[] CONTENT = "figures that nobody else reads".getBytes(StandardCharsets.UTF_8);

    private final KeyPair own = keys();

    private static KeyPair keys() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (java.security.GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private byte[] open(KeyPair by, byte[] info, byte[] context, byte[] sealed) throws VerificationException {
        return Envelope.open(by.getPrivate(), by.getPublic(), info, context, sealed);
    }

    @Test
    void theHolderOfTheKeyReadsItAndItDoesNotShow() throws VerificationException {
        byte[] sealed = Envelope.seal(own.getPublic(), INFO, CONTEXT, CONTENT);
        assertArrayEquals(CONTENT, open(own, INFO, CONTEXT, sealed));
        assertFalse(new String(sealed, StandardCharsets.ISO_8859_1).contains("figures"));
        assertFalse(Arrays.equals(sealed, Envelope.seal(own.getPublic(), INFO, CONTEXT, CONTENT)), "each is another");
    }

    @Test
    void anotherKeyPurposeOrContextAndEveryChangedByteIsRefused() {
        byte[] sealed = Envelope.seal(own.getPublic(), INFO, CONTEXT, CONTENT);
        assertThrows(VerificationException.class, () -> open(keys(), INFO, CONTEXT, sealed));
        assertThrows(VerificationException.class, () -> open(own, CONTEXT, CONTEXT, sealed));
        assertThrows(VerificationException.class, () -> open(own, INFO, INFO, sealed));
        assertThrows(VerificationException.class, () -> open(own, INFO, CONTEXT, Arrays.copyOf(sealed, 20)));
        for (int i = 0; i < sealed.length; i++) {
            byte[] changed = sealed.clone();
            changed[i] ^= 1;
            assertThrows(VerificationException.class, () -> open(own, INFO, CONTEXT, changed), "byte " + i);
        }
    }
}
