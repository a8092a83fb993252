package org.entente.gateway.base;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The current row of a result, with the project's column conventions: micros for instants, 16 bytes for UUIDs. */
public final class Row {

    private final ResultSet result;

    Row(ResultSet result) {
        this.result = result;
    }

    /** A text column that is never null. */
    public String string(String column) throws SQLException {
        return present(column, result.getString(column));
    }

    public @Nullable String stringOrNull(String column) throws SQLException {
        return result.getString(column);
    }

    /** A binary column that is never null. */
    public byte[] bytes(String column) throws SQLException {
        return present(column, result.getBytes(column));
    }

    public byte @Nullable [] bytesOrNull(String column) throws SQLException {
        return result.getBytes(column);
    }

    /** A number that is never null. */
    public long longValue(String column) throws SQLException {
        long value = result.getLong(column);
        refuseNull(column);
        return value;
    }

    public @Nullable Long longOrNull(String column) throws SQLException {
        long value = result.getLong(column);
        return result.wasNull() ? null : value;
    }

    public int intValue(String column) throws SQLException {
        int value = result.getInt(column);
        refuseNull(column);
        return value;
    }

    public boolean booleanValue(String column) throws SQLException {
        boolean value = result.getBoolean(column);
        refuseNull(column);
        return value;
    }

    /** A BIGINT column of epoch microseconds. */
    public Instant instant(String column) throws SQLException {
        return Micros.toInstant(longValue(column));
    }

    public @Nullable Instant instantOrNull(String column) throws SQLException {
        Long micros = longOrNull(column);
        return micros == null ? null : Micros.toInstant(micros);
    }

    /** A BINARY(16) column. */
    public UUID uuid(String column) throws SQLException {
        return Uuids.fromBytes(bytes(column));
    }

    public @Nullable UUID uuidOrNull(String column) throws SQLException {
        byte[] bytes = bytesOrNull(column);
        return bytes == null ? null : Uuids.fromBytes(bytes);
    }

    /** The JDBC result itself, for columns that this class has no method for. */
    public ResultSet result() {
        return result;
    }

    private void refuseNull(String column) throws SQLException {
        if (result.wasNull()) {
            throw new SQLException("column " + column + " is null");
        }
    }

    private static <T> T present(String column, @Nullable T value) throws SQLException {
        if (value == null) {
            throw new SQLException("column " + column + " is null");
        }
        return value;
    }
}
