package org.entente.gateway.access;

import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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

    /** A row for each grant, and one for a user without any: a user is looked up at every request, by one statement. */
    private static final String SELECT =
            "SELECT u.id, u.name, u.full_name, u.password_hash, u.enabled, u.session_epoch,"
                    + " u.failures, u.locked_until_us, u.created_us, g.role, g.authority, g.dataset"
                    + " FROM staff_user u LEFT JOIN staff_grant g ON g.user_id = u.id";

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

        /** The same user with the grants of both rows. */
        Stored withGrantsOf(Stored other) {
            Set<Grant> both = new TreeSet<>(grants);
            both.addAll(other.grants);
            return new Stored(id, name, fullName, passwordHash, enabled, epoch, failures, lockedUntil, created, both);
        }

        UserAccount account() {
            return new UserAccount(id, name, fullName, grants, enabled, lockedUntil, created);
        }
    }

    Optional<Stored> byName(String name) {
        return users(SELECT + " WHERE u.name = ?", name).stream().findFirst();
    }

    Optional<Stored> byId(UUID id) {
        return users(SELECT + " WHERE u.id = ?", id).stream().findFirst();
    }

    List<UserAccount> all() {
        return users(SELECT + " ORDER BY u.name").stream().map(Stored::account).toList();
    }

    private List<Stored> users(String sql, @Nullable Object... parameters) {
        Map<UUID, Stored> users = new LinkedHashMap<>();
        for (Stored row : database.query(sql, UserTable::read, parameters)) {
            users.merge(row.id, row, Stored::withGrantsOf);
        }
        return List.copyOf(users.values());
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

    private static Stored read(Row row) throws SQLException {
        String role = row.stringOrNull("role");
        return new Stored(
                row.uuid("id"),
                row.string("name"),
                row.string("full_name"),
                row.string("password_hash"),
                row.booleanValue("enabled"),
                row.longValue("session_epoch"),
                row.intValue("failures"),
                row.instantOrNull("locked_until_us"),
                row.instant("created_us"),
                role == null ? Set.of() : Set.of(new Grant(role, row.string("authority"), row.string("dataset"))));
    }
}
