package org.entente.gateway.journal;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.entente.gateway.base.Sql;

/**
 * Whether a commit on this server survives a crash. A journal on any other server would sign what may vanish, so there is no
 * setting to pass over this.
 */
final class DurabilityCheck {
    private DurabilityCheck() {}

    /** @throws JournalUnavailableException naming the first variable that is wrong and its remedy */
    static void require(Connection c) throws SQLException {
        Map<String, String> variables = new HashMap<>();
        Sql.query(
                        c,
                        "SHOW GLOBAL VARIABLES WHERE Variable_name IN ('innodb_flush_log_at_trx_commit',"
                                + " 'innodb_doublewrite', 'innodb_flush_method', 'log_bin', 'sync_binlog')",
                        row -> Map.entry(row.string("Variable_name"), row.string("Value")))
                .forEach(entry -> variables.put(entry.getKey(), entry.getValue().toUpperCase(Locale.ROOT)));
        // 3 flushes once more often than 1; 0 and 2 lose commits.
        String flush = variables.getOrDefault("innodb_flush_log_at_trx_commit", "");
        require(flush.equals("1") || flush.equals("3"), "innodb_flush_log_at_trx_commit", flush, "1");
        String doublewrite = variables.getOrDefault("innodb_doublewrite", "");
        require(
                !doublewrite.isEmpty() && !doublewrite.equals("OFF") && !doublewrite.equals("0"),
                "innodb_doublewrite",
                doublewrite,
                "ON");
        String method = variables.getOrDefault("innodb_flush_method", "");
        require(!method.contains("NOSYNC"), "innodb_flush_method", method, "O_DIRECT");
        if (!variables.getOrDefault("log_bin", "OFF").equals("OFF")) {
            String sync = variables.getOrDefault("sync_binlog", "");
            require(sync.equals("1"), "sync_binlog", sync, "1");
        }
    }

    private static void require(boolean durable, String variable, String value, String remedy) {
        if (!durable) {
            throw new JournalUnavailableException(
                    "The database server runs with " + variable + "=" + value
                            + ", so a commit may be lost in a crash. Set it to " + remedy
                            + " in the server's configuration and start the node again.",
                    null);
        }
    }
}
