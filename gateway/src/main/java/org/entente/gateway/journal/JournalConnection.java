package org.entente.gateway.journal;

import com.zaxxer.hikari.HikariDataSource;
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
    private static final String SHORT_WAIT = "SET SESSION innodb_lock_wait_timeout = 5";

    private final DataSource source;
    private @Nullable Connection held;

    JournalConnection(DataSource source) {
        this.source = source;
    }

    /** A connection outside any transaction; the first statement begins one. */
    Connection open() throws SQLException {
        if (held == null) {
            Connection connection = source.getConnection();
            try {
                try (Statement statement = connection.createStatement()) {
                    statement.execute(SHORT_WAIT);
                }
                connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
                connection.setAutoCommit(false);
            } catch (SQLException e) {
                connection.close();
                throw e;
            }
            held = connection;
        }
        return held;
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
        Connection connection = held;
        held = null;
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
