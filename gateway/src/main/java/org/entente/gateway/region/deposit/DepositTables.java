package org.entente.gateway.region.deposit;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.entente.crypto.Base64Url;
import org.entente.crypto.canonical.CanonicalJson;
import org.entente.gateway.base.Database;
import org.entente.gateway.base.Micros;
import org.entente.gateway.base.Row;
import org.entente.gateway.base.Uuids;
import org.entente.gateway.journal.Write;
import org.jspecify.annotations.Nullable;

/** Deposits, their drafts and their links in the database. */
@Singleton
final class DepositTables {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();
    private static final String DRAFT =
            "INSERT INTO deposit_draft (id, round, party, depositor, workbook, sums, uploaded_us, journal_index)"
                    + " VALUES (?, ?, ?, ?, ?, ?, ?, ?)";
    private static final String DEPOSIT =
            "INSERT INTO deposit (id, draft, round, party, tbl, document, journal_index) VALUES (?, ?, ?, ?, ?, ?, ?)";
    private static final String LINK =
            "INSERT INTO deposit_link (token, round, party, depositor, issued_us, expires_us, journal_index)"
                    + " VALUES (?, ?, ?, ?, ?, ?, ?)";

    private static final String DROPPED = "(deleted)";

    private final Database database;

    DepositTables(Database database) {
        this.database = database;
    }

    /**
     * A link.
     *
     * @param draft of what was uploaded by it last; null if nothing was
     * @param used when what was uploaded by it was confirmed; null if nothing was
     */
    record Link(
            UUID round,
            String party,
            Depositor depositor,
            Instant expires,
            @Nullable UUID draft,
            @Nullable Instant used) {}

    static Write insert(DepositDraft draft) {
        return new Write.Insert(
                DRAFT,
                Uuids.toBytes(draft.id()),
                Uuids.toBytes(draft.round()),
                draft.party(),
                CanonicalJson.encode(MAPPER.valueToTree(draft.depositor())),
                Base64Url.decode(draft.workbook()),
                CanonicalJson.encode(MAPPER.valueToTree(draft.tables())),
                Micros.of(draft.uploaded()),
                Write.INDEX);
    }

    /** Confirms a draft, if nobody has. */
    static Write confirm(UUID draft, Instant now) {
        return new Write.Update(
                "UPDATE deposit_draft SET confirmed_us = ? WHERE id = ? AND confirmed_us IS NULL",
                1,
                Micros.of(now),
                Uuids.toBytes(draft));
    }

    static Write insert(DepositDocument document, DepositDraft draft, byte[] signed) {
        return new Write.Insert(
                DEPOSIT,
                Uuids.toBytes(UUID.fromString(document.id())),
                Uuids.toBytes(draft.id()),
                Uuids.toBytes(draft.round()),
                draft.party(),
                document.table(),
                signed,
                Write.INDEX);
    }

    static Write insertLink(byte[] token, Link link, Instant now) {
        return new Write.Insert(
                LINK,
                token,
                Uuids.toBytes(link.round()),
                link.party(),
                CanonicalJson.encode(MAPPER.valueToTree(link.depositor())),
                Micros.of(now),
                Micros.of(link.expires()),
                Write.INDEX);
    }

    /** Notes what was uploaded by a link last, unless it is used up. */
    static Write uploadedBy(byte[] token, UUID draft) {
        return new Write.Update(
                "UPDATE deposit_link SET draft = ? WHERE token = ? AND used_us IS NULL",
                1,
                Uuids.toBytes(draft),
                token);
    }

    /** Uses a link up, if it is not. */
    static Write use(byte[] token, UUID draft, Instant now) {
        return new Write.Update(
                "UPDATE deposit_link SET used_us = ? WHERE token = ? AND draft = ? AND used_us IS NULL",
                1,
                Micros.of(now),
                token,
                Uuids.toBytes(draft));
    }

    /** Drafts of which something is still kept. */
    List<DepositDraft> kept() {
        return database.query(
                "SELECT * FROM deposit_draft WHERE deleted_us IS NULL ORDER BY uploaded_us", DepositTables::draft);
    }

    /** Tables of a draft whose figures were deleted; an empty name stands for its workbook. */
    Set<String> deletedParts(UUID draft) {
        return Set.copyOf(
                database.query("SELECT part FROM deposit_deletion WHERE draft = ?", r -> r.string("part"), draft));
    }

    /** Whether something else that is kept has this content: the same file may be handed in twice. */
    boolean othersWith(byte[] content, UUID draft, String part) {
        String digest = Base64Url.encode(content);
        return kept().stream().anyMatch(other -> {
            Set<String> gone = deletedParts(other.id());
            boolean workbook = other.workbook().equals(digest)
                    && !gone.contains("")
                    && !(other.id().equals(draft) && part.isEmpty());
            return workbook
                    || other.tables().stream()
                            .anyMatch(sums -> sums.content().equals(digest)
                                    && !gone.contains(sums.table())
                                    && !(other.id().equals(draft) && part.equals(sums.table())));
        });
    }

    static Write delete(UUID draft, String part, byte[] content, String cause, String because, Instant now) {
        return new Write.Insert(
                "INSERT INTO deposit_deletion (draft, part, content, cause, because, deleted_us, journal_index)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?)",
                Uuids.toBytes(draft),
                part,
                content,
                cause,
                because,
                Micros.of(now),
                Write.INDEX);
    }

    /** Notes that nothing is kept of a draft any more, and drops name and contact of whoever has put it in; the post stays. */
    List<Write> forgetPerson(DepositDraft draft, Instant now) {
        byte[] post = CanonicalJson.encode(
                MAPPER.valueToTree(new Depositor(DROPPED, draft.depositor().post(), DROPPED)));
        int links = database.one(
                        "SELECT COUNT(*) AS n FROM deposit_link WHERE draft = ?", r -> r.intValue("n"), draft.id())
                .orElse(0);
        return List.of(
                new Write.Update(
                        "UPDATE deposit_draft SET deleted_us = ?, depositor = ? WHERE id = ? AND deleted_us IS NULL",
                        1,
                        Micros.of(now),
                        post,
                        Uuids.toBytes(draft.id())),
                new Write.Update(
                        "UPDATE deposit_link SET depositor = ? WHERE draft = ?",
                        links,
                        post,
                        Uuids.toBytes(draft.id())));
    }

    Optional<DepositDraft> draft(UUID id) {
        return database.one("SELECT * FROM deposit_draft WHERE id = ?", DepositTables::draft, id);
    }

    Optional<byte[]> signed(UUID deposit) {
        return database.one("SELECT document FROM deposit WHERE id = ?", r -> r.bytes("document"), deposit);
    }

    Optional<Link> link(byte[] token) {
        return database.one("SELECT * FROM deposit_link WHERE token = ?", DepositTables::link, token);
    }

    private static DepositDraft draft(Row r) throws SQLException {
        return new DepositDraft(
                r.uuid("id"),
                r.uuid("round"),
                r.string("party"),
                depositor(r),
                Base64Url.encode(r.bytes("workbook")),
                sums(r.bytes("sums")),
                r.instant("uploaded_us"),
                r.instantOrNull("confirmed_us"));
    }

    private static Link link(Row r) throws SQLException {
        byte[] draft = r.bytesOrNull("draft");
        return new Link(
                r.uuid("round"),
                r.string("party"),
                depositor(r),
                r.instant("expires_us"),
                draft == null ? null : Uuids.fromBytes(draft),
                r.instantOrNull("used_us"));
    }

    private static Depositor depositor(Row r) throws SQLException {
        try {
            return MAPPER.readValue(r.bytes("depositor"), Depositor.class);
        } catch (IOException e) {
            throw new IllegalStateException("a stored focal point cannot be read", e);
        }
    }

    private static List<DepositDraft.Sums> sums(byte[] json) {
        try {
            return MAPPER.readValue(json, new TypeReference<>() {});
        } catch (IOException e) {
            throw new IllegalStateException("stored control sums cannot be read", e);
        }
    }
}
