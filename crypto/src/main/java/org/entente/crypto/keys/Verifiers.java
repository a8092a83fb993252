package org.entente.crypto.keys;

import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.params.Ed25519PublicKeyParameters;
import org.bouncycastle.crypto.params.MLDSAPublicKeyParameters;
import org.bouncycastle.crypto.signers.MLDSASigner;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/** The verification keys, one per algorithm. */
final class Verifiers {
    private Verifiers() {}

    private interface Verify {
        boolean verify(byte[] data, byte[] signature);
    }

    private record Key(String httpAlgorithm, Verify engine) implements VerificationKey {
        @Override
        public boolean verify(byte[] data, byte[] signature) {
            return engine.verify(data, signature);
        }
    }

    private static VerificationKey key(SignatureAlgorithm algorithm, Verify engine) {
        return new Key(algorithm.httpName(), engine);
    }

    static VerificationKey ec(ECPublicKeyParameters key) {
        ECPublicKeyParameters prepared = EcP256.prepare(key.getQ());
        return key(SignatureAlgorithm.ECDSA_P256_SHA256, (data, signature) -> EcP256.verify(prepared, data, signature));
    }

    static VerificationKey ed25519(Ed25519PublicKeyParameters key) {
        return key(
                SignatureAlgorithm.ED25519,
                (data, signature) -> signature.length == Ed25519.SIGNATURE_SIZE
                        && key.verify(Ed25519.Algorithm.Ed25519, null, data, 0, data.length, signature, 0));
    }

    static VerificationKey mlDsa(SignatureAlgorithm algorithm, MLDSAPublicKeyParameters key) {
        return key(algorithm, (data, signature) -> {
            MLDSASigner verifier = new MLDSASigner();
            verifier.init(false, key);
            verifier.update(data, 0, data.length);
            return verifier.verifySignature(signature);
        });
    }

    static VerificationKey rsa(SignatureAlgorithm algorithm, PublicKey key) {
        if (!key.getAlgorithm().startsWith("RSA")) {
            throw new IllegalArgumentException("the key is none of " + algorithm);
        }
        return key(algorithm, (data, signature) -> {
            try {
                Signature verifier = rsaEngine(algorithm);
                verifier.initVerify(key);
                verifier.update(data);
                return verifier.verify(signature);
            } catch (GeneralSecurityException e) {
                return false;
            }
        });
    }

    private static Signature rsaEngine(SignatureAlgorithm algorithm) throws GeneralSecurityException {
        if (algorithm == SignatureAlgorithm.RSA_V1_5_SHA256) {
            return Signature.getInstance("SHA256withRSA", "SunRsaSign");
        }
        Signature pss = Signature.getInstance("RSASSA-PSS", "SunRsaSign");
        pss.setParameter(new PSSParameterSpec("SHA-512", "MGF1", MGF1ParameterSpec.SHA512, 64, 1));
        return pss;
    }
}
