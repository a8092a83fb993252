package org.entente.gateway.operations;

import jakarta.inject.Singleton;
import org.entente.gateway.base.Database;

/** Whether the database answers. */
@Singleton
final class DatabaseHealth implements HealthCheck {

    private final Database database;

    DatabaseHealth(Database database) {
        this.database = database;
    }

    @Override
    public String name() {
        return "database";
    }

    @Override
    public Finding look() {
        boolean answers =
                database.one("SELECT 1 AS one", row -> row.intValue("one")).isPresent();
        return answers ? Finding.up() : new Finding(Status.DOWN, "");
    }
}
