package org.entente.gateway.journal;

import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;

/**
 * An update of a draft met another number of rows than it expected, because the state has changed since it was read;
 * nothing of the draft was kept. Callers read again and decide anew; uncaught it is a defect.
 */
public final class ConflictingWriteException extends EntenteException {
    private static final long serialVersionUID = 1L;

    private final int write;
    private final long rows;

    ConflictingWriteException(int write, long rows) {
        super(ErrorCode.INTERNAL_ERROR, "The state has changed since it was read.");
        this.write = write;
        this.rows = rows;
    }

    /** Which of the draft's writes it was, from 0. */
    public int write() {
        return write;
    }

    /** How many rows it met. */
    public long rows() {
        return rows;
    }
}
