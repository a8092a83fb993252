package org.entente.gateway.base;

import io.micronaut.jdbc.DataSourceResolver;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The node's database, by plain SQL. Outside a transaction every statement commits by itself; inside one, all or nothing.
 *
 * <p>Parameters: null, numbers, booleans, text, byte arrays as JDBC takes them; {@link java.time.Instant} becomes epoch
 * microseconds, {@link java.util.UUID} 16 bytes. Failures become {@link EntenteException} with {@code database-unavailable}
 * or, for a defect in a statement, {@code internal-error}; a duplicate key becomes {@link DuplicateRowException}.
 *
 * <p>Work on a connection, and what reads a row, must not ask here again: as many threads as there are connections, each of which holds one and
 * wants a second, wait for each other until their time is over. The first that does is written to the log; with the system property
 * {@value #REFUSE_NESTED}, as in tests, every one fails.
 */
@Singleton
public final class Database {
    private static final Logger LOG = LoggerFactory.getLogger(Database.class);

    /** System property: whether who holds a connection and asks for a second one is refused instead of logged. */
    static final String REFUSE_NESTED = "entente.database.refuse-nested";

    private static final boolean REFUSES = Boolean.getBoolean(REFUSE_NESTED);

    private final DataSource source;

    /** Whether this thread holds a connection. */
    private final ThreadLocal<Boolean> holds = ThreadLocal.withInitial(() -> false);

    private final AtomicBoolean warned = new AtomicBoolean();

    Database(DataSource source, @Nullable DataSourceResolver resolver) {
        this.source = resolver == null ? source : resolver.resolve(source);
    }

    /** All rows, in the order of the statement. */
    public <T> List<T> query(String sql, RowMapper<T> mapper, @Nullable Object... parameters) {
        return withConnection(c -> Sql.query(c, sql, mapper, parameters));
    }

    /**
     * The only row, or nothing.
     *
     * @throws IllegalStateException if there is more than one
     */
    public <T> Optional<T> one(String sql, RowMapper<T> mapper, @Nullable Object... parameters) {
        return withConnection(c -> Sql.one(c, sql, mapper, parameters));
    }

    /** Inserts, updates or deletes; the number of rows concerned. */
    public long update(String sql, @Nullable Object... parameters) {
        return withConnection(c -> Sql.update(c, sql, parameters));
    }

    /** Work on one connection in autocommit mode, for instance to stream rows. */
    public <T extends @Nullable Object> T withConnection(SqlFunction<Connection, T> work) {
        boolean nested = holds.get();
        if (nested) {
            reportNested();
        }
        try (Connection connection = source.getConnection()) {
            holds.set(true);
            return work.apply(connection);
        } catch (SQLException e) {
            throw Sql.explain(e);
        } finally {
            holds.set(nested);
        }
    }

    /** Work in one transaction: committed if it returns, rolled back if it throws. */
    public <T extends @Nullable Object> T inTransaction(SqlFunction<Connection, T> work) {
        return withConnection(connection -> {
            connection.setAutoCommit(false);
            boolean done = false;
            try {
                T result = work.apply(connection);
                connection.commit();
                done = true;
                return result;
            } finally {
                if (!done) {
                    rollBack(connection);
                }
                connection.setAutoCommit(true);
            }
        });
    }

    /** The unwrapped pool, for the few that need a connection over many statements. The caller closes what it takes. */
    public DataSource source() {
        return source;
    }

    private void reportNested() {
        IllegalStateException nested =
                new IllegalStateException("a thread that holds a connection asks for a second one");
        if (REFUSES) {
            throw nested;
        }
        if (!warned.getAndSet(true)) {
            LOG.warn(nested.getMessage(), nested);
        }
    }

    private static void rollBack(Connection connection) {
        try {
            connection.rollback();
        } catch (SQLException e) {
            // The server rolls back by itself when the connection is gone; the first failure is the one to report.
            LOG.debug("rollback failed", e);
        }
    }
}
