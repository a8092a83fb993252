package org.entente.gateway.exchange.subscriptions;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.entente.gateway.access.Roles;
import org.entente.gateway.access.StaffUser;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
import org.entente.gateway.base.Uuids;
import org.entente.gateway.exchange.Askers;
import org.entente.gateway.exchange.Asking;
import org.entente.gateway.exchange.Question;
import org.entente.gateway.exchange.StaffData;
import org.entente.gateway.journal.ConflictingWriteException;
import org.entente.gateway.journal.Draft;
import org.entente.gateway.journal.Journal;
import org.entente.gateway.sdmx.DataQuery;
import org.jspecify.annotations.Nullable;

/**
 * Standing requests: an analyst says what shall be asked again, another person with the role of approver lets it begin, and from then on the
 * node asks in the analyst's name, with its own decision, under the agreement's quota, and in the journal like every request.
 */
@Singleton
public class Subscriptions {
    private static final String MADE = "subscription-made";
    private static final String APPROVED = "subscription-approved";
    private static final String ENDED = "subscription-ended";
    private static final int MOST_LISTED = 1000;
    private static final int MOST_REQUESTS = 1000;
    private static final int LONGEST_DAYS = 3 * 366;
    private static final int LONGEST_REASON = 2000;

    private final SubscriptionTables tables;
    private final StaffData data;
    private final Asking asking;
    private final Askers askers;
    private final Journal journal;
    private final Uuids uuids;
    private final Clock clock;

    Subscriptions(
            SubscriptionTables tables,
            StaffData data,
            Asking asking,
            Askers askers,
            Journal journal,
            Uuids uuids,
            Clock clock) {
        this.tables = tables;
        this.data = data;
        this.asking = asking;
        this.askers = askers;
        this.journal = journal;
        this.uuids = uuids;
        this.clock = clock;
    }

    /**
     * What an analyst wants.
     *
     * @param query an SDMX REST 2 query from {@code /data} on, of one partner's reporting area
     * @param agreement id of the agreement, where several fit
     * @param leg id of the leg, where several fit
     * @param purpose as the leg lists it
     * @param onRelease asks when the provider tells of a newer release
     * @param onCalendar asks on the due days of the leg's calendar
     * @param until last day (UTC), at most three years ahead
     * @param most requests that it may make in all, at most 1000
     */
    @JsonIgnoreProperties(ignoreUnknown = false)
    public record Wish(
            String query,
            @Nullable String agreement,
            @Nullable String leg,
            @Nullable String purpose,
            boolean onRelease,
            boolean onCalendar,
            LocalDate until,
            int most) {}

    /**
     * Proposes a subscription in the name of whoever does. It asks nothing before it is approved.
     *
     * @throws EntenteException {@code request-malformed}, {@code forbidden}; {@code agreement-refused} if this node's own decision would
     *     refuse the question now
     */
    public Subscription add(Wish wish, StaffUser by) {
        by.require(Roles.STATISTICIAN);
        Question.Asker asker = askers.of(by, Roles.STATISTICIAN);
        Instant now = now();
        LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
        require(wish.onRelease() || wish.onCalendar(), "It asks on new releases, on the calendar's days, or on both.");
        require(
                !wish.until().isBefore(today) && !wish.until().isAfter(today.plusDays(LONGEST_DAYS)),
                "Its last day lies between today and three years ahead.");
        require(wish.most() >= 1 && wish.most() <= MOST_REQUESTS, "It may make 1 to " + MOST_REQUESTS + " requests.");
        Question question = data.single(parse(whole(wish)), asker);
        Asking.Terms terms = asking.foresee(question);
        Subscription made = new Subscription(
                uuids.next(),
                question.provider(),
                terms.agreement(),
                terms.leg(),
                whole(new Wish(
                        wish.query(),
                        terms.agreement(),
                        terms.leg(),
                        question.purpose(),
                        wish.onRelease(),
                        wish.onCalendar(),
                        wish.until(),
                        wish.most())),
                by.name(),
                Roles.STATISTICIAN,
                wish.onRelease(),
                wish.onCalendar(),
                wish.until(),
                wish.most(),
                0,
                now,
                null,
                null,
                null,
                null,
                null,
                null);
        Map<String, Object> record = record(MADE, made.id(), now, by.pseudonym());
        record.put("provider", made.provider());
        record.put("agreement", made.agreement());
        record.put("leg", made.leg());
        record.put("query", made.query());
        record.put("purpose", question.purpose());
        record.put("onRelease", made.onRelease());
        record.put("onCalendar", made.onCalendar());
        record.put("until", made.until().toString());
        record.put("requests", made.most());
        journal.append(new Draft(MADE, record, made.id().toString(), List.of(SubscriptionTables.insert(made))));
        return made;
    }

    private static void require(boolean fits, String sentence) {
        if (!fits) {
            throw new EntenteException(ErrorCode.REQUEST_MALFORMED, sentence);
        }
    }

    private static String whole(Wish wish) {
        String query = wish.query();
        require(query.startsWith("/") && query.length() <= 10_000, "The query is an SDMX REST query from /data on.");
        StringBuilder whole = new StringBuilder(query);
        add(whole, "agreement", wish.agreement());
        add(whole, "leg", wish.leg());
        add(whole, "purpose", wish.purpose());
        return whole.toString();
    }

    private static void add(StringBuilder query, String name, @Nullable String value) {
        if (value != null && !value.isEmpty()) {
            boolean first = query.indexOf("?") < 0;
            String given = first ? "" : query.substring(query.indexOf("?"));
            if (!given.matches(".*[?&]" + name + "=.*")) {
                query.append(first ? '?' : '&')
                        .append(name)
                        .append('=')
                        .append(java.net.URLEncoder.encode(value, java.nio.charset.StandardCharsets.UTF_8));
            }
        }
    }

    /** A stored or given query, parsed. */
    static DataQuery parse(String whole) {
        int mark = whole.indexOf('?');
        DataQuery query = DataQuery.parse(
                mark < 0 ? whole : whole.substring(0, mark),
                mark < 0 ? null : whole.substring(mark + 1),
                StaffData.PARAMETERS);
        for (String foreign : List.of("exchange", "fresh", "maxAge", "partial", "askAnyway", "export")) {
            require(
                    !query.extensions().containsKey(foreign),
                    "A subscription's query has no parameter " + foreign + ".");
        }
        return query;
    }

    /**
     * Lets a subscription begin. An approver does, never the analyst in whose name it asks.
     *
     * @throws EntenteException {@code not-found}, {@code forbidden}, {@code four-eyes}; {@code request-decided} if it has begun or ended
     */
    public Subscription approve(UUID id, StaffUser by) {
        by.require(Roles.APPROVER);
        Subscription found = get(id);
        if (found.person().equals(by.name())) {
            throw new EntenteException(
                    ErrorCode.FOUR_EYES,
                    by.name() + " has proposed this subscription; another approver must look at it.");
        }
        Instant now = now();
        Map<String, Object> record = record(APPROVED, id, now, by.pseudonym());
        decide(new Draft(APPROVED, record, id.toString(), List.of(SubscriptionTables.approve(id, by.name(), now))));
        return get(id);
    }

    /**
     * Does not let a subscription begin.
     *
     * @throws EntenteException as {@link #approve}
     */
    public Subscription refuse(UUID id, String reason, StaffUser by) {
        by.require(Roles.APPROVER);
        Subscription found = get(id);
        if (found.approved() != null) {
            throw decided(null);
        }
        end(found, Subscription.End.REFUSED, given(reason), by.pseudonym());
        return get(id);
    }

    /**
     * Ends a subscription: the analyst, an approver or an administrator.
     *
     * @throws EntenteException {@code not-found}, {@code forbidden}; {@code request-decided} if it has ended
     */
    public Subscription end(UUID id, String reason, StaffUser by) {
        Subscription found = get(id);
        if (!found.person().equals(by.name()) && !by.hasRole(Roles.APPROVER)) {
            by.require(Roles.ADMINISTRATOR);
        }
        end(found, Subscription.End.ENDED, given(reason), by.pseudonym());
        return get(id);
    }

    private static String given(String reason) {
        require(!reason.isBlank() && reason.length() <= LONGEST_REASON, "Say why, in 1 to 2000 characters.");
        return reason;
    }

    /** Ends a subscription for a reason that is shown; what it has not asked yet is dropped. */
    void end(Subscription one, Subscription.End code, String reason, String by) {
        Instant now = now();
        Map<String, Object> record = record(ENDED, one.id(), now, by);
        record.put("code", code.code());
        record.put("reason", reason);
        decide(new Draft(
                ENDED, record, one.id().toString(), List.of(SubscriptionTables.end(one.id(), code, reason, now))));
        tables.drop(one.id(), null);
    }

    private void decide(Draft draft) {
        try {
            journal.append(draft);
        } catch (ConflictingWriteException e) {
            throw decided(e);
        }
    }

    private static EntenteException decided(@Nullable Throwable cause) {
        return new EntenteException(ErrorCode.REQUEST_DECIDED, "The subscription has begun or ended already.", cause);
    }

    private static Map<String, Object> record(String kind, UUID id, Instant now, String by) {
        Map<String, Object> record = new LinkedHashMap<>();
        record.put("kind", kind);
        record.put("time", now.toString());
        record.put("by", by);
        record.put("subscription", id.toString());
        return record;
    }

    /** All subscriptions, newest first. */
    public List<Subscription> list() {
        return tables.all(MOST_LISTED);
    }

    /** Those that have neither ended nor begun. */
    public List<Subscription> proposed() {
        return tables.standing().stream().filter(one -> one.approved() == null).toList();
    }

    /**
     * When a subscription asked and what became of it, newest first.
     *
     * @throws EntenteException {@code not-found}
     */
    public List<Subscription.Turn> turns(UUID id) {
        return tables.turns(get(id).id());
    }

    /** @throws EntenteException {@code not-found} */
    public Subscription get(UUID id) {
        return tables.find(id)
                .orElseThrow(() -> new EntenteException(ErrorCode.NOT_FOUND, "There is no subscription " + id + "."));
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
