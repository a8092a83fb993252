package org.entente.gateway.access;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.entente.gateway.base.Database;
import org.entente.gateway.base.Row;
import org.entente.gateway.base.Sql;
import org.jspecify.annotations.Nullable;

/** The rows of staff users and their grants. */
@Singleton
final class UserTable {

    private static final String COLUMNS =
            "id, name, full_name, password_hash, enabled, session_epoch, failures," + " locked_until_us, created_us";

    private final Database database;

    UserTable(Database database) {
        this.database = database;
    }

    /** A user with what only signing in needs to know. */
    record Stored(
            UUID id,
            String name,
            String fullName,
            String passwordHash,
            boolean enabled,
            long epoch,
            int failures,
            @Nullable Instant lockedUntil,
            Instant created,
            Set<Grant> grants) {

        UserAccount account() {
            return new UserAccount(id, name, fullName, grants, enabled, lockedUntil, created);
        }
    }

    Optional<Stored> byName(String name) {
        return database.withConnection(
                c -> Sql.one(c, "SELECT " + COLUMNS + " FROM staff_user WHERE name = ?", row -> read(c, row), name));
    }

    Optional<Stored> byId(UUID id) {
        return database.withConnection(
                c -> Sql.one(c, "SELECT " + COLUMNS + " FROM staff_user WHERE id = ?", row -> read(c, row), id));
    }

    List<UserAccount> all() {
        return database.withConnection(c -> Sql.query(
                c,
                "SELECT " + COLUMNS + " FROM staff_user ORDER BY name",
                row -> read(c, row).account()));
    }

    /** Counts a failed sign-in; the number of failures since the last good one. */
    int countFailure(UUID id) {
        return database.inTransaction(c -> {
            Sql.update(c, "UPDATE staff_user SET failures = failures + 1 WHERE id = ?", id);
            return Sql.one(c, "SELECT failures FROM staff_user WHERE id = ?", row -> row.intValue("failures"), id)
                    .orElse(0);
        });
    }

    void forgetFailures(UUID id) {
        database.update("UPDATE staff_user SET failures = 0, locked_until_us = NULL WHERE id = ?", id);
    }

    private static Stored read(Connection c, Row row) throws SQLException {
        UUID id = row.uuid("id");
        List<Grant> grants = Sql.query(
                c,
                "SELECT role, authority, dataset FROM staff_grant WHERE user_id = ?",
                grant -> new Grant(grant.string("role"), grant.string("authority"), grant.string("dataset")),
                id);
        return new Stored(
                id,
                row.string("name"),
                row.string("full_name"),
                row.string("password_hash"),
                row.booleanValue("enabled"),
                row.longValue("session_epoch"),
                row.intValue("failures"),
                row.instantOrNull("locked_until_us"),
                row.instant("created_us"),
                new TreeSet<>(grants));
    }
}
