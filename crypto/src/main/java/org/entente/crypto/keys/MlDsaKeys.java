package org.entente.crypto.keys;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.spec.X509EncodedKeySpec;
import org.bouncycastle.crypto.params.MLDSAPrivateKeyParameters;
import org.bouncycastle.crypto.util.PrivateKeyFactory;
import org.bouncycastle.crypto.util.PrivateKeyInfoFactory;
import org.bouncycastle.crypto.util.SubjectPublicKeyInfoFactory;

/**
 * ML-DSA keys (FIPS 204) as their 32-byte seeds. The platform's own provider reads only expanded private keys, so the key
 * object is Bouncy Castle's, and a key file keeps the seed.
 */
final class MlDsaKeys {
    static final int SEED_LENGTH = 32;

    private MlDsaKeys() {}

    /** Names an ML-DSA private key in the platform's terms; it encodes itself as PKCS#8 with the seed. */
    private record Seeded(SignatureAlgorithm algorithm, byte[] seed) implements PrivateKey {
        @Override
        public String getAlgorithm() {
            return algorithm.joseName();
        }

        @Override
        public String getFormat() {
            return "PKCS#8";
        }

        @Override
        public byte[] getEncoded() {
            try {
                return PrivateKeyInfoFactory.createPrivateKeyInfo(parameters(algorithm, seed))
                        .getEncoded();
            } catch (IOException e) {
                throw new IllegalStateException("an ML-DSA key that was just made cannot be encoded", e);
            }
        }

        @Override
        public String toString() {
            return algorithm.joseName(); // never the seed
        }
    }

    static KeyPair generate(SignatureAlgorithm algorithm, SecureRandom random) {
        byte[] seed = new byte[SEED_LENGTH];
        random.nextBytes(seed);
        return ofSeed(algorithm, seed);
    }

    static KeyPair ofSeed(SignatureAlgorithm algorithm, byte[] seed) {
        try {
            byte[] spki = SubjectPublicKeyInfoFactory.createSubjectPublicKeyInfo(
                            parameters(algorithm, seed).getPublicKeyParameters())
                    .getEncoded();
            // the provider is named: without it the platform falls through to whichever other one is installed
            PublicKey publicKey = KeyFactory.getInstance("ML-DSA", "SUN").generatePublic(new X509EncodedKeySpec(spki));
            return new KeyPair(publicKey, new Seeded(algorithm, seed.clone()));
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException("an ML-DSA key that was just made cannot be read back", e);
        }
    }

    /** The seed of a key of this class, or null for any other private key. */
    static byte @org.jspecify.annotations.Nullable [] seed(PrivateKey key) {
        try {
            return key.getEncoded() != null
                            && PrivateKeyFactory.createKey(key.getEncoded()) instanceof MLDSAPrivateKeyParameters ml
                    ? ml.getSeed()
                    : null;
        } catch (IOException e) {
            return null; // a kind of key that has no seed
        }
    }

    private static MLDSAPrivateKeyParameters parameters(SignatureAlgorithm algorithm, byte[] seed) {
        return new MLDSAPrivateKeyParameters(Signers.parameters(algorithm), seed);
    }
}
