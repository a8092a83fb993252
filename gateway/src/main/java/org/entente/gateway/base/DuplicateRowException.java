package org.entente.gateway.base;

import java.sql.SQLException;

/** A row with the same key exists. Callers turn it into the error of their own subject; uncaught it is a defect. */
public final class DuplicateRowException extends EntenteException {

    private static final long serialVersionUID = 1L;

    DuplicateRowException(SQLException cause) {
        super(ErrorCode.INTERNAL_ERROR, "A row with the same key exists already.", cause);
    }
}
