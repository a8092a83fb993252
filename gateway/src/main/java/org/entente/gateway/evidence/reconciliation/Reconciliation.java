package org.entente.gateway.evidence.reconciliation;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.micronaut.scheduling.annotation.Scheduled;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.entente.crypto.Base64Url;
import org.entente.crypto.Digests;
import org.entente.crypto.canonical.CanonicalJson;
import org.entente.crypto.message.Headers;
import org.entente.gateway.access.Roles;
import org.entente.gateway.access.StaffUser;
import org.entente.gateway.base.Database;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
import org.entente.gateway.base.Row;
import org.entente.gateway.base.Uuids;
import org.entente.gateway.exchange.ExchangeLedger;
import org.entente.gateway.exchange.ExchangeLedger.Line;
import org.entente.gateway.journal.Draft;
import org.entente.gateway.journal.Journal;
import org.entente.gateway.journal.Write;
import org.entente.gateway.partners.NodeIdentity;
import org.entente.gateway.partners.Partner;
import org.entente.gateway.partners.PartnerClient;
import org.entente.gateway.partners.Partners;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Compares this node's records of all exchanges with a partner over a period with the partner's. An exchange belongs to the period in which
 * the consumer chose its id (UUIDv7), so both sides mean the same ones.
 */
@Singleton
public class Reconciliation {
    private static final Logger LOG = LoggerFactory.getLogger(Reconciliation.class);
    private static final String KIND = "reconciled";
    private static final String SCHEDULE = "schedule";
    private static final byte[] NO_CONTENT = {};
    /** What is younger may still be under way. */
    private static final Duration SETTLED = Duration.ofMinutes(2);
    /** A night's period, so that what converged late is seen to have converged. */
    private static final Duration NIGHTLY = Duration.ofDays(7);

    private static final LocalTime NIGHT = LocalTime.of(2, 0);
    /** Most differences in a journal record; the digest is over all. */
    private static final int IN_RECORD = 100;

    private final ExchangeLedger ledger;
    private final Partners partners;
    private final PartnerClient client;
    private final NodeIdentity identity;
    private final Journal journal;
    private final Database database;
    private final ObjectMapper mapper;
    private final Uuids uuids;
    private final Clock clock;

    Reconciliation(
            ExchangeLedger ledger,
            Partners partners,
            PartnerClient client,
            NodeIdentity identity,
            Journal journal,
            Database database,
            ObjectMapper mapper,
            Uuids uuids,
            Clock clock) {
        this.ledger = ledger;
        this.partners = partners;
        this.client = client;
        this.identity = identity;
        this.journal = journal;
        this.database = database;
        this.mapper = mapper;
        this.uuids = uuids;
        this.clock = clock;
    }

    /**
     * What a comparison has found.
     *
     * @param exchanges how many at least one side knows
     * @param by the staff user, or {@code schedule}
     */
    public record Report(
            UUID id,
            String partner,
            Instant from,
            Instant to,
            long exchanges,
            List<Difference> differences,
            Instant done,
            String by) {
        /** Keeps its own copy of the list. */
        public Report {
            differences = List.copyOf(differences);
        }
    }

    /**
     * Compares now, and journals what was found.
     *
     * @param from start of the period; null for a week before its end
     * @param to end of the period; null, or later than two minutes ago, for two minutes ago
     * @throws EntenteException {@code forbidden} to others than auditors and administrators; {@code partner-unknown}, {@code partner-unreachable},
     *     {@code partner-answer-invalid}, {@code journal-unavailable}
     */
    public Report run(String party, @Nullable Instant from, @Nullable Instant to, StaffUser by) {
        if (!by.hasRole(Roles.AUDITOR) && !by.hasRole(Roles.ADMINISTRATOR)) {
            throw new EntenteException(ErrorCode.FORBIDDEN, "Only auditors and administrators reconcile.");
        }
        return run(party, from, to, by.name(), by.pseudonym());
    }

    private Report run(String party, @Nullable Instant from, @Nullable Instant to, String by, String pseudonym) {
        // Also of a partner with whom exchanges are stopped: then there is all the more to compare.
        Partner partner = partners.find(party)
                .orElseThrow(() -> new EntenteException(
                        ErrorCode.PARTNER_UNKNOWN, "This node has imported no card of " + party + "."));
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        Instant settled = now.minus(SETTLED).truncatedTo(ChronoUnit.MILLIS);
        Instant end = to == null || to.isAfter(settled) ? settled : to;
        Instant start = from == null ? end.minus(NIGHTLY) : from;
        UUID first = firstId(start);
        UUID last = firstId(end);
        List<Line> asked = own(LedgerPage.Side.ASKED, party, first, last);
        List<Line> answered = own(LedgerPage.Side.ANSWERED, party, first, last);
        // What the partner has answered is what this node has asked, and the reverse.
        List<Difference> differences = new ArrayList<>(
                Difference.between(identity.party(), asked, theirs(LedgerPage.Side.ANSWERED, partner, first, last)));
        List<Line> theirAsked = theirs(LedgerPage.Side.ASKED, partner, first, last);
        differences.addAll(Difference.between(party, theirAsked, answered));
        long unknown = differences.stream()
                .filter(d -> d.kind() == Difference.Kind.UNKNOWN_EXCHANGE)
                .count();
        Report report = new Report(
                uuids.next(), party, start, end, asked.size() + theirAsked.size() + unknown, differences, now, by);
        keep(report, pseudonym);
        return report;
    }

    /** The smallest UUIDv7 of a time. */
    static UUID firstId(Instant time) {
        return new UUID((time.toEpochMilli() << 16) | 0x7000L, 0x8000_0000_0000_0000L);
    }

    private List<Line> own(LedgerPage.Side side, String party, UUID first, UUID last) {
        List<Line> all = new ArrayList<>();
        UUID next = first;
        while (next != null) {
            LedgerPage page = LedgerPage.of(ledger, side, party, next, last);
            all.addAll(page.lines());
            next = page.next();
        }
        return all;
    }

    private List<Line> theirs(LedgerPage.Side side, Partner partner, UUID first, UUID last) {
        List<Line> all = new ArrayList<>();
        UUID next = first;
        while (next != null) {
            PartnerClient.Answered answer = client.call(
                    partner,
                    "GET",
                    LedgerPage.PATH + "?side=" + side + "&from=" + next + "&to=" + last,
                    Headers.of("accept", "application/json"),
                    NO_CONTENT,
                    false);
            LedgerPage page = page(partner.party(), answer);
            all.addAll(page.lines());
            UUID following = page.next();
            if (following != null && following.compareTo(next) <= 0) {
                throw unreadable(partner.party(), "it goes round in circles", null);
            }
            next = following;
        }
        return all;
    }

    private LedgerPage page(String party, PartnerClient.Answered answer) {
        if (answer.response().status() != 200) {
            throw unreadable(party, "HTTP " + answer.response().status(), null);
        }
        try {
            return mapper.readValue(answer.body(), LedgerPage.class);
        } catch (IOException e) {
            throw unreadable(party, "it is not in the agreed form", e);
        }
    }

    private static EntenteException unreadable(String party, String why, @Nullable Throwable cause) {
        return new EntenteException(
                ErrorCode.PARTNER_ANSWER_INVALID,
                party + " does not show its records of exchanges with this node: " + why + ".",
                cause);
    }

    private void keep(Report report, String pseudonym) {
        List<Map<String, Object>> all =
                report.differences().stream().map(Reconciliation::json).toList();
        byte[] encoded = CanonicalJson.encode(all);
        Map<String, Object> record = new LinkedHashMap<>();
        record.put("kind", KIND);
        record.put("time", report.done().toString());
        record.put("partner", report.partner());
        record.put("from", report.from().toString());
        record.put("to", report.to().toString());
        record.put("exchanges", report.exchanges());
        record.put("differences", report.differences().size());
        record.put("report", Base64Url.encode(Digests.sha256(encoded)));
        record.put("first", all.subList(0, Math.min(all.size(), IN_RECORD)));
        record.put("by", pseudonym);
        journal.append(new Draft(
                KIND,
                record,
                report.partner(),
                List.of(new Write.Insert(
                        "INSERT INTO reconciliation (id, partner, from_us, to_us, exchanges, differences, report, done_us,"
                                + " done_by, journal_index) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                        report.id(),
                        report.partner(),
                        report.from(),
                        report.to(),
                        report.exchanges(),
                        (long) report.differences().size(),
                        encoded,
                        report.done(),
                        report.by(),
                        Write.INDEX))));
    }

    private static Map<String, Object> json(Difference difference) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("exchange", difference.exchange().toString());
        json.put("consumer", difference.consumer());
        json.put("kind", difference.kind().name());
        if (difference.consumerState() != null) {
            json.put("consumerState", difference.consumerState());
        }
        if (difference.providerState() != null) {
            json.put("providerState", difference.providerState());
        }
        return json;
    }

    /** The latest comparisons, newest first. */
    public List<Report> latest(int limit) {
        return database.query("SELECT * FROM reconciliation ORDER BY done_us DESC LIMIT ?", this::row, limit);
    }

    /** The newest comparison with each partner. */
    public List<Report> newest() {
        return database.query(
                "SELECT r.* FROM reconciliation r JOIN (SELECT partner, MAX(done_us) AS done_us FROM reconciliation"
                        + " GROUP BY partner) n ON n.partner = r.partner AND n.done_us = r.done_us ORDER BY r.partner",
                this::row);
    }

    private Report row(Row row) throws SQLException {
        try {
            return new Report(
                    row.uuid("id"),
                    row.string("partner"),
                    row.instant("from_us"),
                    row.instant("to_us"),
                    row.longValue("exchanges"),
                    mapper.readValue(row.bytes("report"), new TypeReference<List<Difference>>() {}),
                    row.instant("done_us"),
                    row.string("done_by"));
        } catch (IOException e) {
            throw new IllegalStateException("a stored reconciliation cannot be read", e);
        }
    }

    /** After two o'clock at night (UTC), once a night and partner; a partner that is down is tried again. */
    @Scheduled(fixedDelay = "10m", initialDelay = "5m")
    void nightly() {
        Instant now = clock.instant();
        Instant night = now.atZone(ZoneOffset.UTC).toLocalDate().atTime(NIGHT).toInstant(ZoneOffset.UTC);
        if (now.isBefore(night)) {
            return;
        }
        for (Partner partner : partners.all()) {
            Optional<Instant> done = database.one(
                    "SELECT MAX(done_us) AS done_us FROM reconciliation WHERE partner = ? HAVING MAX(done_us) IS NOT NULL",
                    row -> row.instant("done_us"),
                    partner.party());
            if (done.isPresent() && !done.get().isBefore(night)) {
                continue;
            }
            try {
                Report report = run(partner.party(), null, null, SCHEDULE, SCHEDULE);
                LOG.info(
                        "{} exchanges with {} compared, {} differences",
                        report.exchanges(),
                        report.partner(),
                        report.differences().size());
            } catch (EntenteException e) {
                LOG.warn("exchanges with {} were not compared: {}", partner.party(), e.getMessage());
            }
        }
    }
}
