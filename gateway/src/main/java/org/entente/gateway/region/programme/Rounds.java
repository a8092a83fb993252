package org.entente.gateway.region.programme;

import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.UUID;
import org.entente.gateway.access.Roles;
import org.entente.gateway.access.StaffUser;
import org.entente.gateway.access.Users;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
import org.entente.gateway.base.Uuids;
import org.entente.gateway.exchange.Askers;
import org.entente.gateway.exchange.Holdings;
import org.entente.gateway.exchange.Question;
import org.entente.gateway.journal.ConflictingWriteException;
import org.entente.gateway.journal.Draft;
import org.entente.gateway.journal.DuplicateWriteException;
import org.entente.gateway.journal.Journal;
import org.entente.gateway.journal.Write;
import org.jspecify.annotations.Nullable;

/**
 * Rounds: opened, asked in turns until everything is settled or the deadline has come, and closed with every member named. A round that is
 * interrupted goes on where it was: each question keeps its exchange id, so no member answers twice.
 */
@Singleton
public class Rounds {
    static final String SCHEDULE = "schedule";
    private static final String OPENED = "round-opened";
    private static final String CLOSED = "round-closed";

    private final Programmes programmes;
    private final RoundQuestions questions;
    private final RoundTables tables;
    private final RoundTurn turn;
    private final Holdings holdings;
    private final Askers askers;
    private final Users users;
    private final Journal journal;
    private final Uuids uuids;
    private final Clock clock;

    Rounds(
            Programmes programmes,
            RoundQuestions questions,
            RoundTables tables,
            RoundTurn turn,
            Holdings holdings,
            Askers askers,
            Users users,
            Journal journal,
            Uuids uuids,
            Clock clock) {
        this.programmes = programmes;
        this.questions = questions;
        this.tables = tables;
        this.turn = turn;
        this.holdings = holdings;
        this.askers = askers;
        this.users = users;
        this.journal = journal;
        this.uuids = uuids;
        this.clock = clock;
    }

    /** A round with what has become of each question so far. */
    public record Progress(Round round, List<Round.Task> tasks) {
        public Progress {
            tasks = List.copyOf(tasks);
        }

        /** Whether nothing is to be asked any more. */
        public boolean settled() {
            return tasks.stream().allMatch(task -> task.state().settled());
        }
    }

    /**
     * Opens a round by hand.
     *
     * @param year that figures are wanted for
     * @throws EntenteException {@code not-found}, {@code programme-invalid}, {@code forbidden}
     */
    public Progress open(String programme, int year, StaffUser by) {
        by.require(Roles.STATISTICIAN);
        askers.of(by, Roles.STATISTICIAN);
        return open(programmes.get(programme).programme(), year, null, by.name(), by.pseudonym());
    }

    /** Opens the round of a day of the calendar, once, in the name of whoever has declared the programme. */
    Optional<Progress> openDue(Programmes.Declared declared, String dueDay, int year) {
        if (tables.opened(declared.programme().id(), dueDay)) {
            return Optional.empty();
        }
        try {
            return Optional.of(open(declared.programme(), year, dueDay, declared.responsible(), SCHEDULE));
        } catch (DuplicateWriteException e) {
            return Optional.empty();
        }
    }

    private Progress open(Programme programme, int year, @Nullable String dueDay, String user, String by) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        SortedMap<String, List<Programme.Table>> members = questions.members(programme, now);
        if (members.isEmpty()) {
            throw new EntenteException(
                    ErrorCode.PROGRAMME_INVALID, "No member answers any table of " + programme.id() + ".");
        }
        Round round = new Round(
                uuids.next(),
                programme.id(),
                programme.version(),
                year,
                dueDay,
                now,
                user,
                now.plus(Duration.ofHours(programme.rounds().deadlineHours())),
                null);
        List<Round.Task> tasks = new ArrayList<>();
        members.forEach((party, wanted) ->
                wanted.forEach(table -> tasks.add(Round.Task.wanted(party, table.id(), uuids.next()))));
        List<Write> writes = new ArrayList<>(List.of(RoundTables.insert(round)));
        tasks.forEach(task -> writes.add(RoundTables.insert(round.id(), task)));
        Map<String, Object> record = record(OPENED, round, now, by);
        record.put("agreement", programme.agreement());
        record.put("year", year);
        record.put("deadline", round.deadline().toString());
        record.put("members", List.copyOf(members.keySet()));
        journal.append(new Draft(OPENED, record, round.id().toString(), writes));
        return new Progress(round, tasks);
    }

    private static Map<String, Object> record(String kind, Round round, Instant now, String by) {
        Map<String, Object> record = new LinkedHashMap<>();
        record.put("kind", kind);
        record.put("time", now.toString());
        record.put("by", by);
        record.put("round", round.id().toString());
        record.put("programme", round.programme());
        record.put("version", round.version());
        return record;
    }

    /**
     * Asks every member for whatever is not settled, all at once; who does not answer within the attempt's time is left behind and named.
     * Does nothing while another process of the node asks.
     *
     * @throws EntenteException {@code round-closed}, {@code not-found}
     */
    public Progress turn(UUID id) {
        Round round = open(id);
        Programme programme = programme(round);
        Instant now = clock.instant();
        Duration patience = Duration.ofSeconds(programme.rounds().attemptSeconds());
        if (tables.lease(id, now, now.plus(patience.multipliedBy(2)))) {
            try {
                Question.Asker asker = askers.of(users.staff(users.get(round.openedBy())), Roles.STATISTICIAN);
                turn.run(programme, round, tables.tasks(id), asker, patience);
            } finally {
                tables.release(id);
            }
        }
        return progress(id);
    }

    /**
     * Asks a member again that has refused or whose answer did not hold, under a new exchange id.
     *
     * @throws EntenteException {@code not-found} if the member is not asked for that table; {@code round-closed}
     */
    public Progress again(UUID id, String party, StaffUser by) {
        by.require(Roles.STATISTICIAN);
        open(id);
        List<Round.Task> refused = tables.tasks(id).stream()
                .filter(task -> task.party().equals(party))
                .filter(task -> task.state() == Round.Outcome.REFUSED || task.state() == Round.Outcome.INVALID)
                .toList();
        if (refused.isEmpty()) {
            throw new EntenteException(
                    ErrorCode.NOT_FOUND, "In this round " + party + " has refused nothing that could be asked again.");
        }
        refused.forEach(task -> tables.update(
                id,
                new Round.Task(
                        party,
                        task.table(),
                        uuids.next(),
                        Round.Outcome.OPEN,
                        task.code(),
                        task.sentence(),
                        task.attempts(),
                        task.tried(),
                        null)));
        return progress(id);
    }

    /**
     * Closes a round: where no answer came, the last signed one stands in, with its date; who is late, has refused or was not heard is
     * named in the journal.
     *
     * @throws EntenteException {@code round-closed}, {@code not-found}, {@code forbidden}
     */
    public Progress close(UUID id, StaffUser by) {
        by.require(Roles.STATISTICIAN);
        return close(open(id), by.name(), by.pseudonym());
    }

    /** Closes a round whose deadline has come or that is settled. */
    Progress closeBySchedule(Round round) {
        return close(round, SCHEDULE, SCHEDULE);
    }

    private Progress close(Round round, String user, String by) {
        Programme programme = programme(round);
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        Question.Asker asker = askers.of(users.staff(users.get(round.openedBy())), Roles.STATISTICIAN);
        List<Round.Task> settled = tables.tasks(round.id()).stream()
                .map(task -> task.state().hasFigures() ? task : settle(programme, round, task, asker))
                .toList();
        List<Write> writes = new ArrayList<>(List.of(RoundTables.close(round.id(), now, user)));
        settled.forEach(task -> writes.add(RoundTables.settle(round.id(), task)));
        Map<String, Object> record = record(CLOSED, round, now, by);
        record.put("outcomes", settled.stream().map(Rounds::outcome).toList());
        try {
            journal.append(new Draft(CLOSED, record, round.id().toString(), writes));
        } catch (ConflictingWriteException e) {
            throw closed(round.id(), e);
        }
        return progress(round.id());
    }

    private Round.Task settle(Programme programme, Round round, Round.Task task, Question.Asker asker) {
        Programme.Table table = programme.table(task.table());
        Question question = questions.question(programme, round, table, task.party(), asker);
        Optional<Holdings.Holding> last = holdings.covering(
                task.party(), programme.agreement(), table.leg(), table.purpose(), question.selection());
        if (last.isPresent()) {
            return task.settled(
                    Round.Outcome.STANDS_IN, last.get().exchange(), last.get().received());
        }
        Round.Outcome outcome = switch (task.state()) {
            case WAITING -> Round.Outcome.LATE;
            case OPEN, UNREACHABLE -> Round.Outcome.MISSING;
            default -> task.state();
        };
        return task.settled(outcome, task.exchange(), null);
    }

    private static Map<String, Object> outcome(Round.Task task) {
        Map<String, Object> outcome = new LinkedHashMap<>();
        outcome.put("party", task.party());
        outcome.put("table", task.table());
        outcome.put("outcome", task.state().name());
        if (task.state().hasFigures()) {
            outcome.put("exchange", task.exchange().toString());
        }
        if (task.code() != null && task.state() != Round.Outcome.ANSWERED) {
            outcome.put("reason", task.code());
        }
        return outcome;
    }

    /** The rounds of a programme, newest first. */
    public List<Round> of(String programme) {
        return tables.ofProgramme(programme);
    }

    /** The rounds that are open. */
    public List<Round> open() {
        return tables.open();
    }

    /**
     * A round with what has become of each question so far.
     *
     * @throws EntenteException {@code not-found}
     */
    public Progress progress(UUID id) {
        return new Progress(get(id), tables.tasks(id));
    }

    /** The programme in the version of a round. */
    public Programme programme(Round round) {
        return programmes
                .find(round.programme(), round.version())
                .map(Programmes.Declared::programme)
                .orElseThrow();
    }

    /**
     * The write by which a deposit becomes the answer to a question, together with whatever is journaled of it; it fails if the member has
     * answered by itself meanwhile or the round is closed.
     */
    public static Write deposit(UUID round, String party, String table, UUID deposit, Instant now) {
        return RoundTables.deposit(round, party, table, deposit, now);
    }

    /** The areas that each member reports for, as of when the round was opened. */
    public Map<String, List<String>> areas(Round round) {
        return questions.areas(programme(round), round.opened());
    }

    /** The year that a round opened on a day is for. */
    static int year(Programme programme, Instant day) {
        return day.atZone(ZoneOffset.UTC).getYear() - programme.rounds().yearsBack();
    }

    private Round get(UUID id) {
        return tables.find(id)
                .orElseThrow(() -> new EntenteException(ErrorCode.NOT_FOUND, "There is no round " + id + " here."));
    }

    private Round open(UUID id) {
        Round round = get(id);
        if (round.closed() != null) {
            throw closed(id, null);
        }
        return round;
    }

    private static EntenteException closed(UUID id, @Nullable Throwable cause) {
        return new EntenteException(ErrorCode.ROUND_CLOSED, "The round " + id + " is closed.", cause);
    }
}
