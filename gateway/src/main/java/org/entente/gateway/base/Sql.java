package org.entente.gateway.base;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLSyntaxErrorException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Statements on a connection that the caller holds, for use inside {@link Database#inTransaction}. */
public final class Sql {

    /** MariaDB's ER_DUP_ENTRY. */
    private static final int DUPLICATE_ENTRY = 1062;

    private Sql() {}

    public static <T> List<T> query(Connection c, String sql, RowMapper<T> mapper, @Nullable Object... parameters)
            throws SQLException {
        try (PreparedStatement statement = c.prepareStatement(sql)) {
            bind(statement, parameters);
            try (ResultSet result = statement.executeQuery()) {
                List<T> rows = new ArrayList<>();
                Row row = new Row(result);
                while (result.next()) {
                    rows.add(mapper.map(row));
                }
                return rows;
            }
        }
    }

    /** @throws IllegalStateException if there is more than one row */
    public static <T> Optional<T> one(Connection c, String sql, RowMapper<T> mapper, @Nullable Object... parameters)
            throws SQLException {
        List<T> rows = query(c, sql, mapper, parameters);
        if (rows.size() > 1) {
            throw new IllegalStateException("more than one row where one was expected: " + sql);
        }
        return rows.stream().findFirst();
    }

    public static long update(Connection c, String sql, @Nullable Object... parameters) throws SQLException {
        try (PreparedStatement statement = c.prepareStatement(sql)) {
            bind(statement, parameters);
            return statement.executeLargeUpdate();
        }
    }

    /** Sets the parameters of a statement by the conventions of {@link Database}. */
    public static void bind(PreparedStatement statement, @Nullable Object... parameters) throws SQLException {
        for (int i = 0; i < parameters.length; i++) {
            statement.setObject(i + 1, toColumn(parameters[i]));
        }
    }

    /** The value that a column of the matching type holds. */
    public static @Nullable Object toColumn(@Nullable Object value) {
        return switch (value) {
            case null -> null;
            case Instant instant -> Micros.of(instant);
            case UUID id -> Uuids.toBytes(id);
            case Enum<?> constant -> constant.name();
            default -> value;
        };
    }

    /** Turns a JDBC failure into the error that the caller may see; the statement's text is not shown. */
    public static EntenteException explain(SQLException e) {
        if (e.getErrorCode() == DUPLICATE_ENTRY) {
            return new DuplicateRowException(e);
        }
        if (e instanceof SQLSyntaxErrorException
                || (e.getSQLState() != null && e.getSQLState().startsWith("42"))) {
            return new EntenteException(ErrorCode.INTERNAL_ERROR, "A statement does not fit the database.", e);
        }
        return new EntenteException(
                ErrorCode.DATABASE_UNAVAILABLE, "The database did not carry out a statement; nothing was kept.", e);
    }
}
