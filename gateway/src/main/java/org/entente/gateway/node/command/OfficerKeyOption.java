package org.entente.gateway.node.command;

import java.io.IOException;
import java.nio.file.Path;
import org.entente.crypto.keys.Pkcs11Token;
import org.entente.crypto.keys.Pkcs11Uri;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
import org.entente.gateway.treaties.OfficerKey;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The officer's own key: a PKCS#12 file, or a key on a token. */
final class OfficerKeyOption {

    @Option(
            names = "--key",
            required = true,
            paramLabel = "KEY",
            description = "The officer's PKCS#12 file, or a key on a token by its address (RFC 7512):"
                    + " 'pkcs11:token=LABEL;object=LABEL?module-path=LIBRARY&pin-source=FILE', or"
                    + " 'pkcs11:?x-config=FILE' with a configuration of Java's SunPKCS11.")
    private String key = "";

    @Mixin
    private PasswordOption password = new PasswordOption();

    @Option(
            names = "--companion",
            paramLabel = "FILE",
            description = "For a key on a token: the PKCS#12 file with the officer's post-quantum key.")
    private @Nullable Path companion;

    /** Opens the key; asks for passphrase or PIN where no file is named. */
    OfficerKey open() {
        OfficerKey opened = open(key, password);
        Path file = companion;
        if (file == null) {
            return opened;
        }
        try {
            return opened.withCompanion(
                    file, password.read("the file of the post-quantum key").toCharArray());
        } catch (IOException e) {
            throw new EntenteException(
                    ErrorCode.KEY_FILE_INVALID,
                    "The officer's post-quantum key cannot be opened: " + e.getMessage() + ".",
                    e);
        }
    }

    /** Opens a key that another option names. */
    static OfficerKey open(String key, PasswordOption password) {
        try {
            if (!Pkcs11Uri.is(key)) {
                return OfficerKey.load(
                        Path.of(key), password.read("the key file").toCharArray());
            }
            Pkcs11Uri uri = Pkcs11Uri.parse(key);
            char[] pin = uri.pinSource() == null
                    ? password.read("the token (its PIN)").toCharArray()
                    : Pkcs11Token.pin(uri);
            return OfficerKey.onToken(uri, pin);
        } catch (IOException | IllegalArgumentException e) {
            throw new EntenteException(
                    ErrorCode.KEY_FILE_INVALID, "The officer's key cannot be opened: " + e.getMessage() + ".", e);
        }
    }
}
