package org.entente.crypto.keys;

/** A token that held a key when it was opened does not sign any more: it was taken out, or does not answer. */
public final class TokenLostException extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    TokenLostException(String message, Throwable cause) {
        super(message, cause);
    }
}
