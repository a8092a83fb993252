package org.entente.crypto.keys;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyRingTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final char[] PASSPHRASE = "a long enough passphrase".toCharArray();

    @TempDir
    Path folder = Path.of("");

    private static KeyRing fresh() {
        return KeyRing.generate("ITA", NOW, Duration.ofDays(730), new SecureRandom());
    }

    @Test
    void aStoredRingOpensWithTheSameKeys() throws IOException {
        KeyRing ring = fresh();
        Path file = folder.resolve("keyring.p12");
        ring.store(file, PASSPHRASE);
        KeyRing opened = KeyRing.load(file, PASSPHRASE);
        assertEquals(ring.signing().certificate(), opened.signing().certificate());
        assertEquals(ring.tls().certificate(), opened.tls().certificate());
        byte[] data = {1, 2, 3};
        assertArrayEquals(ring.journal().sign(data), opened.journal().sign(data));
        assertEquals(SignatureAlgorithm.ED25519, opened.journal().algorithm());
        assertTrue(SignatureVerifier.verify(
                SignatureAlgorithm.ECDSA_P256_SHA256,
                ring.signing().certificate().getPublicKey(),
                data,
                opened.signing().key().sign(data)));
    }

    @Test
    void onlyTheOwnerCanReadTheFileAndNothingElseIsLeftBehind() throws IOException {
        Path file = folder.resolve("keyring.p12");
        fresh().store(file, PASSPHRASE);
        fresh().store(file, PASSPHRASE);
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
        try (var files = Files.list(folder)) {
            assertEquals(1, files.count());
        }
    }

    @Test
    void aWrongPassphraseIsNamedAsTheLikelyCause() throws IOException {
        Path file = folder.resolve("keyring.p12");
        fresh().store(file, PASSPHRASE);
        IOException refused = assertThrows(IOException.class, () -> KeyRing.load(file, "wrong".toCharArray()));
        assertTrue(String.valueOf(refused.getMessage()).contains("passphrase"));
        assertThrows(IllegalArgumentException.class, () -> fresh().store(file, new char[0]));
    }

    @Test
    void aDamagedFileDoesNotOpen() throws IOException {
        Path file = folder.resolve("keyring.p12");
        fresh().store(file, PASSPHRASE);
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 1;
        Files.write(file, bytes);
        assertThrows(IOException.class, () -> KeyRing.load(file, PASSPHRASE));
        assertFalse(Files.exists(folder.resolve("other.p12")));
        assertThrows(IOException.class, () -> KeyRing.load(folder.resolve("other.p12"), PASSPHRASE));
    }

    @Test
    void aNextKeyTakesOverWhenItsCertificateBegins() throws IOException {
        Instant begins = NOW.plus(Duration.ofDays(14));
        KeyRing ring = fresh().withNextSigning("ITA", begins, Duration.ofDays(730), new SecureRandom())
                .withNextTls("ITA", List.of("localhost"), begins, Duration.ofDays(730), new SecureRandom());
        Path file = folder.resolve("keyring.p12");
        ring.store(file, PASSPHRASE);
        KeyRing opened = KeyRing.load(file, PASSPHRASE);
        assertEquals(
                ring.tls().certificate(), opened.tlsAt(begins.minusSeconds(1)).certificate());
        assertEquals(
                Objects.requireNonNull(ring.nextTls()).certificate(),
                opened.tlsAt(begins).certificate());
        KeyRing before = opened.settled(begins.minusSeconds(1));
        assertEquals(ring.signing().certificate(), before.signing().certificate());
        KeyRing after = opened.settled(begins);
        assertEquals(
                Objects.requireNonNull(ring.nextSigning()).certificate(),
                after.signing().certificate());
        assertNull(after.nextSigning());
        assertThrows(
                IllegalStateException.class,
                () -> opened.withNextSigning("ITA", begins, Duration.ofDays(1), new SecureRandom()));
    }

    @Test
    void aPostQuantumCompanionIsKeptAsItsSeedAndSignsTheSameAfterwards() throws IOException {
        KeyRing ring = fresh().withCompanion("ITA", NOW, Duration.ofDays(730), new SecureRandom());
        Path file = folder.resolve("keyring.p12");
        ring.store(file, PASSPHRASE);
        CertifiedKey companion =
                Objects.requireNonNull(KeyRing.load(file, PASSPHRASE).companion());
        assertEquals(SignatureAlgorithm.ML_DSA_65, companion.key().algorithm());
        assertEquals(Objects.requireNonNull(ring.companion()).certificate(), companion.certificate());
        byte[] data = {1, 2, 3};
        byte[] signature = companion.key().sign(data);
        assertArrayEquals(Objects.requireNonNull(ring.companion()).key().sign(data), signature);
        assertTrue(VerificationKey.of(
                        SignatureAlgorithm.ML_DSA_65, companion.certificate().getPublicKey())
                .verify(data, signature));
    }

    @Test
    void theCompanionsCertificateIsSignedByItself() throws Exception {
        KeyRing ring = fresh().withCompanion("ITA", NOW, Duration.ofDays(730), new SecureRandom());
        var certificate = Objects.requireNonNull(ring.companion()).certificate();
        certificate.verify(certificate.getPublicKey()); // by the platform's own provider
        assertEquals("2.16.840.1.101.3.4.3.18", certificate.getSigAlgOID());
    }

    @Test
    void bothJournalKeysSignFromTheAnnouncementUntilADayAfterTheNewOneHasBegun() throws IOException {
        Instant begins = NOW.plus(Duration.ofDays(14));
        Path file = folder.resolve("keyring.p12");
        fresh().withNextJournal("ITA", begins, Duration.ofDays(730), false, new SecureRandom())
                .store(file, PASSPHRASE);
        KeyRing opened = KeyRing.load(file, PASSPHRASE);
        SigningKey old = opened.journal();
        SigningKey next = Objects.requireNonNull(opened.nextJournal()).key().key();
        assertEquals(List.of(old, next), journalKeys(opened, NOW));
        assertEquals(List.of(next, old), journalKeys(opened, begins));
        assertEquals(List.of(next), journalKeys(opened, begins.plus(KeyRing.OVERLAP)));
        assertEquals(old, opened.settled(begins).journal());
        KeyRing after = opened.settled(begins.plus(KeyRing.OVERLAP));
        assertEquals(next, after.journal());
        assertNull(after.nextJournal());
        assertThrows(
                IllegalStateException.class,
                () -> opened.withNextJournal("ITA", begins, Duration.ofDays(1), false, new SecureRandom()));
    }

    private static List<SigningKey> journalKeys(KeyRing ring, Instant now) {
        return ring.journalsAt(now).stream().map(signing -> signing.key().key()).toList();
    }

    @Test
    void aJournalKeysCompanionIsKeptWithItAndGoesWithIt() throws IOException {
        Instant begins = NOW.plus(Duration.ofDays(14));
        Path file = folder.resolve("keyring.p12");
        KeyRing ring = fresh().withCompanions("ITA", NOW, Duration.ofDays(730), new SecureRandom());
        ring.withNextJournal("ITA", begins, Duration.ofDays(730), false, new SecureRandom())
                .store(file, PASSPHRASE);
        KeyRing opened = KeyRing.load(file, PASSPHRASE);
        CertifiedKey companion = Objects.requireNonNull(opened.journalSigning().companion());
        CertifiedKey next = Objects.requireNonNull(
                Objects.requireNonNull(opened.nextJournal()).companion());
        assertEquals(SignatureAlgorithm.ML_DSA_44, companion.key().algorithm());
        assertEquals(
                SignatureAlgorithm.ML_DSA_65,
                Objects.requireNonNull(opened.companion()).key().algorithm());
        byte[] data = {1, 2, 3};
        assertArrayEquals(
                Objects.requireNonNull(ring.journalSigning().companion()).key().sign(data),
                companion.key().sign(data));
        assertEquals("2.16.840.1.101.3.4.3.17", companion.certificate().getSigAlgOID());
        KeyRing after = opened.settled(begins.plus(KeyRing.OVERLAP));
        assertEquals(next, after.journalSigning().companion());
        KeyRing lost = after.replacedBy(fresh(), "ITA", NOW, Duration.ofDays(1), new SecureRandom());
        assertTrue(Objects.requireNonNull(lost.nextJournal()).companion() != null);
    }
}
