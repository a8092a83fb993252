package org.entente.gateway.exchange;

import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.entente.gateway.base.Database;
import org.entente.gateway.base.Uuids;

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
        for (Asking.Figures one : figures) {
            database.update(
                    "INSERT INTO holding_read (day, exchange, role, times) VALUES (?, ?, ?, 1)"
                            + " ON DUPLICATE KEY UPDATE times = times + 1",
                    day,
                    Uuids.toBytes(one.exchange()),
                    role);
        }
    }
}
