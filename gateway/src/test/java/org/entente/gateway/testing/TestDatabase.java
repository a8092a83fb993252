package org.entente.gateway.testing;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A schema of its own with a user of its own on a MariaDB server.
 *
 * @param name the schema, which is also the user's name
 */
public record TestDatabase(EmbeddedMariaDb server, String name, String password) {

    private static final AtomicInteger COUNTER = new AtomicInteger();

    /** A new, empty schema on the JVM's shared server. */
    public static TestDatabase newSchema() {
        return newSchema(EmbeddedMariaDb.shared(), "t" + COUNTER.incrementAndGet());
    }

    /** A schema on a given server; one of that name that exists already is kept, its user gets a new password. */
    public static TestDatabase newSchema(EmbeddedMariaDb server, String name) {
        String password = "pw-" + name;
        try (Connection admin = server.admin();
                Statement statement = admin.createStatement()) {
            statement.execute("CREATE DATABASE IF NOT EXISTS " + name);
            statement.execute("CREATE OR REPLACE USER '" + name + "'@'127.0.0.1' IDENTIFIED BY '" + password + "'");
            statement.execute("GRANT ALL PRIVILEGES ON " + name + ".* TO '" + name + "'@'127.0.0.1'");
        } catch (SQLException e) {
            throw new IllegalStateException("no schema " + name, e);
        }
        return new TestDatabase(server, name, password);
    }

    public String url() {
        return "jdbc:mariadb://127.0.0.1:" + server.port() + "/" + name;
    }

    /** The settings that an application context needs to use this schema. */
    public Map<String, Object> properties() {
        Map<String, Object> properties = new HashMap<>();
        properties.put("datasources.default.url", url());
        properties.put("datasources.default.username", name);
        properties.put("datasources.default.password", password);
        properties.put("datasources.default.maximum-pool-size", 10);
        return properties;
    }

    /** Removes the schema and its user. */
    public void drop() {
        try (Connection admin = server.admin();
                Statement statement = admin.createStatement()) {
            statement.execute("DROP DATABASE IF EXISTS " + name);
            statement.execute("DROP USER IF EXISTS '" + name + "'@'127.0.0.1'");
        } catch (SQLException e) {
            throw new IllegalStateException("schema " + name + " was not dropped", e);
        }
    }
}
