package org.entente.gateway.exchange.subscriptions;

import io.micronaut.scheduling.annotation.Scheduled;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.MonthDay;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.entente.agreements.Calendar;
import org.entente.agreements.Leg;
import org.entente.agreements.decision.Reason;
import org.entente.agreements.life.AgreementFile;
import org.entente.gateway.access.StaffUser;
import org.entente.gateway.access.UserAccount;
import org.entente.gateway.access.Users;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
import org.entente.gateway.base.GrowingPause;
import org.entente.gateway.base.Uuids;
import org.entente.gateway.exchange.Askers;
import org.entente.gateway.exchange.Asking;
import org.entente.gateway.exchange.DeferralWatch;
import org.entente.gateway.exchange.Question;
import org.entente.gateway.exchange.QuotaWindows;
import org.entente.gateway.exchange.StaffData;
import org.entente.gateway.exchange.notices.Notices;
import org.entente.gateway.exchange.subscriptions.Subscription.End;
import org.entente.gateway.exchange.subscriptions.Subscription.State;
import org.entente.gateway.journal.ConflictingWriteException;
import org.entente.gateway.journal.Draft;
import org.entente.gateway.journal.DuplicateWriteException;
import org.entente.gateway.journal.Journal;
import org.entente.gateway.journal.Write;
import org.entente.gateway.partners.NodeIdentity;
import org.entente.gateway.treaties.AgreementsInForce;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets subscriptions ask: once for each newer release of which the provider tells, and once for each due day of the calendar. A cause is
 * journaled with the exchange under which is asked before anything is asked, so that a crash or a second process leads to no second exchange.
 * What the leg's quota has no room for waits until its next window opens.
 */
@Singleton
class SubscriptionRuns {
    static final String DUE = "subscription-due";

    private static final Logger LOG = LoggerFactory.getLogger(SubscriptionRuns.class);
    private static final GrowingPause PAUSE = new GrowingPause(Duration.ofSeconds(10), Duration.ofHours(1));
    private static final String NODE = "node";

    /** How far the partner's clock may be behind when a window of its quota opens. */
    private static final Duration CLOCKS = Duration.ofMinutes(5);

    private final Subscriptions subscriptions;
    private final SubscriptionTables tables;
    private final Notices notices;
    private final AgreementsInForce agreements;
    private final StaffData data;
    private final Asking asking;
    private final Askers askers;
    private final Users users;
    private final DeferralWatch deferrals;
    private final NodeIdentity identity;
    private final Journal journal;
    private final Uuids uuids;
    private final Clock clock;

    SubscriptionRuns(
            Subscriptions subscriptions,
            SubscriptionTables tables,
            Notices notices,
            AgreementsInForce agreements,
            StaffData data,
            Asking asking,
            Askers askers,
            Users users,
            DeferralWatch deferrals,
            NodeIdentity identity,
            Journal journal,
            Uuids uuids,
            Clock clock) {
        this.subscriptions = subscriptions;
        this.tables = tables;
        this.notices = notices;
        this.agreements = agreements;
        this.data = data;
        this.asking = asking;
        this.askers = askers;
        this.users = users;
        this.deferrals = deferrals;
        this.identity = identity;
        this.journal = journal;
        this.uuids = uuids;
        this.clock = clock;
    }

    @Scheduled(fixedDelay = "5s", initialDelay = "5s")
    void look() {
        try {
            tables.standing().forEach(this::look);
            tables.resumable().forEach(this::resume);
            tables.due().forEach(this::ask);
            tables.waiting().forEach(this::follow);
        } catch (EntenteException e) {
            LOG.warn("subscriptions wait: {}", e.getMessage());
        }
    }

    private void look(Subscription one) {
        try {
            Optional<AgreementsInForce.InForce> text = text(one, clock.instant());
            Optional<Leg> leg = text.flatMap(inForce -> leg(inForce.file(), one));
            LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
            if (today.isAfter(one.until())) {
                stop(one, End.UNTIL_PASSED, "Its last day was " + one.until() + ".");
            } else if (leg.isEmpty()) {
                stop(
                        one,
                        End.AGREEMENT_ENDED,
                        "The agreement " + one.agreement() + " or its leg " + one.leg()
                                + " is no longer in effect between " + one.provider() + " and " + identity.party()
                                + ".");
            } else if (person(one).isEmpty()) {
                stop(one, End.PERSON_GONE, one.person() + " is no longer a " + one.role() + " of this node.");
            } else if (one.approved() != null) {
                cause(one, one.approved(), leg.get(), text.get().file());
            }
        } catch (EntenteException e) {
            LOG.warn("the subscription {} is looked at again later: {}", one.id(), e.getMessage());
        }
    }

    private Optional<AgreementsInForce.InForce> text(Subscription one, Instant when) {
        return agreements.with(one.provider(), when).stream()
                .filter(inForce -> inForce.file().agreement().id().equals(one.agreement()))
                .findFirst();
    }

    private Optional<Leg> leg(AgreementFile file, Subscription one) {
        return file.agreement().leg(one.leg()).filter(leg -> file.runs(leg, one.provider(), identity.party()));
    }

    /** The analyst, if still a user who holds the role. */
    private Optional<StaffUser> person(Subscription one) {
        return users.all().stream()
                .filter(account -> account.name().equals(one.person()))
                .filter(UserAccount::enabled)
                .map(users::staff)
                .filter(user -> !user.authorities(one.role()).isEmpty())
                .findFirst();
    }

    private void stop(Subscription one, End code, String reason) {
        try {
            subscriptions.end(one, code, reason, NODE);
            LOG.info("the subscription {} has ended: {}", one.id(), reason);
        } catch (EntenteException e) {
            if (e.code() != ErrorCode.REQUEST_DECIDED) {
                throw e;
            }
        }
    }

    /** What makes it ask since it was approved, newest only: an older release or day that is told of late asks nothing. */
    private void cause(Subscription one, Instant approved, Leg leg, AgreementFile file) {
        if (one.onRelease()) {
            notices.newest(one.provider(), one.agreement(), one.leg())
                    .filter(notice -> notice.received().isAfter(approved))
                    .ifPresent(notice -> due(one, "notice:" + notice.id()));
        }
        if (one.onCalendar()) {
            ZoneId zone = ZoneId.of(file.agreement().timeZone());
            LocalDate today = LocalDate.ofInstant(clock.instant(), zone);
            LocalDate begun = LocalDate.ofInstant(approved, zone);
            latestDue(leg.calendar(), today)
                    .filter(day -> !day.isBefore(begun))
                    .ifPresent(day -> due(one, "day:" + day));
        }
    }

    /** The latest due day of a calendar that has come, today included. */
    static Optional<LocalDate> latestDue(Calendar calendar, LocalDate today) {
        return calendar.due().stream()
                .map(MonthDay::parse)
                .flatMap(
                        day -> java.util.stream.Stream.of(day.atYear(today.getYear()), day.atYear(today.getYear() - 1)))
                .filter(day -> !day.isAfter(today))
                .filter(day -> calendar.firstDelivery() == null
                        || !day.isBefore(calendar.firstDelivery().value()))
                .max(Comparator.naturalOrder());
    }

    private void due(Subscription one, String cause) {
        if (tables.hasTurn(one.id(), cause)) {
            return;
        }
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        Optional<Subscription.Turn> paused = tables.paused(one.id());
        Subscription.Turn turn = new Subscription.Turn(
                one.id(),
                cause,
                uuids.next(),
                paused.isPresent() ? State.PAUSED : State.OPEN,
                0,
                paused.map(Subscription.Turn::next).orElse(now),
                null,
                null,
                now,
                null);
        // What takes the place of a request that still waits is the same request, and not one more.
        Write counted = paused.map(before -> SubscriptionTables.supersede(before, now))
                .orElse(SubscriptionTables.use(one.id()));
        try {
            journal.append(draft(turn, now, List.of(SubscriptionTables.insert(turn), counted)));
            tables.drop(one.id(), cause);
        } catch (DuplicateWriteException e) {
            LOG.debug("another process of this node has seen {}", cause, e);
        } catch (ConflictingWriteException e) {
            if (paused.isPresent()) {
                LOG.debug("another process of this node has asked meanwhile what waited", e);
            } else {
                stop(one, End.REQUESTS_USED, "It has made the " + one.most() + " requests that it may make.");
            }
        }
    }

    private static Draft draft(Subscription.Turn turn, Instant now, List<Write> writes) {
        Map<String, Object> record = new LinkedHashMap<>();
        record.put("kind", DUE);
        record.put("time", now.toString());
        record.put("subscription", turn.subscription().toString());
        record.put("cause", turn.cause());
        record.put("exchange", turn.exchange().toString());
        return new Draft(DUE, record, turn.subscription().toString(), writes);
    }

    /** Lets a turn that waited for the quota ask again: under a new exchange, since the partner has refused the first one for good. */
    private void resume(Subscription.Turn paused) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        Subscription.Turn again = new Subscription.Turn(
                paused.subscription(),
                paused.cause(),
                uuids.next(),
                State.OPEN,
                0,
                now,
                null,
                null,
                paused.made(),
                null);
        try {
            journal.append(draft(again, now, List.of(SubscriptionTables.resume(paused, again.exchange(), now))));
        } catch (ConflictingWriteException e) {
            LOG.debug("another process of this node asks again for {}", paused.cause(), e);
        }
    }

    private void ask(Subscription.Turn turn) {
        Subscription one = subscriptions.get(turn.subscription());
        Optional<StaffUser> person = person(one);
        if (one.ended() != null || person.isEmpty()) {
            tables.tried(turn, State.DROPPED, null, null, null);
            return;
        }
        try {
            Question question = data.single(Subscriptions.parse(one.query()), askers.of(person.get(), one.role()));
            Asking.Figures figures = asking.ask(question.asFresh().repeating(turn.exchange()));
            if (figures.failure() != null || !figures.exchange().equals(turn.exchange())) {
                // Something older that stands in for an answer that did not come.
                throw new EntenteException(
                        ErrorCode.PARTNER_UNREACHABLE,
                        figures.failure() == null
                                ? one.provider() + " has not answered."
                                : figures.failure().sentence());
            }
            tables.tried(turn, State.ANSWERED, null, null, null);
        } catch (EntenteException e) {
            failed(one, turn, e);
        }
    }

    private void failed(Subscription one, Subscription.Turn turn, EntenteException e) {
        boolean quota = isQuota(e);
        Optional<Instant> opens = quota ? opens(one) : Optional.empty();
        State state = opens.isPresent() ? State.PAUSED : state(e.code());
        Instant next = state == State.OPEN ? clock.instant().plus(PAUSE.after(turn.tries())) : opens.orElse(null);
        tables.tried(turn, state, e.code().code(), e.detail(), next);
        if (quota && opens.isEmpty()) {
            stop(
                    one,
                    End.QUOTA_USED,
                    "The quota of the leg is used up, and no other window of it opens while the agreement and this"
                            + " subscription last: " + e.detail());
        }
    }

    /**
     * When the leg's quota has room again, by the partner's clock too.
     *
     * @return empty if the subscription's last day, the agreement or the leg's effect will be over by then
     */
    private Optional<Instant> opens(Subscription one) {
        Instant now = clock.instant();
        return text(one, now)
                .map(AgreementsInForce.InForce::file)
                .flatMap(file -> leg(file, one).map(leg -> QuotaWindows.counted(file, leg)))
                .map(quota -> quota.per().endAt(now.minus(CLOCKS)).plus(CLOCKS))
                .filter(next -> !LocalDate.ofInstant(next, ZoneOffset.UTC).isAfter(one.until()))
                .filter(next -> text(one, next)
                        .flatMap(inForce -> leg(inForce.file(), one))
                        .isPresent());
    }

    private static State state(ErrorCode code) {
        return switch (code) {
            case ANSWER_WAITS -> State.WAITING;
            case PARTNER_ANSWER_INVALID -> State.INVALID;
            case PARTNER_UNREACHABLE,
                    PARTNER_UNCONFIRMED,
                    DATABASE_UNAVAILABLE,
                    JOURNAL_UNAVAILABLE,
                    TOO_MANY_REQUESTS,
                    INTERNAL_ERROR -> State.OPEN;
            default -> State.REFUSED;
        };
    }

    /** Whether the quota alone stands against the request, so that it can be made when there is room again. */
    private static boolean isQuota(EntenteException e) {
        return e.members().get("reasons") instanceof List<?> reasons
                && !reasons.isEmpty()
                && reasons.stream().allMatch(one -> one instanceof Reason reason && reason.code() == Reason.Code.QUOTA);
    }

    /** A person of the provider decides, and the answer is fetched as every one that waits is; this only says what came of it. */
    private void follow(Subscription.Turn turn) {
        try {
            DeferralWatch.Status status = deferrals.status(turn.exchange());
            State state = outcome(status.state(), status.outcome());
            if (state != State.WAITING) {
                tables.tried(turn, state, null, null, null);
            }
        } catch (EntenteException e) {
            LOG.debug("the exchange {} is looked at again later: {}", turn.exchange(), e.getMessage());
        }
    }

    private static State outcome(String state, @Nullable String outcome) {
        return switch (state) {
            case "waiting" -> State.WAITING;
            case "received" -> "permit".equals(outcome) ? State.ANSWERED : State.REFUSED;
            case "rejected" -> State.INVALID;
            default -> State.DROPPED;
        };
    }
}
