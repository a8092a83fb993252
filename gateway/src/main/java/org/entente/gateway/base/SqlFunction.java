package org.entente.gateway.base;

import java.sql.SQLException;

/** Work on a database resource that may fail as JDBC does. */
@FunctionalInterface
public interface SqlFunction<A, T> {
    T apply(A argument) throws SQLException;
}
