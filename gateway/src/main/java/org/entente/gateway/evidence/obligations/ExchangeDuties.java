package org.entente.gateway.evidence.obligations;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.entente.crypto.canonical.CanonicalJson;
import org.entente.gateway.base.Database;
import org.entente.gateway.base.Micros;
import org.entente.gateway.base.Row;
import org.entente.gateway.evidence.obligations.Obligation.Duty;
import org.entente.gateway.journal.Journal;
import org.entente.gateway.journal.JournalEntry;
import org.entente.gateway.partners.NodeIdentity;
import org.jspecify.annotations.Nullable;

/** Duties that single exchanges bring: answers by a person, receipts, deletions, and what became of copies. */
@Singleton
class ExchangeDuties {
    /** Figures are kept to the end of a day and deleted in the course of the next. */
    private static final Duration TO_DELETE = Duration.ofDays(1);

    private final Database database;
    private final Journal journal;
    private final NodeIdentity identity;

    ExchangeDuties(Database database, Journal journal, NodeIdentity identity) {
        this.database = database;
        this.journal = journal;
        this.identity = identity;
    }

    /** The duties of one agreement in one year, as of now. */
    private record Asked(TextsInTime texts, DutyYear year, Instant now) {
        String agreement() {
            return texts.agreement();
        }
    }

    List<Obligation> of(TextsInTime texts, DutyYear year, Instant now) {
        Asked asked = new Asked(texts, year, now);
        return Stream.of(
                        ownAnswers(asked),
                        partnersAnswers(asked),
                        partnersReceipts(asked),
                        ownReceipts(asked),
                        ownDeletions(asked),
                        partnersDeletions(asked),
                        attestations(asked))
                .flatMap(List::stream)
                .filter(one -> year.contains(one.due().minusMillis(1)))
                .toList();
    }

    private List<Obligation> ownAnswers(Asked asked) {
        return database.query(
                "SELECT w.id, w.leg, w.due_us, w.journal_index, a.answered_us AS met_us, a.journal_index AS met_entry FROM"
                        + " waiting_request w LEFT JOIN answered_exchange a ON a.partner = w.partner AND a.id = w.id"
                        + " WHERE w.agreement_id = ? AND w.due_us >= ? AND w.due_us <= ? ORDER BY w.due_us",
                row -> of(Duty.ANSWER, identity.party(), row, row.instant("due_us"), asked),
                asked.agreement(),
                Micros.of(asked.year().from()),
                Micros.of(asked.year().to()));
    }

    private List<Obligation> partnersAnswers(Asked asked) {
        return database.query(
                "SELECT d.id, d.partner, d.leg, d.due_day, d.journal_index, c.closed_us AS met_us, c.journal_index AS"
                        + " met_entry FROM deferred_exchange d LEFT JOIN closed_exchange c ON c.id = d.id AND c.state <>"
                        + " 'never-received' WHERE d.agreement_id = ? AND d.due_day LIKE ? ORDER BY d.due_day",
                row -> of(
                        Duty.ANSWER,
                        row.string("partner"),
                        row,
                        asked.year()
                                .start(LocalDate.parse(row.string("due_day")).plusDays(1)),
                        asked),
                asked.agreement(),
                asked.year().year() + "-%");
    }

    private List<Obligation> partnersReceipts(Asked asked) {
        return database
                .query(
                        "SELECT a.id, a.partner, a.leg, a.answered_us, a.journal_index, r.receipted_us AS met_us, NULL AS"
                                + " met_entry FROM answered_exchange a LEFT JOIN exchange_receipt r ON r.partner = a.partner AND"
                                + " r.id = a.id WHERE a.agreement_id = ? AND a.answered_us >= ? AND a.answered_us < ?"
                                + " ORDER BY a.answered_us",
                        row -> receipt(row, row.string("partner"), "answered_us", asked),
                        asked.agreement(),
                        Micros.of(asked.year().from().minus(Duration.ofDays(31))),
                        Micros.of(asked.year().to()))
                .stream()
                .flatMap(Optional::stream)
                .toList();
    }

    /** Only those that the provider has not accepted yet: when it accepted the others is in its journal, not in this one. */
    private List<Obligation> ownReceipts(Asked asked) {
        return database
                .query(
                        "SELECT c.id, a.leg, c.closed_us, c.journal_index, NULL AS met_us, NULL AS met_entry FROM receipt_outbox o"
                                + " JOIN asked_exchange a ON a.id = o.exchange JOIN closed_exchange c ON c.id = o.exchange"
                                + " WHERE a.agreement_id = ? ORDER BY c.closed_us",
                        row -> receipt(row, identity.party(), "closed_us", asked),
                        asked.agreement())
                .stream()
                .flatMap(Optional::stream)
                .toList();
    }

    private static Optional<Obligation> receipt(Row row, String party, String since, Asked asked) throws SQLException {
        Instant answered = row.instant(since);
        Optional<Integer> hours = asked.texts().leg(row.string("leg"), answered).map(leg -> leg.receiptHours());
        return hours.isEmpty()
                ? Optional.empty()
                : Optional.of(of(Duty.RECEIPT, party, row, answered.plus(Duration.ofHours(hours.get())), asked));
    }

    private List<Obligation> ownDeletions(Asked asked) {
        return database.query(
                "SELECT h.exchange AS id, h.leg, h.retain_until_us, c.journal_index, d.deleted_us AS met_us, d.journal_index AS"
                        + " met_entry FROM holding h LEFT JOIN closed_exchange c ON c.id = h.exchange LEFT JOIN"
                        + " holding_deletion d ON d.exchange = h.exchange WHERE h.agreement_id = ? AND h.retain_until_us >= ? AND"
                        + " h.retain_until_us < ? ORDER BY h.retain_until_us",
                row -> of(
                        Duty.DELETION,
                        identity.party(),
                        row,
                        row.instant("retain_until_us").plus(TO_DELETE),
                        asked),
                asked.agreement(),
                Micros.of(asked.year().from().minus(TO_DELETE)),
                Micros.of(asked.year().to()));
    }

    /** The partner owes the record of each deletion where the leg wants proof; until when it kept an answer the answer's own record says. */
    private List<Obligation> partnersDeletions(Asked asked) {
        int months = asked.texts().texts().stream()
                .flatMap(text -> text.file().agreement().legs().stream())
                .mapToInt(leg -> leg.retention().months())
                .max()
                .orElse(0);
        return database
                .query(
                        "SELECT a.id, a.partner, a.leg, a.journal_index, d.deleted, d.journal_index AS met_entry FROM"
                                + " answered_exchange a LEFT JOIN deletion_record d ON d.partner = a.partner AND d.id = a.id"
                                + " WHERE a.agreement_id = ? AND a.outcome = 'permit' AND a.answered_us >= ? AND"
                                + " a.answered_us < ? ORDER BY a.answered_us",
                        row -> new Given(
                                row.uuid("id").toString(),
                                row.string("partner"),
                                row.string("leg"),
                                row.stringOrNull("deleted"),
                                entries(row)),
                        asked.agreement(),
                        Micros.of(asked.year().from().minus(Duration.ofDays(31L * (months + 1)))),
                        Micros.of(asked.year().to()))
                .stream()
                .map(given -> deletion(given, asked))
                .flatMap(Optional::stream)
                .toList();
    }

    /** An answer that a partner got, and when it says that it deleted it. */
    private record Given(
            String exchange,
            String partner,
            String leg,
            @Nullable String deleted,
            List<Long> entries) {}

    private Optional<Obligation> deletion(Given given, Asked asked) {
        String deleted = given.deleted;
        return keepUntil(given.exchange)
                .map(kept -> Obligation.of(
                        Duty.DELETION,
                        given.partner,
                        given.leg,
                        given.exchange,
                        asked.year().start(kept.plusDays(1)).plus(TO_DELETE),
                        deleted == null ? null : Instant.parse(deleted),
                        asked.now(),
                        given.entries));
    }

    /** The last day on which an answer may be held, where its deletion is to be proved; nothing if the record is not kept. */
    private Optional<LocalDate> keepUntil(String exchange) {
        return journal.bySubject(exchange).stream()
                .filter(entry -> entry.kind().equals("answered"))
                .map(JournalEntry::opening)
                .filter(Objects::nonNull)
                .map(opening -> CanonicalJson.parseStrict(opening.record()).at("/decision/obligations"))
                .filter(obligations -> obligations.path("proofOfDeletion").asBoolean())
                .map(obligations -> obligations.path("keepUntil"))
                .filter(JsonNode::isTextual)
                .map(day -> LocalDate.parse(day.asText()))
                .findFirst();
    }

    private List<Obligation> attestations(Asked asked) {
        return database.query(
                "SELECT e.id, h.leg, e.retain_until_us, e.journal_index, a.attested_us AS met_us, a.journal_index AS met_entry FROM"
                        + " figure_export e JOIN holding h ON h.exchange = e.exchange LEFT JOIN export_attestation a ON a.export"
                        + " = e.id WHERE h.agreement_id = ? AND e.retain_until_us >= ? AND e.retain_until_us < ? ORDER BY"
                        + " e.retain_until_us",
                row -> of(
                        Duty.EXPORT_ATTESTATION,
                        identity.party(),
                        row,
                        row.instant("retain_until_us").plus(TO_DELETE),
                        asked),
                asked.agreement(),
                Micros.of(asked.year().from().minus(TO_DELETE)),
                Micros.of(asked.year().to()));
    }

    List<Obligations.Reads> reads(String agreement, DutyYear year) {
        return database.query(
                "SELECT h.partner, h.leg, r.role, SUM(r.times) AS times, COUNT(DISTINCT r.exchange) AS exchanges FROM holding_read"
                        + " r JOIN holding h ON h.exchange = r.exchange WHERE h.agreement_id = ? AND r.day >= ? AND r.day < ?"
                        + " GROUP BY h.partner, h.leg, r.role ORDER BY h.partner, h.leg, r.role",
                row -> new Obligations.Reads(
                        row.string("partner"),
                        row.string("leg"),
                        row.string("role"),
                        row.longValue("times"),
                        row.longValue("exchanges")),
                agreement,
                LocalDate.of(year.year(), 1, 1).toEpochDay(),
                LocalDate.of(year.year() + 1, 1, 1).toEpochDay());
    }

    private static Obligation of(Duty duty, String party, Row row, Instant due, Asked asked) throws SQLException {
        return Obligation.of(
                duty,
                party,
                row.string("leg"),
                row.uuid("id").toString(),
                due,
                row.instantOrNull("met_us"),
                asked.now(),
                entries(row));
    }

    private static List<Long> entries(Row row) throws SQLException {
        return Stream.of(row.longOrNull("journal_index"), row.longOrNull("met_entry"))
                .filter(Objects::nonNull)
                .toList();
    }
}
