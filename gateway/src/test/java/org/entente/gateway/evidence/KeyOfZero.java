package org.entente.gateway.evidence;

import java.io.ByteArrayOutputStream;
import org.bouncycastle.crypto.digests.SHAKEDigest;
import org.bouncycastle.crypto.params.MLDSAParameters;

/**
 * An ML-DSA public key whose {@code t1} is zero, for which anybody can sign: what is verified no longer depends on the challenge. The signature
 * is right but for the bound on {@code z}, which a test can thus try alone. Written from the definitions in FIPS 204, without its fast algorithms.
 */
final class KeyOfZero {
    private static final int N = 256;
    private static final long Q = 8_380_417;
    private static final long ROOT = 1753;

    private final byte[] rho;
    private final int rows;
    private final int columns;
    private final int challenge;
    private final int hints;
    private final int gamma1;
    private final int beta;
    private final long gamma2;

    private KeyOfZero(byte[] rho, boolean small) {
        this.rho = rho;
        this.rows = small ? 4 : 6;
        this.columns = small ? 4 : 5;
        this.challenge = small ? 32 : 48;
        this.hints = small ? 80 : 55;
        this.gamma1 = small ? 1 << 17 : 1 << 19;
        this.beta = small ? 78 : 196;
        this.gamma2 = (Q - 1) / (small ? 88 : 32);
    }

    /** @param parameters of ML-DSA-44 or ML-DSA-65 */
    static KeyOfZero of(MLDSAParameters parameters, byte[] rho) {
        return new KeyOfZero(rho, parameters.equals(MLDSAParameters.ml_dsa_44));
    }

    /** The size that no coefficient of z may have (algorithm 8, last line). */
    int bound() {
        return gamma1 - beta;
    }

    byte[] encoded() {
        ByteArrayOutputStream key = new ByteArrayOutputStream();
        key.writeBytes(rho);
        key.writeBytes(new byte[rows * 320]);
        return key.toByteArray();
    }

    /** A signature whose z is one number, the lowest coefficient of its first polynomial, and which has no hints. */
    byte[] sign(byte[] message, int z) {
        int bits = gamma1 == 1 << 17 ? 18 : 20;
        Bits high = new Bits();
        for (int row = 0; row < rows; row++) {
            for (long coefficient : matrix(row)) {
                high.add(highBits(Math.floorMod(coefficient * z, Q)), gamma2 == (Q - 1) / 88 ? 6 : 4);
            }
        }
        byte[] mu = shake256(64, shake256(64, encoded()), new byte[] {0, 0}, message);
        Bits response = new Bits();
        for (int i = 0; i < columns * N; i++) {
            response.add(i == 0 ? gamma1 - z : gamma1, bits);
        }
        ByteArrayOutputStream signature = new ByteArrayOutputStream();
        signature.writeBytes(shake256(challenge, mu, high.bytes.toByteArray()));
        signature.writeBytes(response.bytes.toByteArray());
        signature.writeBytes(new byte[hints + rows]);
        return signature.toByteArray();
    }

    /** The first entry of a row of A as a polynomial: its transform is its values at the odd powers of the root (section 7.5). */
    private long[] matrix(int row) {
        SHAKEDigest output = new SHAKEDigest(128);
        output.update(rho, 0, rho.length);
        output.update(new byte[] {0, (byte) row}, 0, 2);
        long[] values = new long[N];
        byte[] three = new byte[3];
        for (int i = 0; i < N; ) {
            output.doOutput(three, 0, 3);
            long value = (three[0] & 0xff) | (three[1] & 0xff) << 8 | (three[2] & 0x7f) << 16;
            if (value < Q) {
                values[i++] = value;
            }
        }
        long[] polynomial = new long[N];
        long inverse = power(N, Q - 2);
        for (int i = 0; i < N; i++) {
            long step = power(power(ROOT, 2L * (Integer.reverse(i) >>> 24) + 1), Q - 2);
            long factor = inverse;
            for (int j = 0; j < N; j++) {
                polynomial[j] = (polynomial[j] + values[i] * factor) % Q;
                factor = factor * step % Q;
            }
        }
        return polynomial;
    }

    private static long power(long base, long exponent) {
        long result = 1;
        long square = base % Q;
        for (long left = exponent; left > 0; left >>= 1) {
            result = (left & 1) == 1 ? result * square % Q : result;
            square = square * square % Q;
        }
        return result;
    }

    /** Algorithms 36 and 37. */
    private int highBits(long r) {
        long low = r % (2 * gamma2);
        low = low > gamma2 ? low - 2 * gamma2 : low;
        return r - low == Q - 1 ? 0 : (int) ((r - low) / (2 * gamma2));
    }

    private static byte[] shake256(int length, byte[]... parts) {
        SHAKEDigest digest = new SHAKEDigest(256);
        for (byte[] part : parts) {
            digest.update(part, 0, part.length);
        }
        byte[] output = new byte[length];
        digest.doFinal(output, 0, length);
        return output;
    }

    /** Numbers one after the other, the lowest bit first (algorithm 16). */
    private static final class Bits {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private long held;
        private int count;

        void add(int number, int bits) {
            held |= (long) number << count;
            for (count += bits; count >= 8; count -= 8) {
                bytes.write((int) held);
                held >>>= 8;
            }
        }
    }
}
