package org.entente.crypto.keys;

import java.math.BigInteger;
import java.util.Arrays;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.crypto.params.ECDomainParameters;
import org.bouncycastle.crypto.params.ECNamedDomainParameters;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.signers.ECDSASigner;
import org.bouncycastle.crypto.signers.HMacDSAKCalculator;
import org.bouncycastle.math.ec.ECPoint;
import org.bouncycastle.math.ec.FixedPointCombMultiplier;
import org.bouncycastle.math.ec.FixedPointUtil;
import org.bouncycastle.util.BigIntegers;
import org.entente.crypto.Digests;

/**
 * ECDSA over P-256 with SHA-256 (FIPS 186-5 section 6.4), signatures as r||s. Keys in this house are used thousands of
 * times, so both the base point and the public key get a table of precomputed multiples.
 */
final class EcP256 {
    /** The curve in Bouncy Castle's implementation that is written for this prime. */
    static final ECDomainParameters DOMAIN = new ECDomainParameters(CustomNamedCurves.getByName("P-256"));

    private static final BigInteger N = DOMAIN.getN();
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

    /** A point checked to be on the curve, with its table. */
    static ECPoint prepare(ECPoint point) {
        ECPoint onDomainCurve = DOMAIN.validatePublicPoint(DOMAIN.getCurve().importPoint(point));
        FixedPointUtil.precompute(onDomainCurve);
        return onDomainCurve;
    }

    /** FIPS 186-5 section 6.4.2. */
    static boolean verify(ECPoint key, byte[] data, byte[] signature) {
        if (signature.length != 2 * HALF) {
            return false;
        }
        BigInteger r = new BigInteger(1, Arrays.copyOf(signature, HALF));
        BigInteger s = new BigInteger(1, Arrays.copyOfRange(signature, HALF, 2 * HALF));
        if (r.signum() == 0 || r.compareTo(N) >= 0 || s.signum() == 0 || s.compareTo(N) >= 0) {
            return false;
        }
        BigInteger e = new BigInteger(1, Digests.sha256(data)); // n has 256 bits as the digest has: nothing to cut
        BigInteger inverse = BigIntegers.modOddInverseVar(N, s);
        BigInteger u1 = e.multiply(inverse).mod(N);
        BigInteger u2 = r.multiply(inverse).mod(N);
        FixedPointCombMultiplier comb = new FixedPointCombMultiplier();
        ECPoint sum =
                comb.multiply(DOMAIN.getG(), u1).add(comb.multiply(key, u2)).normalize();
        return !sum.isInfinity() && sum.getAffineXCoord().toBigInteger().mod(N).equals(r);
    }
}
