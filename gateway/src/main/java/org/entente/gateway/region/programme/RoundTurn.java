package org.entente.gateway.region.programme;

import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
import org.entente.gateway.exchange.Asking;
import org.entente.gateway.exchange.Question;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One turn of a round: every member is asked at once, each for one table after the other, and nobody waits for the slowest. */
@Singleton
class RoundTurn {
    private static final Logger LOG = LoggerFactory.getLogger(RoundTurn.class);

    private final Asking asking;
    private final RoundQuestions questions;
    private final RoundTables tables;
    private final Clock clock;
    private final ExecutorService members = Executors.newVirtualThreadPerTaskExecutor();

    RoundTurn(Asking asking, RoundQuestions questions, RoundTables tables, Clock clock) {
        this.asking = asking;
        this.questions = questions;
        this.tables = tables;
        this.clock = clock;
    }

    @PreDestroy
    void stop() {
        members.shutdownNow();
    }

    /**
     * Asks for what is not settled. Who is not done in time is marked so; should the answer come later all the same, it is taken.
     *
     * @param patience how long it waits
     */
    void run(Programme programme, Round round, List<Round.Task> tasks, Question.Asker asker, Duration patience) {
        SortedMap<String, List<Round.Task>> byMember = new TreeMap<>();
        tasks.stream()
                .filter(task -> !task.state().settled())
                .forEach(task -> byMember.computeIfAbsent(task.party(), p -> new ArrayList<>())
                        .add(task));
        long end = System.nanoTime() + patience.toNanos();
        SortedMap<String, CompletableFuture<Void>> asked = new TreeMap<>();
        byMember.forEach((party, wanted) -> asked.put(
                party,
                CompletableFuture.runAsync(() -> wanted.forEach(task -> ask(programme, round, task, asker)), members)));
        asked.forEach((party, future) -> {
            if (!done(future, end)) {
                LOG.warn("the round {} goes on without {}, which has not answered in time", round.id(), party);
                leaveBehind(round, party);
            }
        });
    }

    private static boolean done(CompletableFuture<Void> future, long end) {
        try {
            future.get(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            // What went wrong at one member stands in its tasks or the log, and is no one else's.
            LOG.error("a member could not be asked", e.getCause());
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void leaveBehind(Round round, String party) {
        tables.tasks(round.id()).stream()
                .filter(task -> task.party().equals(party) && task.state() == Round.Outcome.OPEN)
                .forEach(task -> tables.update(
                        round.id(),
                        task.tried(
                                Round.Outcome.UNREACHABLE,
                                ErrorCode.PARTNER_UNREACHABLE.code(),
                                party + " has not answered within the time of an attempt.",
                                now())));
    }

    private void ask(Programme programme, Round round, Round.Task task, Question.Asker asker) {
        try {
            Programme.Table table = programme.table(task.table());
            Question question = questions.question(programme, round, table, task.party(), asker);
            Asking.Figures figures = asking.ask(question.repeating(task.exchange()));
            if (figures.failure() != null || !figures.exchange().equals(task.exchange())) {
                // Something older that stands in for an answer that did not come; closing decides on that.
                throw new EntenteException(
                        ErrorCode.PARTNER_UNREACHABLE,
                        figures.failure() == null
                                ? task.party() + " has not answered."
                                : figures.failure().sentence());
            }
            tables.update(round.id(), task.tried(Round.Outcome.ANSWERED, null, null, now()));
        } catch (EntenteException e) {
            tables.update(round.id(), task.tried(outcome(e.code()), e.code().code(), e.detail(), now()));
        }
    }

    private static Round.Outcome outcome(ErrorCode code) {
        return switch (code) {
            case ANSWER_WAITS -> Round.Outcome.WAITING;
            case PARTNER_ANSWER_INVALID -> Round.Outcome.INVALID;
            // A member without a node is no partner here: its figures are deposited, or it is missing at the end.
            case PARTNER_UNKNOWN,
                    PARTNER_UNREACHABLE,
                    PARTNER_UNCONFIRMED,
                    DATABASE_UNAVAILABLE,
                    JOURNAL_UNAVAILABLE,
                    TOO_MANY_REQUESTS,
                    INTERNAL_ERROR -> Round.Outcome.UNREACHABLE;
            default -> Round.Outcome.REFUSED;
        };
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
