package org.entente.gateway.base;

import java.sql.SQLException;

/** Reads one row; the cursor stands on it and must not be moved. */
@FunctionalInterface
public interface RowMapper<T> {
    T map(Row row) throws SQLException;
}
