package org.entente.gateway.partners;

import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Optional;
import org.entente.gateway.base.Database;
import org.entente.gateway.base.Micros;

/** The newest list of each authority as it was fetched, so that a restart while the authority is down loses nothing. */
@Singleton
final class RevocationTables {
    private final Database database;

    RevocationTables(Database database) {
        this.database = database;
    }

    Optional<byte[]> list(String authority) {
        return database.one(
                "SELECT list FROM revocation_list WHERE authority = ?", row -> row.bytes("list"), authority);
    }

    /** Keeps a list unless a newer one is kept already. */
    void keep(String authority, byte[] list, Instant made, Instant fetched) {
        database.inTransaction(c -> {
            try (var statement = c.prepareStatement(
                    "INSERT INTO revocation_list (authority, list, made_us, fetched_us) VALUES (?, ?, ?, ?)"
                            + " ON DUPLICATE KEY UPDATE list = IF(VALUES(made_us) >= made_us, VALUES(list), list),"
                            + " fetched_us = VALUES(fetched_us), made_us = GREATEST(made_us, VALUES(made_us))")) {
                statement.setString(1, authority);
                statement.setBytes(2, list);
                statement.setLong(3, Micros.of(made));
                statement.setLong(4, Micros.of(fetched));
                return statement.executeUpdate();
            }
        });
    }
}
