package org.entente.gateway.evidence;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.entente.crypto.canonical.CanonicalJson;
import org.entente.crypto.journal.SaltedRecord;
import org.entente.crypto.message.Content;
import org.entente.gateway.access.Roles;
import org.entente.gateway.access.StaffUser;
import org.entente.gateway.base.Database;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
import org.entente.gateway.base.Row;
import org.entente.gateway.base.Uuids;
import org.entente.gateway.exchange.ExchangeHeaders;
import org.entente.gateway.exchange.StoredMessage;
import org.entente.gateway.journal.Journal;
import org.entente.gateway.journal.JournalEntry;
import org.jspecify.annotations.Nullable;

/** Who asked what, when, for whom, on which clause, and with which answer. Every look is itself journaled, before it is shown. */
@Singleton
public class AuditTrail {
    /** Most exchanges in one look. */
    static final int MOST = 10_000;

    private final Database database;
    private final Journal journal;
    private final AuditLooks looks;

    AuditTrail(Database database, Journal journal, AuditLooks looks) {
        this.database = database;
        this.journal = journal;
        this.looks = looks;
    }

    /** Which side this node was on. */
    public enum Side {
        /** It asked. */
        ASKED,
        /** It answered. */
        ANSWERED
    }

    /**
     * Which exchanges; what is null does not matter.
     *
     * @param from first instant
     * @param to first instant that is left out
     * @param outcome {@code permit} or {@code refusal}
     * @param requester staff user for what this node asked, pseudonym for what it answered
     * @param sample how many are drawn at random; null for all
     * @param seed what makes the draw the same again
     */
    public record Filter(
            @Nullable Side side,
            @Nullable String partner,
            @Nullable Instant from,
            @Nullable Instant to,
            @Nullable String agreement,
            @Nullable String leg,
            @Nullable String purpose,
            @Nullable String outcome,
            @Nullable String requester,
            @Nullable Integer sample,
            @Nullable String seed) {
        Map<String, Object> toJson() {
            Map<String, Object> json = new LinkedHashMap<>();
            put(json, "side", side);
            put(json, "partner", partner);
            put(json, "from", from);
            put(json, "to", to);
            put(json, "agreement", agreement);
            put(json, "leg", leg);
            put(json, "purpose", purpose);
            put(json, "outcome", outcome);
            put(json, "requester", requester);
            put(json, "sample", sample);
            put(json, "seed", seed);
            return json;
        }

        private static void put(Map<String, Object> json, String name, @Nullable Object value) {
            if (value != null) {
                json.put(name, value.toString());
            }
        }
    }

    /**
     * One exchange.
     *
     * @param requester staff user for what this node asked; role and pseudonym for what it answered
     * @param query the address that was asked for
     * @param state how far it has come: the consumer's state, or the receipt that the provider has
     * @param outcome {@code permit} or {@code refusal}; null without an answer
     * @param clauses of the agreement by which it was decided; empty where the record of the decision is not kept
     * @param journalIndex of the entry that closed or answered it; null while it is open
     */
    public record Line(
            Side side,
            UUID exchange,
            String partner,
            Instant at,
            String requester,
            String purpose,
            @Nullable String agreement,
            @Nullable String leg,
            String query,
            String state,
            @Nullable String outcome,
            List<String> clauses,
            @Nullable Long journalIndex) {
        /** Keeps its own copy of the list. */
        public Line {
            clauses = List.copyOf(clauses);
        }
    }

    /**
     * Exchanges, oldest first. The look is journaled first: by whom, with which filter, how many exchanges, and for which use.
     *
     * @param use {@code view}, or {@code export} with the digest of what is taken away to follow from the lines
     * @throws EntenteException {@code forbidden} to others than auditors; {@code request-malformed} if more than {@value #MOST} match
     */
    public List<Line> look(Filter filter, String use, StaffUser by) {
        by.require(Roles.AUDITOR);
        List<Line> lines = new ArrayList<>();
        if (filter.side() != Side.ANSWERED) {
            lines.addAll(asked(filter));
        }
        if (filter.side() != Side.ASKED) {
            lines.addAll(answered(filter));
        }
        lines.removeIf(line -> !matches(line, filter));
        if (lines.size() > MOST) {
            throw new EntenteException(
                    ErrorCode.REQUEST_MALFORMED,
                    "More than " + MOST + " exchanges match; name a shorter period with from and to.");
        }
        Integer sample = filter.sample();
        List<Line> chosen =
                sample == null ? lines : Draw.of(lines, line -> Uuids.toBytes(line.exchange()), sample, filter.seed());
        chosen.sort(Comparator.comparing(Line::at).thenComparing(Line::exchange));
        looks.journal(use, filter.toJson(), "exchanges", chosen.size(), by);
        return chosen.stream().map(this::withClauses).toList();
    }

    private List<Line> asked(Filter filter) {
        return database.query(
                "SELECT a.*, COALESCE(c.state, 'asked') AS state, c.outcome, c.journal_index FROM asked_exchange a"
                        + " LEFT JOIN closed_exchange c ON c.id = a.id"
                        + " WHERE a.asked_us >= ? AND a.asked_us < ? AND (? = '' OR a.partner = ?)"
                        + " ORDER BY a.asked_us LIMIT ?",
                row -> new Line(
                        Side.ASKED,
                        row.uuid("id"),
                        row.string("partner"),
                        row.instant("asked_us"),
                        row.string("requester"),
                        row.string("purpose"),
                        emptyToNull(row.string("agreement_id")),
                        emptyToNull(row.string("leg")),
                        row.string("target_uri"),
                        row.string("state"),
                        row.stringOrNull("outcome"),
                        List.of(),
                        row.longOrNull("journal_index")),
                parameters(filter));
    }

    private List<Line> answered(Filter filter) {
        return database.query(
                "SELECT a.*, COALESCE(r.kind, 'answered') AS state FROM answered_exchange a"
                        + " LEFT JOIN exchange_receipt r ON r.partner = a.partner AND r.id = a.id"
                        + " WHERE a.answered_us >= ? AND a.answered_us < ? AND (? = '' OR a.partner = ?)"
                        + " ORDER BY a.answered_us LIMIT ?",
                AuditTrail::answered,
                parameters(filter));
    }

    private static Object[] parameters(Filter filter) {
        String partner = filter.partner() == null ? "" : filter.partner();
        Instant end = Instant.ofEpochSecond(253_402_300_800L);
        return new Object[] {
            filter.from() == null ? Instant.EPOCH : filter.from(),
            filter.to() == null ? end : filter.to(),
            partner,
            partner,
            MOST + 1
        };
    }

    private static Line answered(Row row) throws SQLException {
        var request = StoredMessage.request(row.bytes("request_message"), Content.EMPTY);
        ExchangeHeaders headers = ExchangeHeaders.of(request.headers());
        return new Line(
                Side.ANSWERED,
                row.uuid("id"),
                row.string("partner"),
                row.instant("answered_us"),
                headers.requester().toString(),
                headers.purpose(),
                emptyToNull(row.string("agreement_id")),
                emptyToNull(row.string("leg")),
                request.targetUri(),
                row.string("state"),
                row.string("outcome"),
                List.of(),
                row.longValue("journal_index"));
    }

    private static @Nullable String emptyToNull(String text) {
        return text.isEmpty() ? null : text;
    }

    private static boolean matches(Line line, Filter filter) {
        return (filter.agreement() == null || filter.agreement().equals(line.agreement()))
                && (filter.leg() == null || filter.leg().equals(line.leg()))
                && (filter.purpose() == null || filter.purpose().equals(line.purpose()))
                && (filter.outcome() == null || filter.outcome().equals(line.outcome()))
                && (filter.requester() == null || line.requester().contains(filter.requester()));
    }

    private Line withClauses(Line line) {
        List<String> clauses = journal.bySubject(line.exchange().toString()).stream()
                .map(AuditTrail::clauses)
                .flatMap(Optional::stream)
                .findFirst()
                .orElse(List.of());
        return new Line(
                line.side,
                line.exchange,
                line.partner,
                line.at,
                line.requester,
                line.purpose,
                line.agreement,
                line.leg,
                line.query,
                line.state,
                line.outcome,
                clauses,
                line.journalIndex);
    }

    /** The clauses of the decision that an entry records; nothing if it records none or its record is gone. */
    private static Optional<List<String>> clauses(JournalEntry entry) {
        SaltedRecord opening = entry.opening();
        if (opening == null) {
            return Optional.empty();
        }
        JsonNode decision = CanonicalJson.parseStrict(opening.record()).path("decision");
        if (!decision.isObject()) {
            return Optional.empty();
        }
        List<String> clauses = new ArrayList<>();
        decision.path("clauses").forEach(clause -> clauses.add(name(clause)));
        decision.path("reasons").forEach(reason -> {
            if (!reason.path("clause").isMissingNode()) {
                clauses.add(name(reason.path("clause")));
            }
        });
        return Optional.of(clauses.stream().distinct().toList());
    }

    private static String name(JsonNode clause) {
        return clause.isValueNode() ? clause.asText() : clause.toString();
    }

    /** The lines as CSV (RFC 4180), one header line; a field that a spreadsheet would take for a formula begins with an apostrophe. */
    public static byte[] csv(List<Line> lines) {
        StringBuilder csv = new StringBuilder(
                "side,exchange,partner,at,requester,purpose,agreement,leg,query,state,outcome,clauses,journalIndex\r\n");
        for (Line line : lines) {
            List<@Nullable Object> fields = Arrays.asList(
                    line.side,
                    line.exchange,
                    line.partner,
                    line.at,
                    line.requester,
                    line.purpose,
                    line.agreement,
                    line.leg,
                    line.query,
                    line.state,
                    line.outcome,
                    String.join(" ", line.clauses),
                    line.journalIndex);
            csv.append(CsvLines.line(fields));
        }
        return csv.toString().getBytes(StandardCharsets.UTF_8);
    }
}
