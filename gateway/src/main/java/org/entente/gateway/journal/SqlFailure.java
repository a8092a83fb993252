package org.entente.gateway.journal;

import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLTransientConnectionException;

/** What a failed statement says about the transaction it stood in. */
enum SqlFailure {
    /** The connection is gone or cannot be trusted; a transaction that was not yet told to commit is rolled back. */
    CONNECTION,
    /** The server has given up the transaction; the same again may succeed. */
    TRANSACTION,
    /** Somebody else holds a row for too long; only the statement is undone. */
    LOCK_WAIT,
    /** The row is there already. */
    DUPLICATE,
    /** The statement itself was refused. */
    STATEMENT;

    private static final int DUPLICATE_ENTRY = 1062;
    private static final int LOCK_WAIT_TIMEOUT = 1205;
    private static final int DEADLOCK = 1213;
    private static final int RECORD_CHANGED = 1020;
    private static final int SERVER_SHUTDOWN = 1053;
    private static final int QUERY_INTERRUPTED = 1317;
    private static final int CONNECTION_KILLED = 1927;

    /** Whether nothing more can be done in the transaction. */
    boolean endsTransaction() {
        return this == CONNECTION || this == TRANSACTION;
    }

    static SqlFailure of(SQLException failure) {
        String state = failure.getSQLState() == null ? "" : failure.getSQLState();
        if (failure instanceof SQLNonTransientConnectionException
                || failure instanceof SQLTransientConnectionException
                || state.startsWith("08")) {
            return CONNECTION;
        }
        return switch (failure.getErrorCode()) {
            case DUPLICATE_ENTRY -> DUPLICATE;
            case LOCK_WAIT_TIMEOUT -> LOCK_WAIT;
            case DEADLOCK, RECORD_CHANGED -> TRANSACTION;
            // The server answers a bulk statement with an error without number or text when the table was altered since
            // the statement was prepared (seen with MariaDB 11.4.5). A fresh connection prepares anew.
            case 0, SERVER_SHUTDOWN, QUERY_INTERRUPTED, CONNECTION_KILLED -> CONNECTION;
            default -> state.equals("40001") ? TRANSACTION : causeOf(failure);
        };
    }

    /** A failed batch wraps the failure of its statement. */
    private static SqlFailure causeOf(SQLException failure) {
        return failure.getCause() instanceof SQLException cause && cause != failure ? of(cause) : STATEMENT;
    }
}
