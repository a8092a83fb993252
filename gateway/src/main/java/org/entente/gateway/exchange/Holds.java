package org.entente.gateway.exchange;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.micronaut.scheduling.annotation.Scheduled;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.entente.agreements.decision.Facts.Hold;
import org.entente.agreements.decision.Facts.Hold.Scope;
import org.entente.gateway.access.Roles;
import org.entente.gateway.access.StaffUser;
import org.entente.gateway.base.Database;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
import org.entente.gateway.base.Micros;
import org.entente.gateway.journal.ConflictingWriteException;
import org.entente.gateway.journal.Draft;
import org.entente.gateway.journal.DuplicateWriteException;
import org.entente.gateway.journal.Journal;
import org.entente.gateway.journal.Write;
import org.entente.gateway.partners.Partners;
import org.entente.gateway.releases.PublishedRelease;
import org.entente.gateway.releases.Releases;
import org.entente.gateway.treaties.Treaties;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stops that one authorised person of this node sets at once and by itself: on the whole node, a partner, an agreement, a leg or a release.
 * Nothing is exchanged against them; requests get a signed refusal that names the hold. This process sees a change at once, others within a
 * second.
 */
@Singleton
public class Holds {
    private static final Logger LOG = LoggerFactory.getLogger(Holds.class);
    private static final String SET = "hold-set";
    private static final String LIFTED = "hold-lifted";
    private static final long FRESH_NANOS = Duration.ofSeconds(1).toNanos();

    private final Database database;
    private final Partners partners;
    private final Treaties treaties;
    private final Releases releases;
    private final Journal journal;
    private final Clock clock;
    private volatile @Nullable Snapshot snapshot;

    private record Snapshot(List<Standing> holds, List<Hold> facts, long takenNanos) {}

    Holds(Database database, Partners partners, Treaties treaties, Releases releases, Journal journal, Clock clock) {
        this.database = database;
        this.partners = partners;
        this.treaties = treaties;
        this.releases = releases;
        this.journal = journal;
        this.clock = clock;
    }

    /**
     * A hold that stands.
     *
     * @param target party, agreement, {@code agreement#leg} or release; absent for the node
     * @param by who set it
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Standing(Scope scope, @Nullable String target, String reason, String by, Instant since) {}

    /** All holds that stand, those on partners included. */
    public List<Standing> list() {
        List<Standing> all = new ArrayList<>(look().holds());
        partners.all()
                .forEach(partner -> partner.hold()
                        .ifPresent(hold -> all.add(
                                new Standing(Scope.PARTNER, partner.party(), hold.reason(), hold.by(), hold.since()))));
        return all;
    }

    /** The holds as facts of a decision on an exchange with this partner. */
    List<Hold> facts(String partner) {
        Snapshot known = snapshot;
        List<Hold> own = (known != null && System.nanoTime() - known.takenNanos < FRESH_NANOS ? known : look()).facts();
        return partners.find(partner)
                .flatMap(p -> p.hold())
                .map(hold -> {
                    List<Hold> both = new ArrayList<>(own);
                    both.add(new Hold(Scope.PARTNER, partner, hold.since(), hold.reason()));
                    return both;
                })
                .orElse(own);
    }

    /**
     * Sets a hold. Treaty officers and administrators may set any; an approver of the owning office may stop a release.
     *
     * @param target as in {@link Standing}; null for the node
     * @throws EntenteException {@code forbidden}; {@code hold-exists}; {@code partner-unknown}, {@code partner-blocked}, {@code
     *     agreement-unknown}, {@code release-unknown} or {@code request-malformed} for a target that is not there
     */
    public Standing set(Scope scope, @Nullable String target, String reason, StaffUser by) {
        requireReason(reason);
        requireMay(scope, target, by);
        if (scope == Scope.PARTNER) {
            partners.hold(String.valueOf(target), reason, by.name());
            return find(scope, target);
        }
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        try {
            journal.append(new Draft(
                    SET,
                    record(SET, scope, target, reason, by, now),
                    subject(scope, target),
                    List.of(new Write.Insert(
                            "INSERT INTO local_hold (scope, target, reason, person, set_us, journal_index)"
                                    + " VALUES (?, ?, ?, ?, ?, ?)",
                            scope.name(),
                            target == null ? "" : target,
                            reason,
                            by.name(),
                            Micros.of(now),
                            Write.INDEX))));
        } catch (DuplicateWriteException e) {
            throw new EntenteException(
                    ErrorCode.HOLD_EXISTS, "A hold on " + subject(scope, target) + " stands already.", e);
        } finally {
            look();
        }
        return find(scope, target);
    }

    /**
     * Lifts a hold that this node has set.
     *
     * @throws EntenteException {@code forbidden}; {@code not-found} if none stands
     */
    public void lift(Scope scope, @Nullable String target, String reason, StaffUser by) {
        requireReason(reason);
        requireMay(scope, target, by);
        find(scope, target);
        if (scope == Scope.PARTNER) {
            partners.lift(String.valueOf(target), reason, by.name());
            return;
        }
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        try {
            journal.append(new Draft(
                    LIFTED,
                    record(LIFTED, scope, target, reason, by, now),
                    subject(scope, target),
                    List.of(new Write.Update(
                            "DELETE FROM local_hold WHERE scope = ? AND target = ?",
                            1,
                            scope.name(),
                            target == null ? "" : target))));
        } catch (ConflictingWriteException e) {
            LOG.debug("somebody else has lifted the hold in the meantime", e);
        } finally {
            look();
        }
    }

    @Scheduled(fixedDelay = "500ms", initialDelay = "500ms")
    void lookRegularly() {
        try {
            look();
        } catch (EntenteException e) {
            LOG.debug("holds could not be read: {}", e.getMessage());
        }
    }

    private Snapshot look() {
        long now = System.nanoTime();
        List<Standing> holds = database.query(
                "SELECT scope, target, reason, person, set_us FROM local_hold ORDER BY set_us",
                r -> new Standing(
                        Scope.valueOf(r.string("scope")),
                        r.string("target").isEmpty() ? null : r.string("target"),
                        r.string("reason"),
                        r.string("person"),
                        r.instant("set_us")));
        List<Hold> facts = holds.stream()
                .map(h -> new Hold(h.scope(), h.target(), h.since(), h.reason()))
                .toList();
        Snapshot taken = new Snapshot(holds, facts, now);
        snapshot = taken;
        return taken;
    }

    private Standing find(Scope scope, @Nullable String target) {
        return list().stream()
                .filter(h -> h.scope() == scope && java.util.Objects.equals(h.target(), target))
                .findFirst()
                .orElseThrow(() ->
                        new EntenteException(ErrorCode.NOT_FOUND, "No hold on " + subject(scope, target) + " stands."));
    }

    private static void requireReason(String reason) {
        if (reason.isBlank() || reason.length() > 2000) {
            throw new EntenteException(
                    ErrorCode.REQUEST_MALFORMED, "A hold is set and lifted with a reason of 1 to 2000 characters.");
        }
    }

    private void requireMay(Scope scope, @Nullable String target, StaffUser by) {
        if ((scope == Scope.NODE) != (target == null)) {
            throw new EntenteException(
                    ErrorCode.REQUEST_MALFORMED, "A hold on the node has no target; any other hold has one.");
        }
        boolean officer = by.hasRole(Roles.TREATY_OFFICER) || by.hasRole(Roles.ADMINISTRATOR);
        String named = String.valueOf(target);
        if (scope == Scope.RELEASE) {
            PublishedRelease release = release(named);
            if (!officer) {
                by.require(
                        Roles.APPROVER,
                        release.dataset().authority(),
                        release.dataset().id());
            }
            return;
        }
        if (!officer) {
            throw new EntenteException(
                    ErrorCode.FORBIDDEN,
                    "Such a hold is set by a " + Roles.TREATY_OFFICER + " or an " + Roles.ADMINISTRATOR + ".");
        }
        if (scope == Scope.AGREEMENT) {
            treaties.get(named);
        } else if (scope == Scope.LEG) {
            int mark = named.indexOf('#');
            boolean known = mark > 0
                    && treaties.get(named.substring(0, mark))
                            .file()
                            .agreement()
                            .leg(named.substring(mark + 1))
                            .isPresent();
            if (!known) {
                throw new EntenteException(
                        ErrorCode.REQUEST_MALFORMED, "A leg is named AGREEMENT#LEG; there is none " + named + ".");
            }
        }
    }

    private PublishedRelease release(String id) {
        try {
            return releases.byId(UUID.fromString(id))
                    .orElseThrow(() -> new EntenteException(
                            ErrorCode.RELEASE_UNKNOWN, "No published release has the id " + id + "."));
        } catch (IllegalArgumentException e) {
            throw new EntenteException(ErrorCode.REQUEST_MALFORMED, "A release is named by its id.", e);
        }
    }

    private static String subject(Scope scope, @Nullable String target) {
        return target == null ? "the node" : scope.name().toLowerCase(java.util.Locale.ROOT) + " " + target;
    }

    private static Map<String, Object> record(
            String kind, Scope scope, @Nullable String target, String reason, StaffUser by, Instant now) {
        Map<String, Object> record = new LinkedHashMap<>();
        record.put("kind", kind);
        record.put("time", now.toString());
        record.put("scope", scope);
        if (target != null) {
            record.put("target", target);
        }
        record.put("reason", reason);
        record.put("by", by.pseudonym());
        return record;
    }
}
