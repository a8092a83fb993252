package org.entente.gateway.exchange;

import jakarta.inject.Singleton;
import java.sql.PreparedStatement;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.entente.gateway.base.Database;
import org.entente.gateway.base.Sql;

/** Counts how often staff look at what a partner has sent, by day, answer and role; never by person. What cannot be counted is not shown. */
@Singleton
class HoldingReads {
    private final Database database;
    private final Clock clock;

    HoldingReads(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** Counts one look at each of these answers. */
    void count(List<Asking.Figures> figures, String role) {
        long day = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC).toEpochDay();
        if (figures.isEmpty()) {
            return;
        }
        database.inTransaction(c -> {
            try (PreparedStatement statement =
                    c.prepareStatement("INSERT INTO holding_read (day, exchange, role, times) VALUES (?, ?, ?, 1)"
                            + " ON DUPLICATE KEY UPDATE times = times + 1")) {
                for (Asking.Figures one : figures) {
                    Sql.bind(statement, day, one.exchange(), role);
                    statement.addBatch();
                }
                return statement.executeBatch().length;
            }
        });
    }
}
