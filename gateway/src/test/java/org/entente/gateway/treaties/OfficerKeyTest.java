package org.entente.gateway.treaties;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import org.entente.crypto.document.SignedDocument;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OfficerKeyTest {
    private static final char[] PASSPHRASE = "correct horse".toCharArray();

    @Test
    void aStoredKeySignsLikeTheOneThatWasMade(@TempDir Path folder) throws Exception {
        OfficerKey made = TwoStates.officer("Rossi, \"A\"");
        Path file = folder.resolve("rossi.p12");
        made.store(file, PASSPHRASE);
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
        OfficerKey read = OfficerKey.load(file, PASSPHRASE);
        assertEquals(made.certificateSha256(), read.certificateSha256());
        byte[] jws = read.sign("{\"a\":1}".getBytes(StandardCharsets.UTF_8), Instant.now());
        SignedDocument document = SignedDocument.parse(jws);
        document.verify();
        assertEquals(made.certificate(), document.signatures().getFirst().certificate());
    }

    @Test
    void aWrongPassphraseAnExistingFileAndAForeignFileAreRefused(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("rossi.p12");
        TwoStates.officer("Rossi").store(file, PASSPHRASE);
        assertThrows(
                FileAlreadyExistsException.class,
                () -> TwoStates.officer("Rossi").store(file, PASSPHRASE));
        assertThrows(IOException.class, () -> OfficerKey.load(file, "wrong".toCharArray()));
        Path text = Files.writeString(folder.resolve("text.p12"), "no key store");
        IOException e = assertThrows(IOException.class, () -> OfficerKey.load(text, PASSPHRASE));
        assertTrue(String.valueOf(e.getMessage()).length() < 500);
    }
}
