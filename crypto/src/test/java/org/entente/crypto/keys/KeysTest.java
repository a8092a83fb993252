package org.entente.crypto.keys;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.util.BigIntegers;
import org.entente.crypto.Digests;
import org.entente.crypto.VerificationException;
import org.junit.jupiter.api.Test;

class KeysTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final byte[] DATA = "figures".getBytes(UTF_8);
    private final SecureRandom random = new SecureRandom();

    @Test
    void thePlatformAcceptsOurEcdsaSignaturesAndWeAcceptThePlatforms() throws Exception {
        KeyPair pair = KeyCodec.generateEc(random);
        SigningKey key = SigningKey.of(pair.getPrivate(), pair.getPublic());
        VerificationKey verifier = VerificationKey.of(SignatureAlgorithm.ECDSA_P256_SHA256, pair.getPublic());
        for (int i = 0; i < 50; i++) {
            byte[] data = Digests.sha256(new byte[] {(byte) i});
            byte[] ours = key.sign(data);
            assertEquals(64, ours.length);
            Signature platform = Signature.getInstance("SHA256withECDSAinP1363Format", "SunEC");
            platform.initVerify(pair.getPublic());
            platform.update(data);
            assertTrue(platform.verify(ours));
            platform.initSign(pair.getPrivate());
            platform.update(data);
            assertTrue(verifier.verify(data, platform.sign()));
        }
    }

    @Test
    void ecdsaSignaturesAreThoseOfRfc6979() {
        // RFC 6979 appendix A.2.5, SHA-256, message "sample"
        var d = new BigInteger("C9AFA9D845BA75166B5C215767B1D6934E50C3DB36E89B127B8A622B120F6721", 16);
        byte[] signature = EcP256.sign(new ECPrivateKeyParameters(d, EcP256.DOMAIN), "sample".getBytes(UTF_8));
        assertEquals(
                "efd48b2aacb6a8fd1140dd9cd45e81d69d2c877b56aaf991c34d0ea84eaf3716"
                        + "f7cb1c942d657c41d436c7a1b6e29f65f3e900dbb9aff4064dc4ab2f843acda8",
                HexFormat.of().formatHex(signature));
    }

    @Test
    void degenerateEcdsaSignaturesDoNotVerify() {
        KeyPair pair = KeyCodec.generateEc(random);
        VerificationKey verifier = VerificationKey.of(SignatureAlgorithm.ECDSA_P256_SHA256, pair.getPublic());
        byte[] good = SigningKey.of(pair.getPrivate(), pair.getPublic()).sign(DATA);
        byte[] order = BigIntegers.asUnsignedByteArray(32, EcP256.DOMAIN.getN());
        byte[] zero = new byte[32];
        byte[] r = Arrays.copyOf(good, 32);
        byte[] s = Arrays.copyOfRange(good, 32, 64);
        for (byte[][] halves : List.of(
                new byte[][] {zero, zero},
                new byte[][] {zero, s},
                new byte[][] {r, zero},
                new byte[][] {order, s},
                new byte[][] {r, order})) {
            byte[] signature = Arrays.copyOf(halves[0], 64);
            System.arraycopy(halves[1], 0, signature, 32, 32);
            assertFalse(verifier.verify(DATA, signature));
        }
        assertFalse(verifier.verify(DATA, Arrays.copyOf(good, 63)));
        assertFalse(verifier.verify(DATA, Arrays.copyOf(good, 65)));
        assertFalse(verifier.verify(DATA, new byte[0]));
        assertTrue(verifier.verify(DATA, good));
    }

    @Test
    void ed25519GivesThePublishedSignature() {
        // RFC 8032 section 7.1, test 2
        var hex = HexFormat.of();
        byte[] publicKey = hex.parseHex("3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c");
        byte[] signature = hex.parseHex("92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
                + "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00");
        VerificationKey key = VerificationKey.ofRaw(SignatureAlgorithm.ED25519, publicKey);
        assertTrue(key.verify(new byte[] {0x72}, signature));
        assertFalse(key.verify(new byte[] {0x73}, signature));
        assertFalse(key.verify(new byte[] {0x72}, Arrays.copyOf(signature, 63)));
    }

    @Test
    void aKeyOfAnotherKindIsRefused() throws Exception {
        KeyPair ed = KeyCodec.generateEd25519(random);
        assertThrows(
                IllegalArgumentException.class,
                () -> VerificationKey.of(SignatureAlgorithm.ECDSA_P256_SHA256, ed.getPublic()));
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp384r1"));
        KeyPair p384 = generator.generateKeyPair();
        assertThrows(
                IllegalArgumentException.class,
                () -> VerificationKey.of(SignatureAlgorithm.ECDSA_P256_SHA256, p384.getPublic()));
        assertThrows(IllegalArgumentException.class, () -> SigningKey.of(p384.getPrivate(), p384.getPublic()));
    }

    @Test
    void aSelfSignedCertificateVerifiesAndKnowsItsTime() throws Exception {
        KeyPair pair = KeyCodec.generateEc(random);
        X509Certificate certificate = Certificates.selfSigned(
                pair,
                "CN=ITA node",
                Certificates.Use.TLS,
                List.of("gw.example", "127.0.0.1"),
                NOW,
                Duration.ofDays(1),
                random);
        certificate.verify(pair.getPublic());
        assertEquals(2, certificate.getSubjectAlternativeNames().size());
        Certificates.checkValid(certificate, NOW.plusSeconds(5));
        VerificationException early = assertThrows(
                VerificationException.class, () -> Certificates.checkValid(certificate, NOW.minusSeconds(1)));
        assertEquals(VerificationException.Reason.CERTIFICATE_INVALID, early.reason());
        assertTrue(early.sentence().contains("CN=ITA node") && early.sentence().contains("2026-03-01T11:59:59Z"));
        assertThrows(
                VerificationException.class, () -> Certificates.checkValid(certificate, NOW.plus(Duration.ofDays(2))));
        assertEquals(
                List.of(certificate, certificate),
                Certificates.fromPem("text before\n" + Certificates.toPem(List.of(certificate, certificate))));
        assertThrows(IllegalArgumentException.class, () -> Certificates.fromPem("nothing"));
    }

    @Test
    void aCertificateOfAnotherKeyIsRefused() {
        KeyPair one = KeyCodec.generateEc(random);
        KeyPair two = KeyCodec.generateEc(random);
        X509Certificate certificate = Certificates.selfSigned(
                one, "CN=one", Certificates.Use.SIGNING, List.of(), NOW, Duration.ofDays(1), random);
        SigningKey other = SigningKey.of(two.getPrivate(), two.getPublic());
        assertThrows(
                IllegalArgumentException.class, () -> new CertifiedKey(other, List.of(certificate), two.getPrivate()));
    }

    @Test
    void aFingerprintIsBase32InGroupsAndReadsWhatPeopleType() {
        byte[] digest = new byte[32];
        for (int i = 0; i < 20; i++) {
            digest[i] = (byte) (i * 13 + 7);
        }
        Fingerprint fingerprint = Fingerprint.of(digest);
        String plain = fingerprint.text().replace("-", "");
        assertArrayEquals(Arrays.copyOf(digest, 20), base32(plain));
        assertEquals(fingerprint, Fingerprint.parse(plain.toLowerCase(Locale.ROOT)));
        assertEquals(fingerprint, Fingerprint.parse(" " + fingerprint.text().replace('-', ' ')));
        assertThrows(IllegalArgumentException.class, () -> Fingerprint.parse(plain.substring(1)));
        assertThrows(IllegalArgumentException.class, () -> Fingerprint.parse(plain.substring(1) + "1"));
    }

    private static byte[] base32(String text) {
        BigInteger value = BigInteger.ZERO;
        for (int i = 0; i < text.length(); i++) {
            int digit = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(text.charAt(i));
            value = value.shiftLeft(5).or(BigInteger.valueOf(digit));
        }
        return BigIntegers.asUnsignedByteArray(20, value);
    }
}
