package org.entente.gateway.journal;

import java.sql.Connection;
import java.sql.SQLException;
import org.entente.gateway.base.Database;
import org.entente.gateway.base.Sql;
import org.slf4j.LoggerFactory;

/** Holds the journal's head row, so that appends pile up and go into one batch when it is let go. */
public final class HeadLock implements AutoCloseable {
    private final Connection connection;

    public HeadLock(Database database) throws SQLException {
        connection = database.source().getConnection();
        connection.setAutoCommit(false);
        Sql.one(connection, "SELECT id FROM journal_head WHERE id = 1 FOR UPDATE", row -> row.intValue("id"));
    }

    @Override
    public void close() {
        try (Connection held = connection) {
            held.rollback();
            held.setAutoCommit(true);
        } catch (SQLException e) {
            // Some tests cut every connection, this one too; then the server has let go of the row.
            LoggerFactory.getLogger(HeadLock.class).debug("was cut", e);
        }
    }
}
