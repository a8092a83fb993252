package org.entente.gateway.operations.reminders;

import io.micrometer.core.instrument.MeterRegistry;
import io.micronaut.scheduling.annotation.Scheduled;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;
import org.entente.gateway.base.Database;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.Micros;
import org.entente.gateway.base.Row;
import org.entente.gateway.evidence.obligations.DueDeliveries;
import org.entente.gateway.exchange.Approvals;
import org.entente.gateway.journal.Draft;
import org.entente.gateway.journal.DuplicateWriteException;
import org.entente.gateway.journal.Journal;
import org.entente.gateway.journal.Write;
import org.entente.gateway.partners.NodeIdentity;
import org.entente.gateway.region.programme.Round;
import org.entente.gateway.region.programme.Rounds;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives reminders, each once and with an entry in the journal, and says when what they were about is done: before and after the due days of
 * calendars on both sides, and before a round's deadline to the secretariat. What waits for a person here is reminded of by {@link Approvals};
 * the list shows that too.
 */
@Singleton
public class Reminders {
    static final String KIND = "reminder-given";

    /** Days before a due day on which it is first spoken of. */
    static final int AHEAD = 14;

    /** A delivery that has not come is spoken of for so many days. */
    static final int BEHIND = 120;

    private static final Duration BEFORE_DEADLINE = Duration.ofHours(24);
    private static final Logger LOG = LoggerFactory.getLogger(Reminders.class);

    private final DueDeliveries deliveries;
    private final Rounds rounds;
    private final Approvals approvals;
    private final NodeIdentity identity;
    private final Database database;
    private final Journal journal;
    private final Clock clock;
    private final AtomicLong open = new AtomicLong();

    Reminders(
            DueDeliveries deliveries,
            Rounds rounds,
            Approvals approvals,
            NodeIdentity identity,
            Database database,
            Journal journal,
            MeterRegistry meters,
            Clock clock) {
        this.deliveries = deliveries;
        this.rounds = rounds;
        this.approvals = approvals;
        this.identity = identity;
        this.database = database;
        this.journal = journal;
        this.clock = clock;
        meters.gauge("entente.reminders.open", open);
    }

    /** What a reminder is about. */
    public enum Kind {
        /** A release of this node falls due soon. */
        RELEASE_DUE,
        /** A release of this node was due and is not published. */
        RELEASE_LATE,
        /** A partner's release is expected soon. */
        RELEASE_EXPECTED,
        /** A partner's release was due, and nothing here shows it. */
        RELEASE_NOT_COME,
        /** A member has not answered a round whose deadline is near. */
        MEMBER_UNANSWERED,
        /** A partner's request waits for a person of this node. */
        QUESTION_WAITS
    }

    /**
     * A reminder whose matter is not done.
     *
     * @param party of whom something is due
     * @param due day or moment
     * @param sentence for people
     * @param given when
     */
    public record Reminder(Kind kind, String subject, String party, String due, String sentence, Instant given) {
        /** Whether something of this node itself is late. */
        public boolean isLate() {
            return kind == Kind.RELEASE_LATE;
        }
    }

    /** Looks what is due, gives what was not given yet, and closes what is done. */
    @Scheduled(fixedDelay = "${entente.reminders.pause:15m}", initialDelay = "${entente.reminders.pause:1m}")
    void look() {
        try {
            Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
            List<Reminder> due = due(now);
            Set<String> known = new HashSet<>(database.query(
                    "SELECT kind, subject FROM reminder", row -> key(row.string("kind"), row.string("subject"))));
            due.stream()
                    .filter(one -> !known.contains(key(one.kind().name(), one.subject())))
                    .forEach(this::give);
            Set<String> still = new HashSet<>();
            due.forEach(one -> still.add(key(one.kind().name(), one.subject())));
            given().stream()
                    .filter(one -> !still.contains(key(one.kind().name(), one.subject())))
                    .forEach(one -> database.update(
                            "UPDATE reminder SET over_us = ? WHERE kind = ? AND subject = ? AND over_us IS NULL",
                            now,
                            one.kind().name(),
                            one.subject()));
            open.set(open().size());
        } catch (EntenteException e) {
            LOG.warn("reminders wait: {}", e.getMessage());
        }
    }

    private static String key(String kind, String subject) {
        return kind + " " + subject;
    }

    private List<Reminder> due(Instant now) {
        List<Reminder> due = new ArrayList<>();
        deliveries.around(AHEAD, BEHIND).stream()
                .filter(one -> !one.made())
                .map(one -> reminder(one, now))
                .forEach(due::add);
        for (Round round : rounds.open()) {
            if (isNear(round, now)) {
                due.addAll(unanswered(round, now));
            }
        }
        return due;
    }

    private Reminder reminder(DueDeliveries.DueDelivery one, Instant now) {
        Kind kind = one.own()
                ? one.over() ? Kind.RELEASE_LATE : Kind.RELEASE_DUE
                : one.over() ? Kind.RELEASE_NOT_COME : Kind.RELEASE_EXPECTED;
        String sentence = switch (kind) {
            case RELEASE_DUE ->
                "A release for the leg " + one.leg() + " falls due on " + one.day() + " (grace until " + one.lastDay()
                        + ").";
            case RELEASE_LATE ->
                "A release for the leg " + one.leg() + " was due on " + one.day()
                        + " and is not published (grace until " + one.lastDay() + ").";
            case RELEASE_EXPECTED ->
                one.provider() + " owes a release under the leg " + one.leg() + " by " + one.day() + ".";
            default ->
                one.provider() + " owed a release under the leg " + one.leg() + " by " + one.day()
                        + "; nothing here shows that there is one.";
        };
        return new Reminder(
                kind,
                one.agreement() + " " + one.leg() + " " + one.provider() + " " + one.day(),
                one.provider(),
                one.day().toString(),
                sentence,
                now);
    }

    /** The last day before the deadline, or the last half of a round that is shorter than two days. */
    private static boolean isNear(Round round, Instant now) {
        Duration whole = Duration.between(round.opened(), round.deadline());
        Duration half = whole.dividedBy(2);
        Duration before = half.compareTo(BEFORE_DEADLINE) < 0 ? half : BEFORE_DEADLINE;
        return !now.isBefore(round.deadline().minus(before));
    }

    private List<Reminder> unanswered(Round round, Instant now) {
        Set<String> members = new TreeSet<>();
        rounds.progress(round.id()).tasks().stream()
                .filter(task -> !task.state().settled())
                .forEach(task -> members.add(task.party()));
        return members.stream()
                .map(member -> new Reminder(
                        Kind.MEMBER_UNANSWERED,
                        round.id() + " " + member,
                        member,
                        round.deadline().toString(),
                        member + " has not answered the round " + round.programme() + " " + round.year()
                                + ", whose deadline is " + round.deadline() + ".",
                        now))
                .toList();
    }

    private void give(Reminder one) {
        Map<String, Object> record = new LinkedHashMap<>();
        record.put("kind", KIND);
        record.put("time", one.given().toString());
        record.put("about", one.kind().name());
        record.put("subject", one.subject());
        record.put("party", one.party());
        record.put("due", one.due());
        try {
            journal.append(new Draft(
                    KIND,
                    record,
                    one.party(),
                    List.of(new Write.Insert(
                            "INSERT INTO reminder (kind, subject, party, due, sentence, given_us, journal_index)"
                                    + " VALUES (?, ?, ?, ?, ?, ?, ?)",
                            one.kind().name(),
                            one.subject(),
                            one.party(),
                            one.due(),
                            one.sentence(),
                            Micros.of(one.given()),
                            Write.INDEX))));
            LOG.info("reminder: {}", one.sentence());
        } catch (DuplicateWriteException e) {
            LOG.debug("another process has reminded of {}", one.subject(), e);
        }
    }

    private List<Reminder> given() {
        return database.query("SELECT * FROM reminder WHERE over_us IS NULL ORDER BY due", Reminders::read);
    }

    private static Reminder read(Row row) throws SQLException {
        return new Reminder(
                Kind.valueOf(row.string("kind")),
                row.string("subject"),
                row.string("party"),
                row.string("due"),
                row.string("sentence"),
                row.instant("given_us"));
    }

    /** What is not done, the earliest due first: reminders that were given, and requests that wait for a person of this node. */
    public List<Reminder> open() {
        List<Reminder> all = new ArrayList<>(given());
        approvals.list(false).stream()
                .filter(line -> line.state().equals("waiting"))
                .map(line -> new Reminder(
                        Kind.QUESTION_WAITS,
                        line.exchange(),
                        identity.party(),
                        line.due(),
                        "A request of " + line.partner() + " under the leg " + line.leg()
                                + " waits for a person here, until " + line.due() + ".",
                        line.asked()))
                .forEach(all::add);
        all.sort(java.util.Comparator.comparing(Reminder::due));
        return all;
    }
}
