package org.entente.gateway.node.demo;

import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;

/**
 * The database server that the demonstration may use: it makes one schema and one user per node, anew at each run.
 *
 * @param url JDBC address of the server, without a schema: {@code jdbc:mariadb://127.0.0.1:3306/}
 */
public record DemoDatabase(String url, String user, String password) {

    /** A fresh schema for a party, as settings of its node. */
    Map<String, Object> schemaFor(String party) {
        String name = "entente_demo_" + party.toLowerCase(Locale.ROOT);
        byte[] random = new byte[16];
        new SecureRandom().nextBytes(random);
        String secret = HexFormat.of().formatHex(random);
        try (Connection connection = DriverManager.getConnection(url, user, password);
                Statement statement = connection.createStatement()) {
            statement.execute("DROP DATABASE IF EXISTS " + name);
            statement.execute("CREATE DATABASE " + name + " CHARACTER SET utf8mb4 COLLATE utf8mb4_bin");
            statement.execute("CREATE OR REPLACE USER '" + name + "'@'127.0.0.1' IDENTIFIED BY '" + secret + "'");
            statement.execute("GRANT ALL PRIVILEGES ON " + name + ".* TO '" + name + "'@'127.0.0.1'");
        } catch (SQLException e) {
            throw new IllegalStateException("The schema " + name + " cannot be made: " + e.getMessage(), e);
        }
        return Map.of(
                "datasources.default.url", url + name,
                "datasources.default.username", name,
                "datasources.default.password", secret);
    }
}
