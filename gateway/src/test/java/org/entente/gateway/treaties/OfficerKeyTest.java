package org.entente.gateway.treaties;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import org.entente.crypto.document.SignedDocument;
import org.entente.crypto.keys.Pkcs11Token;
import org.entente.crypto.keys.Pkcs11Uri;
import org.entente.gateway.testing.SoftToken;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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
        byte[] jws = read.sign("{\"a\":1}".getBytes(UTF_8), Instant.now());
        SignedDocument document = SignedDocument.parse(jws);
        document.verify();
        assertEquals(made.certificate(), document.signatures().getFirst().certificate());
    }

    @Test
    void aKeyOnATokenSignsThereAndIsFoundByTheTokensLabel() throws Exception {
        SoftToken token = SoftToken.get();
        OfficerKey key = OfficerKey.onToken(Pkcs11Uri.parse(token.address()), SoftToken.PIN.toCharArray());
        assertEquals(token.certificate(), key.certificate());
        SignedDocument document = SignedDocument.parse(key.sign("{\"a\":1}".getBytes(UTF_8), Instant.now()));
        document.verify();
        assertEquals(token.certificate(), document.signatures().getFirst().certificate());
        assertThrows(UnsupportedOperationException.class, () -> key.store(Path.of("never.p12"), PASSPHRASE));
    }

    @Test
    void aKeyOnATokenIsOpenedWithAConfigurationOfTheProviderToo(@TempDir Path folder) throws Exception {
        SoftToken token = SoftToken.get();
        Path configuration = Files.writeString(
                folder.resolve("token.cfg"),
                "name = own\nlibrary = " + token.library() + "\nslot = " + token.slot() + "\n");
        Path pin = Files.writeString(folder.resolve("pin"), SoftToken.PIN + "\n");
        Pkcs11Uri uri = Pkcs11Uri.parse("pkcs11:?x-config=" + configuration + "&pin-source=file:" + pin);
        assertEquals(
                token.certificate(),
                OfficerKey.onToken(uri, Pkcs11Token.pin(uri)).certificate());
    }

    @Test
    void aTokenThatIsNotThereAWrongPinAndAnotherKeyAreRefusedWithoutNamingThePin() {
        SoftToken token = SoftToken.get();
        for (String[] wrong : new String[][] {
            {token.address().replace("Italy", "Nowhere"), SoftToken.PIN, "Officers of Nowhere"},
            {token.address().replace("Officers%20of%20Italy", "Another%20token"), "999999", "PIN"},
            {token.address().replace("rossi", "nobody"), SoftToken.PIN, "nobody"},
            {token.address().replace("libsofthsm2", "none"), SoftToken.PIN, "none.so"},
        }) {
            IOException e = assertThrows(
                    IOException.class,
                    () -> OfficerKey.onToken(Pkcs11Uri.parse(wrong[0]), wrong[1].toCharArray()),
                    wrong[0]);
            assertTrue(String.valueOf(e.getMessage()).contains(wrong[2]), e.getMessage());
            assertTrue(!String.valueOf(e.getMessage()).contains(wrong[1]), e.getMessage());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "pkcs11:",
                "pkcs11:token=a",
                "pkcs11:?module-path=/lib.so",
                "pkcs11:token=a;serial=1?module-path=/lib.so",
                "pkcs11:token=a;token=b?module-path=/lib.so",
                "pkcs11:token=?module-path=/lib.so",
                "pkcs11:token=a?module-path=/lib.so&x-config=/c",
                "file:officer.p12"
            })
    void anAddressThatSaysTooLittleOrSomethingElseIsRefused(String address) {
        assertThrows(IllegalArgumentException.class, () -> Pkcs11Uri.parse(address));
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
