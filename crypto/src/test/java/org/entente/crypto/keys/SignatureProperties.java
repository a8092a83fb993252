package org.entente.crypto.keys;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.KeyPair;
import java.security.SecureRandom;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class SignatureProperties {
    private final KeyPair ec = KeyCodec.generateEc(new SecureRandom());
    private final KeyPair ed = KeyCodec.generateEd25519(new SecureRandom());
    private final List<SigningKey> keys =
            List.of(SigningKey.of(ec.getPrivate(), ec.getPublic()), SigningKey.of(ed.getPrivate(), ed.getPublic()));

    @Property(tries = 100)
    void whatAKeySignsItsPublicHalfVerifies(@ForAll byte[] data) {
        for (SigningKey key : keys) {
            assertTrue(SignatureVerifier.verify(key.algorithm(), key.publicKey(), data, key.sign(data)));
        }
    }

    @Property(tries = 100)
    void aChangedBitInDataOrSignatureDoesNotVerify(
            @ForAll byte[] data, @ForAll @IntRange(max = 511) int signatureBit, @ForAll int dataBit) {
        for (SigningKey key : keys) {
            byte[] signature = key.sign(data);
            signature[signatureBit / 8] ^= (byte) (1 << signatureBit % 8);
            assertFalse(SignatureVerifier.verify(key.algorithm(), key.publicKey(), data, signature));
            signature[signatureBit / 8] ^= (byte) (1 << signatureBit % 8);
            if (data.length > 0) {
                int bit = Math.floorMod(dataBit, data.length * 8);
                byte[] changed = data.clone();
                changed[bit / 8] ^= (byte) (1 << bit % 8);
                assertFalse(SignatureVerifier.verify(key.algorithm(), key.publicKey(), changed, signature));
            }
        }
    }
}
