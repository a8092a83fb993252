package org.entente.gateway.exchange;

import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.entente.agreements.Agreement;
import org.entente.agreements.Terms;
import org.entente.agreements.life.FigureAct;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
import org.entente.gateway.partners.NodeIdentity;
import org.jspecify.annotations.Nullable;

/** What stands beside figures: duties, recall, deletion, and what the parties have said about them in signed acts. */
@Singleton
public class FigureNotes {
    private final FigureActs acts;
    private final Holdings holdings;
    private final AskedExchanges asked;
    private final AnsweredExchanges answered;
    private final Recalls recalls;
    private final Deletions deletions;
    private final NodeIdentity identity;
    private final Clock clock;

    FigureNotes(
            FigureActs acts,
            Holdings holdings,
            AskedExchanges asked,
            AnsweredExchanges answered,
            Recalls recalls,
            Deletions deletions,
            NodeIdentity identity,
            Clock clock) {
        this.acts = acts;
        this.holdings = holdings;
        this.asked = asked;
        this.answered = answered;
        this.recalls = recalls;
        this.deletions = deletions;
        this.identity = identity;
        this.clock = clock;
    }

    /**
     * One signed act.
     *
     * @param act its word, for example {@code error-reported}
     * @param cells what it is about; empty for the release as a whole
     * @param thread of a question and its replies
     * @param due last day for the correction that an error report waits for (clause 19)
     * @param settled whether that correction, or a reply, has been given; absent where nothing is waited for
     * @param late whether it came later than the clause allows
     */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record Note(
            String id,
            String act,
            String party,
            Instant at,
            List<FigureAct.Cell> cells,
            String text,
            @Nullable String thread,
            @Nullable String due,
            @Nullable Boolean settled,
            @Nullable Boolean late) {

        /** On one line, for people: who, when, on which cells, what, until when an answer is due. */
        public String sentence() {
            String on = cells.isEmpty()
                    ? ""
                    : ", on "
                            + cells.stream()
                                    .map(cell -> cell.key() + (cell.period() == null ? "" : "@" + cell.period()))
                                    .collect(Collectors.joining(", "));
            boolean open = Boolean.FALSE.equals(settled);
            return party + ", " + at.truncatedTo(ChronoUnit.SECONDS) + on + ": " + text
                    + (open ? " (not answered yet" + (due == null ? "" : ", due " + due) + ")" : "")
                    + (Boolean.TRUE.equals(late) ? " (later than the agreement allows)" : "");
        }
    }

    /** That the figures were deleted here. */
    public record Gone(String cause, String because, Instant at) {}

    /** All that stands beside the figures of one exchange. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Notes(
            String exchange,
            String partner,
            @Nullable String release,
            @Nullable Duties duties,
            Recalls.@Nullable Recall recall,
            @Nullable Gone deleted,
            List<Note> notes) {}

    /**
     * Something that a party still owes.
     *
     * @param act id of the act that waits for an answer
     * @param owes the party that must act
     * @param due last day, where the agreement sets one
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Owed(
            String act,
            String what,
            String owes,
            String agreement,
            @Nullable String due,
            boolean overdue) {}

    /**
     * What stands beside figures that this node asked for.
     *
     * @throws EntenteException {@code not-found}
     */
    public Notes ofAsked(UUID exchange) {
        AskedExchanges.Asked row = asked.find(exchange).orElseThrow(() -> unknown(exchange));
        Optional<Holdings.Holding> holding = holdings.find(exchange);
        String release = holding.map(Holdings.Holding::release).orElse(null);
        return new Notes(
                exchange.toString(),
                row.partner(),
                release,
                holding.map(Holdings.Holding::duties).orElse(null),
                recalls.of(row.partner(), release).orElse(null),
                deletions
                        .of(exchange)
                        .map(d -> new Gone(d.cause(), d.because(), d.at()))
                        .orElse(null),
                about(row.agreement(), release, row.received()));
    }

    /**
     * What stands beside figures that this node gave.
     *
     * @throws EntenteException {@code not-found}
     */
    public Notes ofAnswered(String partner, UUID exchange) {
        AnsweredExchanges.Answered row = answered.find(partner, exchange).orElseThrow(() -> unknown(exchange));
        return new Notes(
                exchange.toString(),
                partner,
                row.release(),
                null,
                recalls.own(row.release()).orElse(null),
                null,
                about(row.agreement(), row.release(), row.answered()));
    }

    /** What stands beside figures of a release that came under an agreement, for whoever takes them away. */
    public List<Note> beside(Asking.Figures figures) {
        return about(figures.agreement(), figures.release(), figures.received());
    }

    /** How many notes stand beside what an exchange brought. */
    int count(@Nullable String agreement, @Nullable String release) {
        return agreement == null || release == null
                ? 0
                : acts.about(agreement, release).size();
    }

    /** The acts themselves, for evidence: their ids. */
    public List<String> actsAbout(@Nullable String agreement, @Nullable String release) {
        return agreement == null || release == null
                ? List.of()
                : acts.about(agreement, release).stream()
                        .map(made -> made.act().id())
                        .toList();
    }

    /** What is owed on reports, questions and recalls, by whom and until when. */
    public List<Owed> owed() {
        List<Owed> owed = new ArrayList<>();
        for (FigureActs.Made made : acts.all()) {
            Agreement agreement = made.treaty().file().agreement();
            FigureAct act = made.act();
            switch (act) {
                case FigureAct.ErrorReported report
                when !corrected(report.id()) -> {
                    LocalDate due = due(agreement, report);
                    owed.add(new Owed(
                            report.id(),
                            "correction",
                            other(agreement, report.party()),
                            agreement.id(),
                            due == null ? null : due.toString(),
                            due != null && today(agreement).isAfter(due)));
                }
                case FigureAct.QuestionAsked question
                when !replied(question) ->
                    owed.add(new Owed(
                            question.id(), "reply", other(agreement, question.party()), agreement.id(), null, false));
                case FigureAct.ReleaseRecalled recall
                when owesDestruction(recall) ->
                    owed.add(new Owed(recall.id(), "destruction", identity.party(), agreement.id(), null, false));
                default -> {
                    // Nothing follows from the other acts.
                }
            }
        }
        return owed;
    }

    private boolean owesDestruction(FigureAct.ReleaseRecalled recall) {
        boolean ours = recall.party().equals(identity.party());
        return !ours
                && !holdings.ofRelease(recall.party(), recall.release()).isEmpty()
                && acts.all().stream()
                        .map(FigureActs.Made::act)
                        .noneMatch(act -> act.party().equals(identity.party()) && FigureActs.answers(act, recall.id()));
    }

    private List<Note> about(@Nullable String agreement, @Nullable String release, @Nullable Instant received) {
        return agreement == null || release == null
                ? List.of()
                : acts.about(agreement, release).stream()
                        .map(made -> note(made, received))
                        .toList();
    }

    private Note note(FigureActs.Made made, @Nullable Instant received) {
        FigureAct act = made.act();
        Agreement agreement = made.treaty().file().agreement();
        return switch (act) {
            case FigureAct.ErrorReported report -> {
                LocalDate due = due(agreement, report);
                yield new Note(
                        act.id(),
                        act.word(),
                        act.party(),
                        act.at(),
                        report.cells(),
                        report.text(),
                        null,
                        due == null ? null : due.toString(),
                        corrected(report.id()),
                        late(agreement, report, received));
            }
            case FigureAct.BreachNotified breach -> plain(act, null, null, late(agreement, breach));
            case FigureAct.QuestionAsked question -> plain(act, question.thread(), replied(question), null);
            case FigureAct.ReplyGiven reply -> plain(act, reply.thread(), null, null);
            default -> plain(act, null, null, null);
        };
    }

    private static String text(FigureAct act) {
        return switch (act) {
            case FigureAct.ReleaseRecalled recall -> recall.reason();
            case FigureAct.DestructionConfirmed confirmed -> "destroyed on " + confirmed.destroyedOn();
            case FigureAct.DestructionDeclined declined -> declined.reason();
            case FigureAct.DeletionRecorded deletion -> "deleted on " + deletion.deletedOn();
            case FigureAct.CorrectionGiven correction ->
                correction.text() + (correction.release() == null ? "" : " [release " + correction.release() + "]");
            case FigureAct.BreachNotified breach -> breach.what() + " [" + breach.when() + "] " + breach.measures();
            case FigureAct.ErrorReported report -> report.text();
            case FigureAct.QuestionAsked question -> question.text();
            case FigureAct.ReplyGiven reply -> reply.text();
            case FigureAct.ReconciliationConsented consent ->
                consent.method() + " for " + consent.table() + " of " + consent.programme() + " with " + consent.with();
            case FigureAct.ReconciliationWithdrawn withdrawal -> withdrawal.reason();
        };
    }

    private static Note plain(
            FigureAct act, @Nullable String thread, @Nullable Boolean settled, @Nullable Boolean late) {
        List<FigureAct.Cell> cells = act instanceof FigureAct.QuestionAsked question && question.cell() != null
                ? List.of(question.cell())
                : List.of();
        return new Note(act.id(), act.word(), act.party(), act.at(), cells, text(act), thread, null, settled, late);
    }

    private static @Nullable LocalDate due(Agreement agreement, FigureAct.ErrorReported report) {
        Terms.Correction clause = agreement.terms().correction();
        return clause == null
                ? null
                : LocalDate.ofInstant(report.at(), ZoneId.of(agreement.timeZone()))
                        .plusDays(clause.correctDays());
    }

    private static boolean late(Agreement agreement, FigureAct.BreachNotified breach) {
        Terms.Breach clause = agreement.terms().breach();
        return clause != null && breach.at().isAfter(breach.when().plus(Duration.ofHours(clause.noticeHours())));
    }

    private static boolean late(Agreement agreement, FigureAct.ErrorReported report, @Nullable Instant received) {
        Terms.Correction clause = agreement.terms().correction();
        return clause != null
                && received != null
                && report.at().isAfter(received.plus(Duration.ofDays(clause.reportDays() + 1L)));
    }

    private boolean corrected(String report) {
        return acts.all().stream()
                .anyMatch(made -> made.act() instanceof FigureAct.CorrectionGiven correction
                        && report.equals(correction.report()));
    }

    private boolean replied(FigureAct.QuestionAsked question) {
        return acts.all().stream()
                .anyMatch(made -> made.act() instanceof FigureAct.ReplyGiven reply
                        && reply.thread().equals(question.thread())
                        && !reply.party().equals(question.party()));
    }

    private LocalDate today(Agreement agreement) {
        return LocalDate.ofInstant(clock.instant(), ZoneId.of(agreement.timeZone()));
    }

    /** The other party of a bilateral agreement; in a framework any other member may have to act, so all are named. */
    private static String other(Agreement agreement, String party) {
        return String.join(
                ",",
                agreement.parties().stream()
                        .map(p -> p.id())
                        .filter(id -> !id.equals(party))
                        .toList());
    }

    private static EntenteException unknown(UUID exchange) {
        return new EntenteException(ErrorCode.NOT_FOUND, "This node has no exchange " + exchange + ".");
    }
}
