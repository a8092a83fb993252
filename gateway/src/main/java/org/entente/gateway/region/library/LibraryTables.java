package org.entente.gateway.region.library;

import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.entente.gateway.base.Database;
import org.entente.gateway.base.Micros;
import org.entente.gateway.base.Row;
import org.entente.gateway.base.Uuids;
import org.entente.gateway.journal.Write;
import org.jspecify.annotations.Nullable;

/** The library in the database. */
@Singleton
final class LibraryTables {
    private final Database database;

    LibraryTables(Database database) {
        this.database = database;
    }

    /**
     * How far a partner's library was harvested.
     *
     * @param made when the partner has signed the newest list that was taken
     */
    record Harvest(String party, String resumption, Instant made, int failures) {}

    static Write insert(LibraryEntry.Listed one, String by) {
        return new Write.Insert(
                "INSERT INTO library_entry (id, document, entered_by, changed_us, journal_index) VALUES (?, ?, ?, ?, ?)",
                Uuids.toBytes(one.id()),
                LibraryList.encode(one.entry()),
                by,
                Micros.of(one.changed()),
                Write.INDEX);
    }

    static Write withdraw(UUID id, String reason, Instant now) {
        return new Write.Update(
                "UPDATE library_entry SET withdrawn = ?, changed_us = ? WHERE id = ? AND withdrawn IS NULL",
                1,
                reason,
                Micros.of(now),
                Uuids.toBytes(id));
    }

    List<LibraryEntry.Listed> own() {
        return database.query("SELECT * FROM library_entry ORDER BY changed_us, id", LibraryTables::listed);
    }

    Optional<LibraryEntry.Listed> own(UUID id) {
        return database.one("SELECT * FROM library_entry WHERE id = ?", LibraryTables::listed, id);
    }

    /** Own entries after a place in the order of their datestamps. */
    List<LibraryEntry.Listed> after(long changed, UUID id, int limit) {
        return database.query(
                "SELECT * FROM library_entry WHERE changed_us > ? OR (changed_us = ? AND id > ?)"
                        + " ORDER BY changed_us, id LIMIT ?",
                LibraryTables::listed,
                changed,
                changed,
                id,
                limit);
    }

    private static LibraryEntry.Listed listed(Row r) throws SQLException {
        return new LibraryEntry.Listed(
                r.uuid("id"),
                r.instant("changed_us"),
                r.stringOrNull("withdrawn"),
                LibraryList.entry(r.bytes("document")));
    }

    static Write list(String party, byte[] digest, byte[] jws) {
        return new Write.Insert(
                "INSERT IGNORE INTO library_list (party, digest, document, journal_index) VALUES (?, ?, ?, ?)",
                party,
                digest,
                jws,
                Write.INDEX);
    }

    static Write harvested(String party, LibraryEntry.Listed one, String site, byte[] list) {
        return new Write.Insert(
                "REPLACE INTO library_harvested (party, id, document, changed_us, withdrawn, site, list)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?)",
                party,
                Uuids.toBytes(one.id()),
                LibraryList.encode(one.entry()),
                Micros.of(one.changed()),
                one.withdrawn(),
                site,
                list);
    }

    List<Library.Held> harvested() {
        return database.query(
                "SELECT * FROM library_harvested ORDER BY party, changed_us, id",
                r -> new Library.Held(r.string("party"), r.string("site"), false, listed(r)));
    }

    Optional<byte[]> list(String party, UUID id) {
        return database.one(
                "SELECT l.document FROM library_list l JOIN library_harvested h ON h.party = l.party AND h.list = l.digest"
                        + " WHERE h.party = ? AND h.id = ?",
                r -> r.bytes("document"),
                party,
                id);
    }

    Optional<Harvest> harvest(String party) {
        return database.one(
                "SELECT * FROM library_harvest WHERE party = ?",
                r -> new Harvest(
                        r.string("party"), r.string("resumption"), r.instant("made_us"), r.intValue("failures")),
                party);
    }

    /** How far every harvest that was tried has come. */
    List<LibraryHarvest.State> states() {
        return database.query("SELECT * FROM library_harvest", r -> {
            Instant made = r.instant("made_us");
            return new LibraryHarvest.State(
                    r.string("party"),
                    made.equals(Instant.EPOCH) ? null : made,
                    r.instant("next_us"),
                    r.intValue("failures"),
                    r.stringOrNull("problem"));
        });
    }

    boolean due(String party, Instant now) {
        return database.one("SELECT party FROM library_harvest WHERE party = ? AND next_us > ?", r -> true, party, now)
                .isEmpty();
    }

    void note(Harvest harvest, Instant next, @Nullable String problem) {
        database.update(
                "REPLACE INTO library_harvest (party, resumption, made_us, next_us, failures, problem)"
                        + " VALUES (?, ?, ?, ?, ?, ?)",
                harvest.party(),
                harvest.resumption(),
                harvest.made(),
                next,
                harvest.failures(),
                problem);
    }
}
