package org.entente.gateway.access;

import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
import org.entente.gateway.base.Uuids;
import org.entente.gateway.journal.Draft;
import org.entente.gateway.journal.DuplicateWriteException;
import org.entente.gateway.journal.Journal;
import org.entente.gateway.journal.Write;
import org.jspecify.annotations.Nullable;

/** The staff users of this node. Every change is a journaled act; its record names users by id only. */
@Singleton
public final class Users {

    private static final int MIN_PASSWORD = 12;
    private static final int MAX_PASSWORD = 200;
    private static final int FAILURES_BEFORE_LOCK = 5;
    private static final Duration LOCK = Duration.ofMinutes(15);

    private static final String INSERT_USER = "INSERT INTO staff_user (id, name, full_name, password_hash, enabled,"
            + " session_epoch, failures, locked_until_us, created_us) VALUES (?,?,?,?,TRUE,0,0,NULL,?)";
    private static final String INSERT_GRANT =
            "INSERT INTO staff_grant (user_id, role, authority, dataset) VALUES (?,?,?,?)";

    private final UserTable table;
    private final PasswordHash passwords;
    private final Pseudonyms pseudonyms;
    private final Journal journal;
    private final Uuids ids;
    private final Clock clock;

    /** What an unknown name's password is compared with, so that it takes as long as a known one's. */
    private final String nobodysHash;

    Users(UserTable table, PasswordHash passwords, Pseudonyms pseudonyms, Journal journal, Uuids ids, Clock clock) {
        this.table = table;
        this.passwords = passwords;
        this.pseudonyms = pseudonyms;
        this.journal = journal;
        this.ids = ids;
        this.clock = clock;
        this.nobodysHash = passwords.of("nobody has this password");
    }

    /** All users, by name. */
    public List<UserAccount> all() {
        return table.all();
    }

    /** @throws EntenteException {@code user-unknown} */
    public UserAccount get(String name) {
        return stored(name).account();
    }

    /** The user as one who acts. */
    public StaffUser staff(UserAccount account) {
        return new StaffUser(account.id(), account.name(), account.grants(), pseudonyms.of(account.id()));
    }

    /**
     * Makes a user.
     *
     * @param by who makes it; nobody at {@code init} and on the command line of the node's own machine
     * @throws EntenteException {@code user-exists}, {@code password-unfit}
     */
    public UserAccount add(String name, String fullName, Set<Grant> grants, String password, @Nullable StaffUser by) {
        if (!name.matches("[a-z0-9][a-z0-9._-]{1,63}")) {
            throw new EntenteException(
                    ErrorCode.REQUEST_MALFORMED,
                    "A user's name has 2 to 64 small letters, digits, dots, dashes or underscores, unlike " + name
                            + ".");
        }
        if (fullName.isBlank() || fullName.length() > 200) {
            throw new EntenteException(ErrorCode.REQUEST_MALFORMED, "The full name has 1 to 200 characters.");
        }
        requireFit(name, password);
        UUID id = ids.next();
        Instant now = clock.instant();
        List<Write> writes = new ArrayList<>();
        writes.add(new Write.Insert(INSERT_USER, id, name, fullName, passwords.of(password), now));
        grants.forEach(grant -> writes.add(insert(id, grant)));
        Map<String, Object> record = record("user-added", id, now, by);
        record.put("grants", texts(grants));
        try {
            journal.append(new Draft("user-added", record, id.toString(), writes));
        } catch (DuplicateWriteException e) {
            throw new EntenteException(ErrorCode.USER_EXISTS, "There is a user " + name + " already.", e);
        }
        return new UserAccount(id, name, fullName, new TreeSet<>(grants), true, null, now);
    }

    /** Replaces the user's grants; tokens that the user holds end. */
    public void setGrants(String name, Set<Grant> grants, StaffUser by) {
        UserTable.Stored user = stored(name);
        if (user.id().equals(by.id()) && !texts(grants).contains(Roles.ADMINISTRATOR)) {
            throw new EntenteException(
                    ErrorCode.FORBIDDEN, "An administrator does not take away the own role; another one may.");
        }
        List<Write> writes = new ArrayList<>();
        writes.add(epoch(user));
        writes.add(new Write.Update(
                "DELETE FROM staff_grant WHERE user_id = ?", user.grants().size(), user.id()));
        // An insert that stands behind an update is carried out in place, so the old grants are gone by then.
        grants.forEach(grant -> writes.add(insert(user.id(), grant)));
        Map<String, Object> record = record("user-changed", user.id(), clock.instant(), by);
        record.put("grants", texts(grants));
        journal.append(new Draft("user-changed", record, user.id().toString(), writes));
    }

    /** Sets a new password and lifts a lock; tokens that the user holds end. */
    public void setPassword(String name, String password, @Nullable StaffUser by) {
        UserTable.Stored user = stored(name);
        requireFit(name, password);
        Map<String, Object> record = record("user-changed", user.id(), clock.instant(), by);
        record.put("password", "set");
        journal.append(new Draft(
                "user-changed",
                record,
                user.id().toString(),
                List.of(
                        epoch(user),
                        new Write.Update(
                                "UPDATE staff_user SET password_hash = ?, failures = 0, locked_until_us = NULL WHERE id = ?",
                                1,
                                passwords.of(password),
                                user.id()))));
    }

    /** Lets the user in or keeps the user out; tokens that the user holds end. */
    public void setEnabled(String name, boolean enabled, StaffUser by) {
        UserTable.Stored user = stored(name);
        if (user.id().equals(by.id())) {
            throw new EntenteException(ErrorCode.FORBIDDEN, "Nobody shuts the own account.");
        }
        Map<String, Object> record = record("user-changed", user.id(), clock.instant(), by);
        record.put("enabled", enabled);
        journal.append(new Draft(
                "user-changed",
                record,
                user.id().toString(),
                List.of(
                        epoch(user),
                        new Write.Update(
                                "UPDATE staff_user SET enabled = ? WHERE id = ? AND enabled = ?",
                                user.enabled() == enabled ? 0 : 1,
                                enabled,
                                user.id(),
                                !enabled))));
    }

    /** The user of that name and password, as one who acts; refused as {@code POST /login} refuses. */
    public StaffUser authenticate(String name, String password) {
        return staff(signIn(name, password).account());
    }

    /**
     * Signs in.
     *
     * @throws EntenteException {@code unauthenticated} without saying whether name or password is wrong, {@code
     *     account-locked} after five failures in a row, for 15 minutes
     */
    UserTable.Stored signIn(String name, String password) {
        UserTable.Stored user = table.byName(name.toLowerCase(Locale.ROOT)).orElse(null);
        if (user == null || password.length() > MAX_PASSWORD) {
            passwords.fits("x", nobodysHash);
            throw refused();
        }
        Instant now = clock.instant();
        if (user.lockedUntil() != null && user.lockedUntil().isAfter(now)) {
            throw new EntenteException(
                    ErrorCode.ACCOUNT_LOCKED,
                    "The account is locked until " + user.lockedUntil() + ".",
                    Map.of(
                            "retryAfterSeconds",
                            Duration.between(now, user.lockedUntil()).toSeconds() + 1));
        }
        if (!passwords.fits(password, user.passwordHash()) || !user.enabled()) {
            failed(user, now);
            throw refused();
        }
        if (user.failures() > 0) {
            table.forgetFailures(user.id());
        }
        return user;
    }

    private void failed(UserTable.Stored user, Instant now) {
        int failures = table.countFailure(user.id());
        if (failures > 0 && failures % FAILURES_BEFORE_LOCK == 0) {
            Instant until = now.plus(LOCK);
            Map<String, Object> record = record("user-changed", user.id(), now, null);
            record.put("lockedUntil", until.toString());
            journal.append(new Draft(
                    "user-changed",
                    record,
                    user.id().toString(),
                    List.of(new Write.Update(
                            "UPDATE staff_user SET locked_until_us = ? WHERE id = ?", 1, until, user.id()))));
        }
    }

    private static EntenteException refused() {
        return new EntenteException(ErrorCode.UNAUTHENTICATED, "Name and password do not fit.");
    }

    private UserTable.Stored stored(String name) {
        return table.byName(name)
                .orElseThrow(() -> new EntenteException(ErrorCode.USER_UNKNOWN, "There is no user " + name + "."));
    }

    private static Write insert(UUID user, Grant grant) {
        return new Write.Insert(INSERT_GRANT, user, grant.role(), grant.authority(), grant.dataset());
    }

    private static Write epoch(UserTable.Stored user) {
        return new Write.Update(
                "UPDATE staff_user SET session_epoch = session_epoch + 1 WHERE id = ? AND session_epoch = ?",
                1,
                user.id(),
                user.epoch());
    }

    private Map<String, Object> record(String kind, UUID user, Instant now, @Nullable StaffUser by) {
        Map<String, Object> record = new LinkedHashMap<>();
        record.put("kind", kind);
        record.put("time", now.toString());
        record.put("user", user.toString());
        if (by != null) {
            record.put("by", by.pseudonym());
        }
        return record;
    }

    private static List<String> texts(Set<Grant> grants) {
        return new TreeSet<>(grants).stream().map(Grant::toString).toList();
    }

    private static void requireFit(String name, String password) {
        if (password.length() < MIN_PASSWORD
                || password.length() > MAX_PASSWORD
                || password.toLowerCase(Locale.ROOT).contains(name)) {
            throw new EntenteException(
                    ErrorCode.PASSWORD_UNFIT,
                    "A password has " + MIN_PASSWORD + " to " + MAX_PASSWORD
                            + " characters and does not contain the user's name.");
        }
    }
}
