package org.entente.gateway.access;

import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.entente.crypto.Base64Url;
import org.entente.crypto.Digests;
import org.entente.gateway.base.Database;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
import org.entente.gateway.base.Micros;
import org.entente.gateway.base.Row;
import org.entente.gateway.base.Uuids;
import org.entente.gateway.journal.Draft;
import org.entente.gateway.journal.Journal;
import org.entente.gateway.journal.Write;
import org.jspecify.annotations.Nullable;

/**
 * Personal keys for tools that know nothing but a name and a password. A key is 256 random bits, so its digest can be kept as it is and
 * compared in microseconds; no derivation that costs time is needed, as it is for passwords that people choose. A key ends at its expiry, when
 * it is revoked, and while its user is shut out, in every process of the node at once, since each use looks at the row.
 */
@Singleton
public final class AccessKeys {
    private static final String PREFIX = "ek-";
    private static final int ID_CHARS = 22;
    private static final int SECRET_BYTES = 32;
    private static final int LENGTH = PREFIX.length() + ID_CHARS + 43;
    private static final int MOST = 20;
    private static final int LONGEST_DAYS = 730;
    private static final Duration LAST_USE_STEP = Duration.ofMinutes(1);

    private final Database database;
    private final UserTable table;
    private final Users users;
    private final Journal journal;
    private final Uuids ids;
    private final SecureRandom random;
    private final Clock clock;

    AccessKeys(
            Database database,
            UserTable table,
            Users users,
            Journal journal,
            Uuids ids,
            SecureRandom random,
            Clock clock) {
        this.database = database;
        this.table = table;
        this.users = users;
        this.journal = journal;
        this.ids = ids;
        this.random = random;
        this.clock = clock;
    }

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Stored(AccessKey key, UUID user, byte[] digest) {}

    /**
     * Makes a key.
     *
     * @param user sign-in name of its user
     * @param name what the user calls it
     * @param days for how long it is good
     * @param by who makes it; nobody on the command line of the node's own machine
     * @throws EntenteException {@code user-unknown}, {@code request-malformed}
     */
    public AccessKey.Made add(String user, String name, int days, @Nullable StaffUser by) {
        UserAccount account = users.get(user);
        if (name.isBlank() || name.length() > 100) {
            throw new EntenteException(ErrorCode.REQUEST_MALFORMED, "A key's name has 1 to 100 characters.");
        }
        if (days < 1 || days > LONGEST_DAYS) {
            throw new EntenteException(
                    ErrorCode.REQUEST_MALFORMED, "A key is good for 1 to " + LONGEST_DAYS + " days, not " + days + ".");
        }
        if (of(account).stream().filter(key -> key.state().equals("valid")).count() >= MOST) {
            throw new EntenteException(
                    ErrorCode.REQUEST_MALFORMED,
                    "The user has " + MOST + " keys; revoke one that is no longer needed first.");
        }
        UUID id = ids.next();
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        Instant expires = now.plus(Duration.ofDays(days));
        byte[] secret = new byte[SECRET_BYTES];
        random.nextBytes(secret);
        String text = PREFIX + Base64Url.encode(Uuids.toBytes(id)) + Base64Url.encode(secret);
        Map<String, Object> record = record("access-key-added", id, account, now, by);
        record.put("expires", expires.toString());
        journal.append(new Draft(
                "access-key-added",
                record,
                account.id().toString(),
                List.of(new Write.Insert(
                        "INSERT INTO access_key (id, user_id, name, digest, created_us, expires_us, journal_index)"
                                + " VALUES (?, ?, ?, ?, ?, ?, ?)",
                        id,
                        account.id(),
                        name,
                        digest(text),
                        Micros.of(now),
                        Micros.of(expires),
                        Write.INDEX))));
        return new AccessKey.Made(new AccessKey(id, name, now, expires, null, null, "valid"), text);
    }

    /** The user's keys, the newest first. */
    public List<AccessKey> of(String user) {
        return of(users.get(user));
    }

    private List<AccessKey> of(UserAccount account) {
        return database.query(
                "SELECT * FROM access_key WHERE user_id = ? ORDER BY created_us DESC, id",
                row -> stored(row).key(),
                account.id());
    }

    /**
     * Ends a key at once. Nothing happens to one that is revoked already.
     *
     * @throws EntenteException {@code user-unknown}; {@code not-found} if the user has no such key
     */
    public void revoke(String user, UUID id, @Nullable StaffUser by) {
        UserAccount account = users.get(user);
        Stored stored = find(id).filter(found -> found.user().equals(account.id()))
                .orElseThrow(() -> new EntenteException(ErrorCode.NOT_FOUND, user + " has no access key " + id + "."));
        if (stored.key().revoked() != null) {
            return;
        }
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        journal.append(new Draft(
                "access-key-revoked",
                record("access-key-revoked", id, account, now, by),
                account.id().toString(),
                List.of(new Write.Update(
                        "UPDATE access_key SET revoked_us = ? WHERE id = ? AND revoked_us IS NULL",
                        1,
                        Micros.of(now),
                        id))));
    }

    /**
     * The user whose key this is. What is wrong is not said: not whether there is such a key, nor whose it is, nor why it is no longer good.
     *
     * @param name sign-in name that came with the key, or null if none did
     */
    Optional<StaffUser> verify(@Nullable String name, String text) {
        boolean shaped = text.length() == LENGTH && text.startsWith(PREFIX);
        Optional<Stored> stored = (shaped ? id(text) : Optional.<UUID>empty()).flatMap(this::find);
        byte[] expected = stored.map(Stored::digest).orElseGet(() -> new byte[SECRET_BYTES]);
        boolean same = MessageDigest.isEqual(expected, digest(text));
        if (stored.isEmpty() || !same || !stored.get().key().state().equals("valid")) {
            return Optional.empty();
        }
        Optional<UserTable.Stored> user = table.byId(stored.get().user())
                .filter(UserTable.Stored::enabled)
                .filter(one -> name == null || one.name().equals(name.toLowerCase(Locale.ROOT)));
        user.ifPresent(one -> used(stored.get().key()));
        return user.map(one -> users.staff(one.account()));
    }

    private void used(AccessKey key) {
        Instant now = clock.instant();
        Instant last = key.lastUsed();
        if (last == null || last.plus(LAST_USE_STEP).isBefore(now)) {
            database.update(
                    "UPDATE access_key SET last_used_us = ? WHERE id = ?",
                    now.truncatedTo(ChronoUnit.MINUTES),
                    key.id());
        }
    }

    private Optional<Stored> find(UUID id) {
        return database.one("SELECT * FROM access_key WHERE id = ?", this::stored, id);
    }

    private Stored stored(Row row) throws SQLException {
        Instant expires = row.instant("expires_us");
        Instant revoked = row.instantOrNull("revoked_us");
        String state = revoked != null ? "revoked" : expires.isAfter(clock.instant()) ? "valid" : "expired";
        return new Stored(
                new AccessKey(
                        row.uuid("id"),
                        row.string("name"),
                        row.instant("created_us"),
                        expires,
                        row.instantOrNull("last_used_us"),
                        revoked,
                        state),
                row.uuid("user_id"),
                row.bytes("digest"));
    }

    private static Optional<UUID> id(String text) {
        try {
            byte[] bytes = Base64Url.decode(text.substring(PREFIX.length(), PREFIX.length() + ID_CHARS));
            return Optional.of(Uuids.fromBytes(bytes));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static byte[] digest(String text) {
        return Digests.sha256(text.getBytes(StandardCharsets.UTF_8));
    }

    private static Map<String, Object> record(
            String kind, UUID key, UserAccount user, Instant now, @Nullable StaffUser by) {
        Map<String, Object> record = new LinkedHashMap<>();
        record.put("kind", kind);
        record.put("time", now.toString());
        record.put("key", key.toString());
        record.put("user", user.id().toString());
        if (by != null) {
            record.put("by", by.pseudonym());
        }
        return record;
    }
}
