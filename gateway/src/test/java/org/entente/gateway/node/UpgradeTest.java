package org.entente.gateway.node;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import org.entente.gateway.testing.TestNode;
import org.junit.jupiter.api.Test;

/** A node of this version over the database of an earlier one. */
class UpgradeTest {
    @Test
    void aTableWithALowerNumberThanTheDatabaseKnowsIsAdded() throws Exception {
        try (TestNode node = TestNode.plan("ITA").startWithoutListeners()) {
            node.stop();
            String schema = node.database().name();
            try (Connection admin = node.database().server().admin();
                    Statement statement = admin.createStatement()) {
                statement.execute("DROP TABLE " + schema + ".holding_read");
                assertEquals(
                        1,
                        statement.executeUpdate(
                                "DELETE FROM " + schema + ".flyway_schema_history WHERE version = '092'"));
                node.restartWithoutListeners();
                try (ResultSet count = statement.executeQuery("SELECT COUNT(*) FROM " + schema + ".holding_read")) {
                    count.next();
                    assertEquals(0, count.getLong(1));
                }
            }
        }
    }
}
