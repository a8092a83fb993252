package org.entente.gateway.journal;

import com.zaxxer.hikari.HikariDataSource;
import java.io.Serial;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The sequencer's own connection, taken from the pool when there is something to append and given back when there is not. Its
 * statements stay prepared. Used by one thread only.
 */
final class JournalConnection {
    private static final Logger LOG = LoggerFactory.getLogger(JournalConnection.class);

    /** A row that others hold for longer fails the draft that wants it instead of stopping the journal. */
    private static final String SHORT_WAIT = "SET SESSION innodb_lock_wait_timeout = 3";

    private static final int MOST_DEAD = 64;

    private final DataSource source;
    private @Nullable Connection held;

    JournalConnection(DataSource source) {
        this.source = source;
    }

    /** No connection is to be had; trying again at once would only make callers wait longer. */
    static final class NoConnectionException extends SQLException {
        @Serial
        private static final long serialVersionUID = 1L;

        NoConnectionException(SQLException cause) {
            super("no connection to the database", cause.getSQLState(), cause);
        }
    }

    /**
     * A connection outside any transaction; the first statement begins one.
     *
     * @throws NoConnectionException if there is none
     */
    Connection open() throws SQLException {
        if (held == null) {
            try {
                held = take();
            } catch (SQLException e) {
                throw new NoConnectionException(e);
            }
        }
        return held;
    }

    /** The pool may not have noticed yet that its connections are dead, so each is tried before it is trusted. */
    private Connection take() throws SQLException {
        SQLException last = null;
        for (int i = 0; i < MOST_DEAD; i++) {
            Connection connection = source.getConnection();
            try {
                prepare(connection);
                return connection;
            } catch (SQLException e) {
                last = e;
                close(connection);
            }
        }
        throw new SQLException("every connection of the pool is dead", last);
    }

    private static void prepare(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(SHORT_WAIT);
        }
        connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
        connection.setAutoCommit(false);
    }

    /** Gives the connection back for others to use. */
    void release() {
        if (held == null) {
            return;
        }
        try (Connection connection = held) {
            connection.rollback();
            connection.setAutoCommit(true);
            try (Statement statement = connection.createStatement()) {
                statement.execute("SET SESSION innodb_lock_wait_timeout = DEFAULT");
            }
        } catch (SQLException e) {
            LOG.debug("journal connection not given back in order", e);
        } finally {
            held = null;
        }
    }

    /** Closes the connection for good, because it is broken or in an unknown state. */
    void discard() {
        if (held == null) {
            return;
        }
        close(held);
        held = null;
    }

    private void close(Connection connection) {
        try {
            if (source.isWrapperFor(HikariDataSource.class)) {
                // Closes it and takes it out of the pool; a close on top of that would give it back.
                source.unwrap(HikariDataSource.class).evictConnection(connection);
            } else {
                connection.close();
            }
        } catch (SQLException e) {
            LOG.debug("journal connection did not close in order", e);
        }
    }
}
