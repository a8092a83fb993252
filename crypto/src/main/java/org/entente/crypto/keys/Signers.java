package org.entente.crypto.keys;

import java.security.PublicKey;
import org.bouncycastle.crypto.CryptoException;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.params.MLDSAParameters;
import org.bouncycastle.crypto.params.MLDSAPrivateKeyParameters;
import org.bouncycastle.crypto.signers.MLDSASigner;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/** The signing keys, one per algorithm. Engines are made per signature, since they are not safe for many threads. */
final class Signers {
    private Signers() {}

    private interface Sign {
        byte[] sign(byte[] data);
    }

    private record Key(SignatureAlgorithm algorithm, PublicKey publicKey, Sign engine) implements SigningKey {
        @Override
        public byte[] sign(byte[] data) {
            return engine.sign(data);
        }

        @Override
        public String toString() {
            return "signing key " + algorithm.httpName(); // never the key itself
        }
    }

    static SigningKey ec(ECPrivateKeyParameters key, PublicKey publicKey) {
        ECPrivateKeyParameters fast = new ECPrivateKeyParameters(key.getD(), EcP256.DOMAIN);
        return new Key(SignatureAlgorithm.ECDSA_P256_SHA256, publicKey, data -> EcP256.sign(fast, data));
    }

    static SigningKey ed25519(Ed25519PrivateKeyParameters key, PublicKey publicKey) {
        return new Key(SignatureAlgorithm.ED25519, publicKey, data -> {
            byte[] signature = new byte[Ed25519PrivateKeyParameters.SIGNATURE_SIZE];
            key.sign(Ed25519.Algorithm.Ed25519, null, data, 0, data.length, signature, 0);
            return signature;
        });
    }

    /** Deterministic variant (FIPS 204 section 3.4), empty context. */
    static SigningKey mlDsa(MLDSAPrivateKeyParameters key, PublicKey publicKey) {
        return new Key(algorithm(key.getParameters()), publicKey, data -> {
            MLDSASigner signer = new MLDSASigner();
            signer.init(true, key);
            signer.update(data, 0, data.length);
            try {
                return signer.generateSignature();
            } catch (CryptoException e) {
                throw new IllegalStateException("ML-DSA could not sign", e);
            }
        });
    }

    static MLDSAParameters parameters(SignatureAlgorithm algorithm) {
        return switch (algorithm) {
            case ML_DSA_44 -> MLDSAParameters.ml_dsa_44;
            case ML_DSA_65 -> MLDSAParameters.ml_dsa_65;
            case ML_DSA_87 -> MLDSAParameters.ml_dsa_87;
            default -> throw new IllegalArgumentException(algorithm + " is no ML-DSA");
        };
    }

    static SignatureAlgorithm algorithm(MLDSAParameters parameters) {
        if (parameters.equals(MLDSAParameters.ml_dsa_44)) {
            return SignatureAlgorithm.ML_DSA_44;
        }
        if (parameters.equals(MLDSAParameters.ml_dsa_65)) {
            return SignatureAlgorithm.ML_DSA_65;
        }
        if (parameters.equals(MLDSAParameters.ml_dsa_87)) {
            return SignatureAlgorithm.ML_DSA_87;
        }
        throw new IllegalArgumentException("ML-DSA only without prehash, not " + parameters.getName());
    }
}
