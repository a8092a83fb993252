package org.entente.gateway.exchange;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.micronaut.scheduling.annotation.Scheduled;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.entente.gateway.access.StaffUser;
import org.entente.gateway.access.Users;
import org.entente.gateway.base.Database;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
import org.entente.gateway.base.Micros;
import org.entente.gateway.base.Row;
import org.entente.gateway.base.Uuids;
import org.entente.gateway.journal.Draft;
import org.entente.gateway.journal.DuplicateWriteException;
import org.entente.gateway.journal.Journal;
import org.entente.gateway.journal.Write;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Copies of partners' figures that a named person has taken out of the gateway. The gateway cannot delete them; when retention is over the
 * person attests that they are deleted, or says why they are kept (clause 26).
 */
@Singleton
public class Exports {
    /** The copy is deleted. */
    public static final String DELETED = "deleted";
    /** The copy is kept, for a reason. */
    public static final String KEPT = "kept";

    private static final Logger LOG = LoggerFactory.getLogger(Exports.class);
    private static final String DUE = "due";
    private static final String OVERDUE = "overdue";
    private static final Duration PATIENCE = Duration.ofDays(7);
    private static final String SELECT =
            "SELECT e.*, a.verdict, a.reason, a.attested_us FROM figure_export e LEFT JOIN export_attestation a ON a.export = e.id";

    private final Database database;
    private final Holdings holdings;
    private final Users users;
    private final Journal journal;
    private final Uuids ids;
    private final Clock clock;

    Exports(Database database, Holdings holdings, Users users, Journal journal, Uuids ids, Clock clock) {
        this.database = database;
        this.holdings = holdings;
        this.users = users;
        this.journal = journal;
        this.ids = ids;
        this.clock = clock;
    }

    /**
     * One copy.
     *
     * @param username the account of the person who took it
     * @param name the person
     * @param due from when the person owes the attestation
     * @param state {@code open}, {@code due}, {@code overdue}, {@code deleted} or {@code kept}
     * @param reason why it is kept
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Line(
            String id,
            String exchange,
            String username,
            String name,
            Instant exported,
            Instant due,
            String state,
            @Nullable String reason,
            @Nullable Instant attested) {}

    /**
     * Records that a person takes figures out of the gateway; durable before they are handed over.
     *
     * @return the ids of the copies, one per exchange whose figures are under retention
     */
    public List<UUID> record(List<Asking.Figures> figures, StaffUser by) {
        String name = users.get(by.name()).fullName();
        List<UUID> made = new ArrayList<>();
        for (Asking.Figures one : figures) {
            Optional<Instant> until = holdings.find(one.exchange()).map(Holdings.Holding::retainUntil);
            if (until.isPresent()) {
                made.add(record(one, until.get(), name, by));
            }
        }
        return made;
    }

    private UUID record(Asking.Figures figures, Instant until, String name, StaffUser by) {
        UUID id = ids.next();
        Instant now = now();
        Map<String, Object> record = record("exported", now, id, figures.exchange());
        record.put("by", by.pseudonym());
        record.put("due", until.toString());
        journal.append(new Draft(
                "exported",
                record,
                figures.exchange().toString(),
                List.of(new Write.Insert(
                        "INSERT INTO figure_export (id, exchange, person, username, name, exported_us, retain_until_us,"
                                + " journal_index) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                        Uuids.toBytes(id),
                        Uuids.toBytes(figures.exchange()),
                        by.id(),
                        by.name(),
                        name,
                        Micros.of(now),
                        Micros.of(until),
                        Write.INDEX))));
        return id;
    }

    /** The copies, those due first; without {@code all} only those that are not attested. */
    public List<Line> list(boolean all) {
        return database.query(
                SELECT + (all ? "" : " WHERE a.export IS NULL") + " ORDER BY e.retain_until_us, e.id LIMIT 5000",
                this::line);
    }

    /** The copies of what one exchange brought. */
    public List<Line> of(UUID exchange) {
        return database.query(SELECT + " WHERE e.exchange = ? ORDER BY e.exported_us", this::line, exchange);
    }

    /** How many attestations are owed. */
    public long owed() {
        return database.one(
                        "SELECT COUNT(*) AS n FROM figure_export e LEFT JOIN export_attestation a ON a.export = e.id"
                                + " WHERE a.export IS NULL AND e.retain_until_us <= ?",
                        r -> r.longValue("n"),
                        clock.instant())
                .orElse(0L);
    }

    /**
     * The person who took a copy attests that it is deleted, or says why it is kept.
     *
     * @param verdict {@link #DELETED} or {@link #KEPT}
     * @param reason needed exactly when it is kept
     * @throws EntenteException {@code not-found}; {@code forbidden} for anybody else; {@code request-malformed}; {@code
     *     request-decided} if it is attested already
     */
    public Line attest(UUID export, String verdict, @Nullable String reason, StaffUser by) {
        UUID person = database.one("SELECT person FROM figure_export WHERE id = ?", r -> r.uuid("person"), export)
                .orElseThrow(() -> new EntenteException(ErrorCode.NOT_FOUND, "There is no export " + export + "."));
        if (!person.equals(by.id())) {
            throw new EntenteException(
                    ErrorCode.FORBIDDEN, "Only the person who took the copy attests what became of it.");
        }
        boolean kept = verdict.equals(KEPT);
        boolean reasoned = reason != null && !reason.isBlank() && reason.length() <= 2000;
        if (!(kept && reasoned) && !(verdict.equals(DELETED) && reason == null)) {
            throw new EntenteException(
                    ErrorCode.REQUEST_MALFORMED,
                    "A copy is '" + DELETED + "', or '" + KEPT + "' with a reason of 1 to 2000 characters.");
        }
        UUID exchange = database.one("SELECT exchange FROM figure_export WHERE id = ?", r -> r.uuid("exchange"), export)
                .orElseThrow();
        Instant now = now();
        Map<String, Object> record = record("export-attested", now, export, exchange);
        record.put("by", by.pseudonym());
        record.put("verdict", verdict);
        if (reason != null) {
            record.put("reason", reason);
        }
        try {
            journal.append(new Draft(
                    "export-attested",
                    record,
                    exchange.toString(),
                    List.of(new Write.Insert(
                            "INSERT INTO export_attestation (export, verdict, reason, attested_us, journal_index)"
                                    + " VALUES (?, ?, ?, ?, ?)",
                            Uuids.toBytes(export),
                            verdict,
                            reason,
                            Micros.of(now),
                            Write.INDEX))));
        } catch (DuplicateWriteException e) {
            throw new EntenteException(ErrorCode.REQUEST_DECIDED, "The copy " + export + " is attested already.", e);
        }
        return database.one(SELECT + " WHERE e.id = ?", this::line, export).orElseThrow();
    }

    /** Reminds of what is owed: on the day, and a week later; each once, journaled. */
    @Scheduled(fixedDelay = "60s", initialDelay = "25s")
    void remind() {
        try {
            for (Line line : list(false)) {
                if (line.state().equals(DUE) || line.state().equals(OVERDUE)) {
                    remind(line);
                }
            }
        } catch (EntenteException e) {
            LOG.warn("reminders of exports come later: {}", e.getMessage());
        }
    }

    private void remind(Line line) {
        UUID export = UUID.fromString(line.id());
        boolean given = database.one(
                        "SELECT 1 AS n FROM export_reminder WHERE export = ? AND stage = ?",
                        r -> r.longValue("n"),
                        export,
                        line.state())
                .isPresent();
        if (given) {
            return;
        }
        Instant now = now();
        Map<String, Object> record = record("export-reminder", now, export, UUID.fromString(line.exchange()));
        record.put("stage", line.state());
        try {
            journal.append(new Draft(
                    "export-reminder",
                    record,
                    line.exchange(),
                    List.of(new Write.Insert(
                            "INSERT INTO export_reminder (export, stage, reminded_us, journal_index) VALUES (?, ?, ?, ?)",
                            Uuids.toBytes(export),
                            line.state(),
                            Micros.of(now),
                            Write.INDEX))));
            LOG.warn("{} owes an attestation for the export {} ({})", line.username(), line.id(), line.state());
        } catch (DuplicateWriteException e) {
            LOG.debug("another process has reminded of {}", line.id(), e);
        }
    }

    private static Map<String, Object> record(String kind, Instant now, UUID export, UUID exchange) {
        Map<String, Object> record = new LinkedHashMap<>();
        record.put("kind", kind);
        record.put("time", now.toString());
        record.put("export", export.toString());
        record.put("exchange", exchange.toString());
        return record;
    }

    private Line line(Row r) throws SQLException {
        Instant due = r.instant("retain_until_us");
        String verdict = r.stringOrNull("verdict");
        return new Line(
                r.uuid("id").toString(),
                r.uuid("exchange").toString(),
                r.string("username"),
                r.string("name"),
                r.instant("exported_us"),
                due,
                verdict == null ? standing(due) : verdict,
                r.stringOrNull("reason"),
                r.instantOrNull("attested_us"));
    }

    private String standing(Instant due) {
        Instant now = clock.instant();
        if (now.isBefore(due)) {
            return "open";
        }
        return now.isBefore(due.plus(PATIENCE)) ? DUE : OVERDUE;
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
