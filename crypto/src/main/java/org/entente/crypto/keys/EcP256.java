package org.entente.crypto.keys;

import java.math.BigInteger;
import java.util.Arrays;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.crypto.params.ECDomainParameters;
import org.bouncycastle.crypto.params.ECNamedDomainParameters;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.signers.ECDSASigner;
import org.bouncycastle.crypto.signers.HMacDSAKCalculator;
import org.bouncycastle.math.ec.ECPoint;
import org.bouncycastle.util.BigIntegers;
import org.entente.crypto.Digests;

/**
 * ECDSA over P-256 with SHA-256 (FIPS 186-5 section 6.4), signatures as r||s. Keys in this house are used thousands of times;
 * Bouncy Castle keeps tables of multiples with the base point and with each key's point, so keys are prepared
 * once and kept.
 */
final class EcP256 {
    /** The curve in Bouncy Castle's implementation that is written for this prime. */
    static final ECDomainParameters DOMAIN = new ECDomainParameters(CustomNamedCurves.getByName("P-256"));

    private static final int HALF = 32;

    private EcP256() {}

    /** The same curve under its object identifier, which is how keys are encoded. */
    static ECNamedDomainParameters named() {
        return new ECNamedDomainParameters(X9ObjectIdentifiers.prime256v1, DOMAIN);
    }

    /** Deterministic signature (RFC 6979), so that no weak random source can give the key away. */
    static byte[] sign(ECPrivateKeyParameters key, byte[] data) {
        ECDSASigner signer = new ECDSASigner(new HMacDSAKCalculator(new SHA256Digest()));
        signer.init(true, key);
        BigInteger[] rs = signer.generateSignature(Digests.sha256(data));
        byte[] signature = new byte[2 * HALF];
        BigIntegers.asUnsignedByteArray(rs[0], signature, 0, HALF);
        BigIntegers.asUnsignedByteArray(rs[1], signature, HALF, HALF);
        return signature;
    }

    /** The key on the fast curve, its point checked (not at infinity, on the curve); its table of multiples grows with use. */
    static ECPublicKeyParameters prepare(ECPoint point) {
        return new ECPublicKeyParameters(DOMAIN.getCurve().importPoint(point), DOMAIN);
    }

    /** FIPS 186-5 section 6.4.2; r and s outside [1, n-1] do not verify. */
    static boolean verify(ECPublicKeyParameters key, byte[] data, byte[] signature) {
        if (signature.length != 2 * HALF) {
            return false;
        }
        BigInteger r = new BigInteger(1, Arrays.copyOf(signature, HALF));
        BigInteger s = new BigInteger(1, Arrays.copyOfRange(signature, HALF, 2 * HALF));
        ECDSASigner verifier = new ECDSASigner();
        verifier.init(false, key);
        return verifier.verifySignature(Digests.sha256(data), r, s);
    }
}
