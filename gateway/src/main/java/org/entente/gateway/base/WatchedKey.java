package org.entente.gateway.base;

import java.security.PublicKey;
import java.time.Duration;
import org.entente.crypto.keys.SignatureAlgorithm;
import org.entente.crypto.keys.SigningKey;
import org.entente.crypto.keys.TokenLostException;
import org.jspecify.annotations.Nullable;

/**
 * A signing key on a token that may be taken out and put back while the node runs. What must be signed meanwhile is refused with a code of its
 * own; a use after that opens the token again, not more often than every few seconds. A PIN that is refused then is not tried again.
 */
final class WatchedKey implements SigningKey {
    private static final long PAUSE_NANOS = Duration.ofSeconds(2).toNanos();

    private final String setting;
    private final PublicKey publicKey;
    private final Opening opening;
    private volatile SigningKey key;
    private @Nullable EntenteException refused;
    private long triedAt;

    /** Opens the token anew. */
    interface Opening {
        /** @throws EntenteException {@code token-unavailable}, {@code token-pin-refused}, {@code token-key-missing} */
        SigningKey open();
    }

    WatchedKey(String setting, SigningKey key, Opening opening) {
        this.setting = setting;
        this.publicKey = key.publicKey();
        this.key = key;
        this.opening = opening;
        this.triedAt = System.nanoTime() - PAUSE_NANOS;
    }

    @Override
    public SignatureAlgorithm algorithm() {
        return SignatureAlgorithm.ECDSA_P256_SHA256;
    }

    @Override
    public PublicKey publicKey() {
        return publicKey;
    }

    @Override
    public byte[] sign(byte[] data) {
        SigningKey now = key;
        try {
            return now.sign(data);
        } catch (TokenLostException e) {
            try {
                return reopened(now, e).sign(data);
            } catch (TokenLostException again) {
                throw gone(again);
            }
        }
    }

    @SuppressWarnings("ReferenceEquality") // which opening it was, not which key
    private synchronized SigningKey reopened(SigningKey lost, TokenLostException cause) {
        if (key != lost) {
            return key; // another thread was faster
        }
        if (refused != null) {
            throw refused;
        }
        if (System.nanoTime() - triedAt < PAUSE_NANOS) {
            throw gone(cause);
        }
        triedAt = System.nanoTime();
        try {
            SigningKey found = opening.open();
            if (!found.publicKey().equals(publicKey)) {
                throw new EntenteException(
                        ErrorCode.TOKEN_KEY_MISSING,
                        "The token that is there now holds another key than the one that " + setting
                                + " named before.");
            }
            key = found;
            return found;
        } catch (EntenteException e) {
            if (e.code() == ErrorCode.TOKEN_PIN_REFUSED) {
                refused = e;
            }
            throw e;
        }
    }

    private EntenteException gone(TokenLostException cause) {
        return new EntenteException(
                ErrorCode.TOKEN_UNAVAILABLE,
                "The token with the key that " + setting + " names does not sign: " + cause.getMessage()
                        + ". Put it back; the node goes on by itself.",
                cause);
    }

    @Override
    public String toString() {
        return "signing key on the token of " + setting;
    }
}
