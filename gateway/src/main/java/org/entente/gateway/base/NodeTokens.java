package org.entente.gateway.base;

import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import org.entente.crypto.keys.CertifiedKey;
import org.entente.crypto.keys.Pkcs11Token;
import org.entente.crypto.keys.Pkcs11Uri;
import org.entente.crypto.keys.TokenException;
import org.entente.crypto.keys.TokenKeys;
import org.jspecify.annotations.Nullable;

/**
 * The node's keys that live on PKCS#11 tokens. They are opened once in the life of a process, and a signing key again when its token was gone;
 * a failure at the start is kept, since a token locks itself after a few wrong PINs and a node asks for its keys all the time.
 */
@Singleton
public final class NodeTokens {
    private final KeySettings settings;
    private @Nullable TokenKeys opened;
    private @Nullable EntenteException failure;

    NodeTokens(KeySettings settings) {
        this.settings = settings;
    }

    /**
     * The keys on tokens.
     *
     * @throws EntenteException {@code settings-invalid}, {@code token-unavailable}, {@code token-pin-refused} or {@code
     *     token-key-missing}, naming the setting
     */
    public synchronized TokenKeys keys() {
        if (failure != null) {
            throw failure;
        }
        TokenKeys known = opened;
        if (known == null) {
            try {
                known = new TokenKeys(
                        watched("signing", settings.signing()),
                        watched("next-signing", settings.nextSigning()),
                        open("tls", settings.tls(), true),
                        open("next-tls", settings.nextTls(), true));
                opened = known;
            } catch (EntenteException e) {
                failure = e;
                throw e;
            }
        }
        return known;
    }

    private @Nullable CertifiedKey watched(String name, @Nullable String address) {
        CertifiedKey found = open(name, address, false);
        return found == null
                ? null
                : new CertifiedKey(
                        new WatchedKey(
                                "entente.keys." + name,
                                found.key(),
                                () -> java.util.Objects.requireNonNull(open(name, address, false))
                                        .key()),
                        found.chain(),
                        found.privateKey());
    }

    private @Nullable CertifiedKey open(String name, @Nullable String address, boolean tls) {
        if (address == null || address.isBlank()) {
            return null;
        }
        try {
            Pkcs11Uri uri = Pkcs11Uri.parse(address);
            char[] pin = pin(uri);
            try {
                return tls ? Pkcs11Token.openForTls(uri, pin) : Pkcs11Token.open(uri, pin);
            } finally {
                Arrays.fill(pin, '\0');
            }
        } catch (IllegalArgumentException e) {
            throw new EntenteException(
                    ErrorCode.SETTINGS_INVALID, "The setting entente.keys." + name + ": " + e.getMessage() + ".", e);
        } catch (TokenException e) {
            throw new EntenteException(
                    code(e.kind()),
                    "The key that entente.keys." + name + " names cannot be used: " + e.getMessage() + ".",
                    e);
        } catch (IOException e) {
            throw new EntenteException(
                    ErrorCode.SETTINGS_INVALID, "The PIN for entente.keys." + name + " cannot be read.", e);
        }
    }

    private static ErrorCode code(TokenException.Cause cause) {
        return switch (cause) {
            case TOKEN -> ErrorCode.TOKEN_UNAVAILABLE;
            case PIN -> ErrorCode.TOKEN_PIN_REFUSED;
            case KEY -> ErrorCode.TOKEN_KEY_MISSING;
        };
    }

    private char[] pin(Pkcs11Uri uri) throws IOException {
        Path source = uri.pinSource() == null ? settings.pinFile() : uri.pinSource();
        if (source != null) {
            NodeHome.requireOwnerOnly(source);
            return Pkcs11Token.pin(new Pkcs11Uri(uri.token(), uri.object(), uri.module(), source, uri.configuration()));
        }
        String pin = settings.pin();
        if (pin == null || pin.isEmpty()) {
            throw new EntenteException(
                    ErrorCode.SETTINGS_INVALID,
                    "No PIN for the token: give pin-source in its address, entente.keys.pin-file, or the variable"
                            + " ENTENTE_KEYS_PIN.");
        }
        return pin.toCharArray();
    }
}
