package org.entente.gateway.partners;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.entente.crypto.canonical.CanonicalJson;
import org.entente.gateway.access.StaffUser;
import org.entente.gateway.base.Database;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
import org.entente.gateway.base.Row;
import org.entente.gateway.base.Uuids;
import org.entente.gateway.journal.Draft;
import org.entente.gateway.journal.DuplicateWriteException;
import org.entente.gateway.journal.Journal;
import org.entente.gateway.journal.Write;
import org.jspecify.annotations.Nullable;

/** Contradictions in partners' journals: each is journaled with its proof and stops exchanges until a person has decided. */
@Singleton
public final class JournalConflicts {
    /** Who has stopped exchanges: no person. */
    static final String WITNESS = "witness";

    private static final String FOUND = "journal-conflict-found";
    private static final String RESOLVED = "journal-conflict-resolved";

    private final Database database;
    private final Journal journal;
    private final PartnerDirectory directory;
    private final Uuids uuids;
    private final Clock clock;

    JournalConflicts(Database database, Journal journal, PartnerDirectory directory, Uuids uuids, Clock clock) {
        this.database = database;
        this.journal = journal;
        this.directory = directory;
        this.uuids = uuids;
        this.clock = clock;
    }

    /** What is wrong with a journal. */
    public enum Kind {
        /** Two signed checkpoints that no one journal can have: forked or rewritten. */
        FORK,
        /** It serves less than it has signed. */
        SHRUNK,
        /** It serves tiles that do not lead to what it has signed. */
        TILES
    }

    /** Which history is followed after a person's decision. */
    public enum Followed {
        /** The one whose leaf hashes are held here. */
        HELD,
        /** The one that the partner shows now, from its first entry on. */
        NEW
    }

    /**
     * A contradiction.
     *
     * @param proof both signed checkpoints and how they contradict each other
     * @param followed null while nobody has decided
     */
    public record Conflict(
            UUID id,
            String party,
            Kind kind,
            String sentence,
            JsonNode proof,
            Instant found,
            long journalIndex,
            @Nullable Followed followed,
            @Nullable String reason,
            @Nullable String decidedBy,
            @Nullable Instant decided) {}

    /**
     * Journals a contradiction and stops exchanges with the partner.
     *
     * @param proof members for the journal record: the checkpoints, and what connects them
     */
    public void found(String party, Kind kind, String sentence, Map<String, ?> proof) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        UUID id = uuids.next();
        Map<String, Object> record = new LinkedHashMap<>();
        record.put("kind", FOUND);
        record.put("time", now.toString());
        record.put("party", party);
        record.put("conflict", id.toString());
        record.put("finding", kind.name());
        record.put("sentence", sentence);
        record.put("proof", proof);
        try {
            journal.append(new Draft(
                    FOUND,
                    record,
                    party,
                    List.of(
                            new Write.Insert(
                                    "INSERT INTO journal_conflict (id, party, kind, sentence, proof, found_us,"
                                            + " journal_index) VALUES (?, ?, ?, ?, ?, ?, ?)",
                                    id,
                                    party,
                                    kind,
                                    sentence,
                                    CanonicalJson.encode(proof),
                                    now,
                                    Write.INDEX),
                            PartnerTables.count())));
        } finally {
            directory.reload();
        }
    }

    /** All of them, newest first. */
    public List<Conflict> all() {
        return database.query(
                "SELECT c.*, e.followed, e.reason, e.decided_by, e.decided_us FROM journal_conflict c"
                        + " LEFT JOIN journal_conflict_end e ON e.id = c.id ORDER BY c.found_us DESC",
                JournalConflicts::row);
    }

    /** Those that stop exchanges, with any partner or with this one. */
    public List<Conflict> open(@Nullable String party) {
        return all().stream()
                .filter(conflict -> conflict.followed == null)
                .filter(conflict -> party == null || conflict.party.equals(party))
                .toList();
    }

    private static Conflict row(Row row) throws SQLException {
        String followed = row.stringOrNull("followed");
        return new Conflict(
                row.uuid("id"),
                row.string("party"),
                Kind.valueOf(row.string("kind")),
                row.string("sentence"),
                CanonicalJson.parseStrict(row.bytes("proof")),
                row.instant("found_us"),
                row.longValue("journal_index"),
                followed == null ? null : Followed.valueOf(followed),
                row.stringOrNull("reason"),
                row.stringOrNull("decided_by"),
                row.instantOrNull("decided_us"));
    }

    /**
     * Lets exchanges with a partner go on, for all of its open contradictions.
     *
     * @param also further writes that belong to the decision
     * @throws EntenteException {@code not-found} if there is none; {@code request-malformed} without a reason
     */
    public void resolve(String party, Followed followed, String reason, StaffUser by, List<Write> also) {
        List<Conflict> open = open(party);
        if (open.isEmpty()) {
            throw new EntenteException(
                    ErrorCode.NOT_FOUND, "There is no undecided contradiction in the journal of " + party + ".");
        }
        if (reason.isBlank()) {
            throw new EntenteException(ErrorCode.REQUEST_MALFORMED, "A decision needs a reason.");
        }
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        Map<String, Object> record = new LinkedHashMap<>();
        record.put("kind", RESOLVED);
        record.put("time", now.toString());
        record.put("party", party);
        record.put("conflicts", open.stream().map(c -> c.id.toString()).toList());
        record.put("followed", followed.name());
        record.put("reason", reason);
        record.put("by", by.pseudonym());
        List<Write> writes = new java.util.ArrayList<>();
        open.forEach(conflict -> writes.add(new Write.Insert(
                "INSERT INTO journal_conflict_end (id, followed, reason, decided_by, decided_us, journal_index)"
                        + " VALUES (?, ?, ?, ?, ?, ?)",
                conflict.id,
                followed,
                reason,
                by.name(),
                now,
                Write.INDEX)));
        writes.addAll(also);
        writes.add(PartnerTables.count());
        try {
            journal.append(new Draft(RESOLVED, record, party, writes));
        } catch (DuplicateWriteException e) {
            throw new EntenteException(ErrorCode.NOT_FOUND, "Somebody else has decided in the meantime.", e);
        } finally {
            directory.reload();
        }
    }
}
