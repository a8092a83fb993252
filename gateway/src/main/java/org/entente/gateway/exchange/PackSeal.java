package org.entente.gateway.exchange;

import jakarta.inject.Singleton;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.UUID;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
import org.entente.gateway.base.NodeSecret;

/**
 * Keeps a crisis pack sealed at rest: AES-256-GCM (NIST SP 800-38D) under a key of this node, 96 bits of nonce before the ciphertext, the
 * pack's id as additional data. Whoever has only the database cannot read a pack; opening one is the gateway's act and leaves a journal entry.
 */
@Singleton
final class PackSeal {
    private static final String PURPOSE = "crisis-pack";
    private static final String TRANSFORMATION = "AES/GCM/NoPadding";
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    private final NodeSecret secret;
    private final SecureRandom random;

    PackSeal(NodeSecret secret, SecureRandom random) {
        this.secret = secret;
        this.random = random;
    }

    byte[] seal(UUID pack, byte[] document) {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        try {
            byte[] sealed = cipher(Cipher.ENCRYPT_MODE, pack, nonce).doFinal(document);
            return ByteBuffer.allocate(NONCE_BYTES + sealed.length)
                    .put(nonce)
                    .put(sealed)
                    .array();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has AES-GCM", e);
        }
    }

    /** @throws EntenteException {@code internal-error} if it was sealed by another node or is no longer what was sealed */
    byte[] open(UUID pack, byte[] sealed) {
        byte[] nonce = Arrays.copyOf(sealed, NONCE_BYTES);
        try {
            return cipher(Cipher.DECRYPT_MODE, pack, nonce).doFinal(sealed, NONCE_BYTES, sealed.length - NONCE_BYTES);
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new EntenteException(
                    ErrorCode.INTERNAL_ERROR,
                    "The crisis pack " + pack
                            + " cannot be opened: it was sealed under another node secret, or changed.",
                    e);
        }
    }

    private Cipher cipher(int mode, UUID pack, byte[] nonce) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance(TRANSFORMATION);
        cipher.init(mode, new SecretKeySpec(secret.derive(PURPOSE), "AES"), new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(org.entente.gateway.base.Uuids.toBytes(pack));
        return cipher;
    }
}
