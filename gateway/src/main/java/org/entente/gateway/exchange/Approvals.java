package org.entente.gateway.exchange;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.entente.agreements.Answering.Ground;
import org.entente.agreements.decision.Decision;
import org.entente.gateway.access.Roles;
import org.entente.gateway.access.StaffUser;
import org.entente.gateway.access.Users;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
import org.entente.gateway.exchange.ExchangeRecord.ByPerson;
import org.entente.gateway.journal.Draft;
import org.entente.gateway.journal.DuplicateWriteException;
import org.entente.gateway.journal.Journal;
import org.entente.gateway.partners.Partners;
import org.entente.gateway.releases.PublishedRelease;
import org.entente.gateway.releases.Releases;
import org.entente.gateway.treaties.Treaties;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Requests that a person of this node decides (clause 16): reading, approving and refusing them. Two different persons approve where the leg
 * wants four eyes; one refusal, on an agreed ground, is enough.
 */
@Singleton
public class Approvals {
    private static final Logger LOG = LoggerFactory.getLogger(Approvals.class);
    private static final int MOST_DECIDED = 200;

    private final WaitingRequests requests;
    private final Answering answering;
    private final Judgement judgement;
    private final Releases releases;
    private final Treaties treaties;
    private final Partners partners;
    private final Users users;
    private final Journal journal;
    private final Clock clock;

    Approvals(
            WaitingRequests requests,
            Answering answering,
            Judgement judgement,
            Releases releases,
            Treaties treaties,
            Partners partners,
            Users users,
            Journal journal,
            Clock clock) {
        this.requests = requests;
        this.answering = answering;
        this.judgement = judgement;
        this.releases = releases;
        this.treaties = treaties;
        this.partners = partners;
        this.users = users;
        this.journal = journal;
        this.clock = clock;
    }

    /** What one person said, as staff see it. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Said(
            String name,
            String verdict,
            @Nullable String ground,
            @Nullable String note,
            Instant at) {}

    /** A reminder that was given: {@code halfway}, {@code last-day} or {@code overdue}. */
    public record Reminded(String stage, Instant at) {}

    /**
     * A request in a list.
     *
     * @param state {@code waiting}; {@code decided} while the answer is being made; {@code answered}
     * @param requester role and pseudonym at the partner
     * @param persons how many must approve
     * @param outcome {@code permit} or {@code refusal} once answered
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Line(
            String partner,
            String exchange,
            String agreement,
            String leg,
            String purpose,
            String requester,
            String asksFor,
            Instant asked,
            String due,
            boolean overdue,
            String state,
            int persons,
            List<Said> said,
            List<Reminded> reminders,
            @Nullable String outcome) {}

    /**
     * A request with all that a person needs in order to decide.
     *
     * @param decision what the clauses say of it today
     * @param release what would be sliced
     * @param dataset the table it belongs to
     * @param cells how many cells would leave
     * @param grounds on which it may be refused
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Whole(
            Line request,
            JsonNode decision,
            @Nullable String release,
            @Nullable String dataset,
            long cells,
            List<Ground> grounds) {}

    /** How many requests wait, and how many of them are overdue. */
    public record Standing(long waiting, long overdue) {}

    /** The requests that wait, the most urgent first; with {@code decided} those that were answered, the latest first. */
    public List<Line> list(boolean decided) {
        return (decided ? requests.decided(MOST_DECIDED) : requests.open())
                .stream().map(this::line).toList();
    }

    /** How many wait. */
    public Standing standing() {
        Instant now = clock.instant();
        List<WaitingRequests.Waiting> open = requests.open();
        return new Standing(
                open.size(),
                open.stream().filter(request -> !now.isBefore(request.due())).count());
    }

    /**
     * One request.
     *
     * @throws EntenteException {@code not-found}
     */
    public Whole show(String partner, UUID exchange) {
        WaitingRequests.Waiting row = require(partner, exchange);
        Judgement.Outcome outcome = judge(incoming(row));
        Optional<PublishedRelease> release = release(outcome);
        return new Whole(
                line(row),
                RecordCodec.tree(outcome.decision()),
                release.map(PublishedRelease::id).orElse(null),
                release.map(r -> r.dataset().id()).orElse(null),
                outcome.cells(),
                grounds(row));
    }

    /**
     * Approves a request; with as many as the leg wants it is answered, on the facts of this moment.
     *
     * @param note for this node only
     * @throws EntenteException {@code not-found}, {@code forbidden}, {@code four-eyes} if this person has spoken, {@code request-decided}
     */
    public Line approve(String partner, UUID exchange, @Nullable String note, StaffUser by) {
        return say(partner, exchange, by, ByPerson.APPROVED, null, note);
    }

    /**
     * Refuses a request on a ground of the agreement.
     *
     * @param ground code of the ground
     * @throws EntenteException as {@link #approve}, and {@code ground-unknown}
     */
    public Line refuse(String partner, UUID exchange, String ground, @Nullable String note, StaffUser by) {
        List<Ground> agreed = grounds(require(partner, exchange));
        if (agreed.stream().noneMatch(g -> g.code().equals(ground))) {
            throw new EntenteException(
                    ErrorCode.GROUND_UNKNOWN,
                    "The leg knows no ground '" + ground + "'; it knows: "
                            + String.join(
                                    ", ", agreed.stream().map(Ground::code).toList()) + ".");
        }
        return say(partner, exchange, by, ByPerson.REFUSED, ground, note);
    }

    private Line say(
            String partner,
            UUID exchange,
            StaffUser by,
            String verdict,
            @Nullable String ground,
            @Nullable String note) {
        WaitingRequests.Waiting row = require(partner, exchange);
        requireMay(by, row, verdict);
        List<WaitingRequests.Vote> before = requests.votes(partner, exchange);
        if (row.isAnswered() || verdict(row, before) != null) {
            throw decided(row);
        }
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        String name = users.get(by.name()).fullName();
        WaitingRequests.Vote vote = new WaitingRequests.Vote(by.id(), by.pseudonym(), name, verdict, ground, note, now);
        try {
            journal.append(said(row, vote));
        } catch (DuplicateWriteException e) {
            boolean spoken = requests.votes(partner, exchange).stream()
                    .anyMatch(v -> v.person().equals(by.id()));
            throw spoken
                    ? new EntenteException(
                            ErrorCode.FOUR_EYES,
                            by.name() + " has spoken on this request already; another person must.",
                            e)
                    : decided(row);
        }
        try {
            settle(row);
        } catch (EntenteException e) {
            LOG.warn(
                    "the request {} is decided, and answered as soon as that is possible: {}",
                    exchange,
                    e.getMessage());
        }
        return line(require(partner, exchange));
    }

    private void requireMay(StaffUser by, WaitingRequests.Waiting row, String verdict) {
        if (!row.isAnswered()) {
            Judgement.Outcome outcome = judge(incoming(row));
            if (outcome.held() && verdict.equals(ByPerson.APPROVED)) {
                throw new EntenteException(
                        ErrorCode.REQUEST_HELD,
                        "A hold stands against the answer: "
                                + Refusals.sentence((Decision.Refusal) outcome.decision()));
            }
            Optional<PublishedRelease> release = release(outcome);
            if (release.isPresent()) {
                by.require(
                        Roles.APPROVER,
                        release.get().dataset().authority(),
                        release.get().dataset().id());
                return;
            }
        }
        by.require(Roles.APPROVER);
    }

    private static Draft said(WaitingRequests.Waiting row, WaitingRequests.Vote vote) {
        String kind = "request-" + vote.verdict();
        Map<String, Object> record = new LinkedHashMap<>();
        record.put("kind", kind);
        record.put("time", vote.at().toString());
        record.put("exchange", row.id().toString());
        record.put("partner", row.partner());
        record.put("by", vote.pseudonym());
        if (vote.ground() != null) {
            record.put("ground", vote.ground());
        }
        if (vote.note() != null) {
            record.put("note", vote.note());
        }
        return new Draft(kind, record, row.id().toString(), WaitingRequests.vote(row.partner(), row.id(), vote));
    }

    /** Answers a request if persons have decided it and it has no answer yet. */
    void settle(WaitingRequests.Waiting row) {
        List<WaitingRequests.Vote> votes = requests.votes(row.partner(), row.id());
        String verdict = verdict(row, votes);
        boolean ready = verdict != null
                && (verdict.equals(ByPerson.REFUSED) || !judge(incoming(row)).held());
        if (row.isAnswered() || verdict == null || !ready) {
            return;
        }
        Ground ground = votes.stream()
                .map(WaitingRequests.Vote::ground)
                .filter(java.util.Objects::nonNull)
                .findFirst()
                .map(code -> ground(row, code))
                .orElse(null);
        ByPerson persons = new ByPerson(
                verdict,
                ground == null ? null : ground.code(),
                votes.stream().map(WaitingRequests.Vote::pseudonym).toList(),
                row.dueDay());
        try {
            answering.conclude(incoming(row), persons, ground);
        } catch (DuplicateWriteException e) {
            LOG.debug("another process has answered {}", row.id(), e);
        }
    }

    /** The requests that have no answer, for what runs by schedule. */
    List<WaitingRequests.Waiting> open() {
        return requests.open();
    }

    private static @Nullable String verdict(WaitingRequests.Waiting row, List<WaitingRequests.Vote> votes) {
        if (votes.stream().anyMatch(v -> v.verdict().equals(ByPerson.REFUSED))) {
            return ByPerson.REFUSED;
        }
        return votes.size() >= row.persons() ? ByPerson.APPROVED : null;
    }

    private Ground ground(WaitingRequests.Waiting row, String code) {
        return grounds(row).stream()
                .filter(g -> g.code().equals(code))
                .findFirst()
                .orElseGet(() -> new Ground(code, org.entente.agreements.Text.of("en", code)));
    }

    private List<Ground> grounds(WaitingRequests.Waiting row) {
        return treaties.find(row.agreement())
                .flatMap(treaty -> treaty.file().agreement().leg(row.leg()))
                .map(leg -> leg.answering().grounds())
                .orElse(List.of());
    }

    private Incoming incoming(WaitingRequests.Waiting row) {
        var request = row.request();
        return new Incoming(
                partners.find(row.partner())
                        .orElseThrow(() -> new EntenteException(
                                ErrorCode.PARTNER_UNKNOWN, "This node has no card of " + row.partner() + ".")),
                row.card(),
                request,
                row.part(),
                ExchangeHeaders.of(request.headers()));
    }

    private Judgement.Outcome judge(Incoming in) {
        return judgement.judge(in.party(), in.headers(), in.rawPath(), in.rawQuery());
    }

    private Optional<PublishedRelease> release(Judgement.Outcome outcome) {
        return Optional.ofNullable(outcome.release()).flatMap(r -> releases.byId(UUID.fromString(r.id())));
    }

    private WaitingRequests.Waiting require(String partner, UUID exchange) {
        return requests.find(partner, exchange)
                .orElseThrow(() -> new EntenteException(
                        ErrorCode.NOT_FOUND, "No request " + exchange + " of " + partner + " waits or has waited."));
    }

    private static EntenteException decided(WaitingRequests.Waiting row) {
        return new EntenteException(
                ErrorCode.REQUEST_DECIDED, "The request " + row.id() + " of " + row.partner() + " is decided already.");
    }

    private Line line(WaitingRequests.Waiting row) {
        ExchangeHeaders headers = ExchangeHeaders.of(row.request().headers());
        List<WaitingRequests.Vote> votes = requests.votes(row.partner(), row.id());
        String open = verdict(row, votes) == null ? "waiting" : "decided";
        return new Line(
                row.partner(),
                row.id().toString(),
                row.agreement(),
                row.leg(),
                headers.purpose(),
                headers.requester().toString(),
                row.request().targetUri(),
                row.asked(),
                row.dueDay(),
                !row.isAnswered() && !clock.instant().isBefore(row.due()),
                row.isAnswered() ? "answered" : open,
                row.persons(),
                votes.stream()
                        .map(v -> new Said(v.name(), v.verdict(), v.ground(), v.note(), v.at()))
                        .toList(),
                requests.reminders(row.partner(), row.id()).stream()
                        .map(r -> new Reminded(r.stage(), r.at()))
                        .toList(),
                row.outcome());
    }
}
