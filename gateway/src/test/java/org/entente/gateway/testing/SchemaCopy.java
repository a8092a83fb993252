package org.entente.gateway.testing;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** A copy of a node's schema on the same server, as a backup would have it, to be restored once. */
public final class SchemaCopy {
    private final TestDatabase database;
    private final String copy;

    private SchemaCopy(TestDatabase database) {
        this.database = database;
        this.copy = database.name() + "_copy";
    }

    /** Takes the copy now. */
    public static SchemaCopy of(TestDatabase database) throws SQLException {
        SchemaCopy made = new SchemaCopy(database);
        try (Connection admin = database.server().admin();
                Statement statement = admin.createStatement()) {
            statement.execute("CREATE DATABASE `" + made.copy + "`");
            for (String table : made.tables(statement)) {
                statement.execute("CREATE TABLE `" + made.copy + "`.`" + table + "` LIKE `" + database.name() + "`.`"
                        + table + "`");
                statement.execute("INSERT INTO `" + made.copy + "`.`" + table + "` SELECT * FROM `" + database.name()
                        + "`.`" + table + "`");
            }
        }
        return made;
    }

    /** Makes the schema what it was; the node is stopped meanwhile. */
    public void restore() throws SQLException {
        try (Connection admin = database.server().admin();
                Statement statement = admin.createStatement()) {
            statement.execute("SET foreign_key_checks = 0");
            for (String table : tables(statement)) {
                statement.execute("DELETE FROM `" + database.name() + "`.`" + table + "`");
                statement.execute("INSERT INTO `" + database.name() + "`.`" + table + "` SELECT * FROM `" + copy + "`.`"
                        + table + "`");
            }
            statement.execute("DROP DATABASE `" + copy + "`");
        }
    }

    private List<String> tables(Statement statement) throws SQLException {
        List<String> tables = new ArrayList<>();
        try (ResultSet rows = statement.executeQuery("SELECT table_name FROM information_schema.tables"
                + " WHERE table_type = 'BASE TABLE' AND table_schema = '" + database.name() + "'")) {
            while (rows.next()) {
                tables.add(rows.getString(1));
            }
        }
        return tables;
    }
}
