package org.entente.crypto.envelope;

import java.io.IOException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.util.Arrays;
import org.bouncycastle.crypto.AsymmetricCipherKeyPair;
import org.bouncycastle.crypto.InvalidCipherTextException;
import org.bouncycastle.crypto.hpke.HPKE;
import org.bouncycastle.crypto.hpke.HPKEContext;
import org.bouncycastle.crypto.hpke.HPKEContextWithEncapsulation;
import org.bouncycastle.crypto.util.PrivateKeyFactory;
import org.bouncycastle.crypto.util.PublicKeyFactory;
import org.entente.crypto.VerificationException;
import org.entente.crypto.VerificationException.Reason;

/**
 * Encryption to an EC P-256 key: HPKE in base mode, single shot (RFC 9180 section 6.1), with DHKEM(P-256, HKDF-SHA256), HKDF-SHA256 and
 * AES-256-GCM. It hides; it does not say who has sealed. What is inside carries its own signatures.
 */
public final class Envelope {
    /** An uncompressed point of P-256 (RFC 9180 section 7.1, Nenc). */
    private static final int ENCAPSULATION = 65;

    private Envelope() {}

    /**
     * Seals content.
     *
     * @param recipient EC P-256
     * @param info what the envelope is for; the same to open it
     * @param context what must be the same when it is opened, and is not hidden by it
     * @return the encapsulated key (65 bytes) and the ciphertext
     */
    public static byte[] seal(PublicKey recipient, byte[] info, byte[] context, byte[] content) {
        try {
            HPKEContextWithEncapsulation sender =
                    suite().setupBaseS(PublicKeyFactory.createKey(recipient.getEncoded()), info);
            byte[] encapsulation = sender.getEncapsulation();
            byte[] sealed = sender.seal(context, content);
            byte[] whole = Arrays.copyOf(encapsulation, encapsulation.length + sealed.length);
            System.arraycopy(sealed, 0, whole, encapsulation.length, sealed.length);
            return whole;
        } catch (IOException | InvalidCipherTextException e) {
            throw new IllegalArgumentException("the recipient's key is none for an envelope", e);
        }
    }

    /**
     * Opens what {@link #seal} has sealed.
     *
     * @param key the recipient's private key
     * @param publicKey the recipient's public key
     * @throws VerificationException with MALFORMED if it was sealed to another key or for something else, or was changed
     */
    public static byte[] open(PrivateKey key, PublicKey publicKey, byte[] info, byte[] context, byte[] sealed)
            throws VerificationException {
        if (sealed.length <= ENCAPSULATION) {
            throw new VerificationException(Reason.MALFORMED, "The envelope is cut short.");
        }
        try {
            AsymmetricCipherKeyPair own = new AsymmetricCipherKeyPair(
                    PublicKeyFactory.createKey(publicKey.getEncoded()), PrivateKeyFactory.createKey(key.getEncoded()));
            HPKEContext recipient = suite().setupBaseR(Arrays.copyOf(sealed, ENCAPSULATION), own, info);
            return recipient.open(context, Arrays.copyOfRange(sealed, ENCAPSULATION, sealed.length));
        } catch (IOException | InvalidCipherTextException | IllegalArgumentException e) {
            throw new VerificationException(
                    Reason.MALFORMED, "The envelope was sealed to another key, or changed on its way.", e);
        }
    }

    private static HPKE suite() {
        return new HPKE(HPKE.mode_base, HPKE.kem_P256_SHA256, HPKE.kdf_HKDF_SHA256, HPKE.aead_AES_GCM256);
    }
}
