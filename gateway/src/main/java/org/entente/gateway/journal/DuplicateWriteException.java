package org.entente.gateway.journal;

import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
import org.jspecify.annotations.Nullable;

/**
 * A row that a draft inserts is there already; nothing of the draft was kept. Callers turn it into the error of their own
 * subject (a repeated nonce, a known exchange); uncaught it is a defect.
 */
public final class DuplicateWriteException extends EntenteException {
    private static final long serialVersionUID = 1L;

    private final int write;

    DuplicateWriteException(int write, @Nullable Throwable cause) {
        super(ErrorCode.INTERNAL_ERROR, "A row with the same key exists already.", cause);
        this.write = write;
    }

    /** Which of the draft's writes it was, from 0. */
    public int write() {
        return write;
    }
}
