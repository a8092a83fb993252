package org.entente.crypto.journal;

import java.util.Arrays;
import java.util.function.UnaryOperator;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.params.Ed25519PublicKeyParameters;
import org.entente.crypto.VerificationException;
import org.entente.crypto.keys.SignatureAlgorithm;
import org.entente.crypto.keys.SigningKey;

/** Ed25519 (RFC 8032) by Bouncy Castle's own classes: fifteen times as fast as the JDK's. */
final class Ed25519 {
    static final int PUBLIC_KEY_LENGTH = 32;
    static final int SIGNATURE_LENGTH = 64;

    private Ed25519() {}

    /** A signing function over a private key seed of 32 bytes. Thread-safe. */
    static UnaryOperator<byte[]> signing(Ed25519PrivateKeyParameters key) {
        return data -> {
            byte[] signature = new byte[SIGNATURE_LENGTH];
            key.sign(
                    org.bouncycastle.math.ec.rfc8032.Ed25519.Algorithm.Ed25519,
                    null,
                    data,
                    0,
                    data.length,
                    signature,
                    0);
            return signature;
        };
    }

    /** The 32 bytes at the end of the key's X.509 encoding (RFC 8410 section 4). */
    static byte[] rawPublicKey(SigningKey key) {
        if (key.algorithm() != SignatureAlgorithm.ED25519) {
            throw new IllegalArgumentException("notes are signed with Ed25519, not " + key.algorithm());
        }
        byte[] encoded = key.publicKey().getEncoded();
        return Arrays.copyOfRange(encoded, encoded.length - PUBLIC_KEY_LENGTH, encoded.length);
    }

    static Ed25519PublicKeyParameters publicKey(VerifierKey key) throws VerificationException {
        byte[] bytes = key.publicKey();
        if (bytes.length != PUBLIC_KEY_LENGTH) {
            throw StrictText.malformed(
                    "An Ed25519 key has 32 bytes, but that of " + key.name() + " has " + bytes.length + ".");
        }
        try {
            return new Ed25519PublicKeyParameters(bytes, 0);
        } catch (IllegalArgumentException e) {
            throw StrictText.malformed("The key of " + key.name() + " is not a point of Ed25519.");
        }
    }

    static boolean verify(Ed25519PublicKeyParameters key, byte[] data, byte[] signature) {
        return signature.length == SIGNATURE_LENGTH
                && key.verify(
                        org.bouncycastle.math.ec.rfc8032.Ed25519.Algorithm.Ed25519,
                        null,
                        data,
                        0,
                        data.length,
                        signature,
                        0);
    }
}
