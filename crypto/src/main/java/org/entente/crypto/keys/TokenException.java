package org.entente.crypto.keys;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A key on a PKCS#11 token cannot be used. The message never names the PIN. */
public final class TokenException extends IOException {
    private static final long serialVersionUID = 1L;

    private final Cause kind;

    /** What is wrong, for those who must tell it apart. */
    public enum Cause {
        /** Library or token are not there, or do not answer. */
        TOKEN,
        /** The token does not accept the PIN. */
        PIN,
        /** The token holds no such key with a certificate, or one of another kind than EC P-256. */
        KEY
    }

    TokenException(Cause kind, String message) {
        this(kind, message, null);
    }

    TokenException(Cause kind, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    /** What is wrong. */
    public Cause kind() {
        return kind;
    }
}
