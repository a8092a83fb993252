package org.entente.crypto.keys;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
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
}
