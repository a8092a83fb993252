package org.entente.gateway.region.consultation;

import com.fasterxml.jackson.databind.json.JsonMapper;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.entente.crypto.Base64Url;
import org.entente.crypto.canonical.CanonicalJson;
import org.entente.gateway.base.Database;
import org.entente.gateway.base.Micros;
import org.entente.gateway.base.Row;
import org.entente.gateway.base.Uuids;
import org.entente.gateway.journal.Write;
import org.jspecify.annotations.Nullable;

/** Consultations, their links and comments in the database. */
@Singleton
final class ConsultationTables {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();
    private static final String OPEN =
            "INSERT INTO consultation (id, programme, edition, draft, digest, opened_us, journal_index)"
                    + " VALUES (?, ?, ?, ?, ?, ?, ?)";
    private static final String LINK =
            "INSERT INTO consultation_link (token, consultation, reviewer, issued_us, expires_us, journal_index)"
                    + " VALUES (?, ?, ?, ?, ?, ?)";
    private static final String COMMENT =
            "INSERT INTO consultation_comment (id, consultation, token, section, title, text, named, received_us,"
                    + " journal_index) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)";
    private static final String COMMENTS =
            "SELECT c.*, l.reviewer FROM consultation_comment c JOIN consultation_link l ON l.token = c.token";

    private final Database database;

    ConsultationTables(Database database) {
        this.database = database;
    }

    /**
     * A link.
     *
     * @param issued when it was made
     * @param used when the comments came; null while they did not
     */
    record Link(
            UUID consultation,
            Reviewer reviewer,
            Instant issued,
            Instant expires,
            @Nullable Instant used) {}

    static Write insert(Consultation one) {
        return new Write.Insert(
                OPEN,
                Uuids.toBytes(one.id()),
                one.programme(),
                one.edition(),
                one.draft(),
                Base64Url.decode(one.digest()),
                Micros.of(one.opened()),
                Write.INDEX);
    }

    /** Closes it, if it is open and every comment is answered. */
    static Write close(UUID consultation, Instant now) {
        return new Write.Update(
                "UPDATE consultation SET closed_us = ? WHERE id = ? AND closed_us IS NULL AND NOT EXISTS"
                        + " (SELECT 1 FROM consultation_comment c WHERE c.consultation = consultation.id"
                        + " AND c.verdict IS NULL)",
                1,
                Micros.of(now),
                Uuids.toBytes(consultation));
    }

    static Write insertLink(byte[] token, Link link) {
        return new Write.Insert(
                LINK,
                token,
                Uuids.toBytes(link.consultation()),
                CanonicalJson.encode(MAPPER.valueToTree(link.reviewer())),
                Micros.of(link.issued()),
                Micros.of(link.expires()),
                Write.INDEX);
    }

    /** Uses a link up, if it is not and its consultation is open. */
    static Write use(byte[] token, Instant now) {
        return new Write.Update(
                "UPDATE consultation_link l JOIN consultation c ON c.id = l.consultation SET l.used_us = ?"
                        + " WHERE l.token = ? AND l.used_us IS NULL AND c.closed_us IS NULL",
                1,
                Micros.of(now),
                token);
    }

    static Write insert(UUID consultation, byte[] token, Consultation.Comment comment) {
        return new Write.Insert(
                COMMENT,
                Uuids.toBytes(comment.id()),
                Uuids.toBytes(consultation),
                token,
                comment.section(),
                comment.title(),
                comment.text(),
                comment.named(),
                Micros.of(comment.received()),
                Write.INDEX);
    }

    /** Answers a comment, as long as its consultation is open and the answer before is the one that was seen. */
    static Write answer(
            UUID comment, Consultation.Verdict verdict, String answer, @Nullable Instant seen, Instant now) {
        return new Write.Update(
                "UPDATE consultation_comment m JOIN consultation c ON c.id = m.consultation SET m.verdict = ?,"
                        + " m.answer = ?, m.answered_us = ? WHERE m.id = ? AND c.closed_us IS NULL AND m.answered_us <=> ?",
                1,
                verdict.name(),
                answer,
                Micros.of(now),
                Uuids.toBytes(comment),
                seen == null ? null : Micros.of(seen));
    }

    List<Consultation> all() {
        return database.query("SELECT * FROM consultation ORDER BY opened_us DESC", ConsultationTables::consultation);
    }

    Optional<Consultation> find(UUID id) {
        return database.one("SELECT * FROM consultation WHERE id = ?", ConsultationTables::consultation, id);
    }

    /** The consultations on an edition of a regional profile. */
    List<Consultation> on(String programme, int edition) {
        return database.query(
                "SELECT * FROM consultation WHERE programme = ? AND edition = ? ORDER BY opened_us",
                ConsultationTables::consultation,
                programme,
                edition);
    }

    Optional<Link> link(byte[] token) {
        return database.one("SELECT * FROM consultation_link WHERE token = ?", ConsultationTables::link, token);
    }

    List<Link> links(UUID consultation) {
        return database.query(
                "SELECT * FROM consultation_link WHERE consultation = ? ORDER BY issued_us, token",
                ConsultationTables::link,
                consultation);
    }

    List<Consultation.Comment> comments(UUID consultation) {
        return database.query(
                COMMENTS + " WHERE c.consultation = ? ORDER BY c.received_us, c.journal_index, c.section, c.id",
                ConsultationTables::comment,
                consultation);
    }

    /** How far a consultation has come. */
    Consultations.Progress progress(UUID consultation) {
        return database.one(
                        "SELECT (SELECT COUNT(*) FROM consultation_link WHERE consultation = ?) AS links,"
                                + " (SELECT COUNT(*) FROM consultation_link WHERE consultation = ? AND used_us IS NOT NULL)"
                                + " AS used, (SELECT COUNT(*) FROM consultation_comment WHERE consultation = ?) AS comments,"
                                + " (SELECT COUNT(*) FROM consultation_comment WHERE consultation = ? AND verdict IS NULL)"
                                + " AS waiting",
                        r -> new Consultations.Progress(
                                r.intValue("links"), r.intValue("used"), r.intValue("comments"), r.intValue("waiting")),
                        consultation,
                        consultation,
                        consultation,
                        consultation)
                .orElseThrow();
    }

    /** When a comment was answered. */
    Optional<Instant> answered(UUID comment) {
        return database.one(
                "SELECT answered_us FROM consultation_comment WHERE id = ? AND answered_us IS NOT NULL",
                r -> r.instant("answered_us"),
                comment);
    }

    /** The consultation that a comment belongs to. */
    Optional<UUID> ofComment(UUID comment) {
        return database.one(
                "SELECT consultation FROM consultation_comment WHERE id = ?", r -> r.uuid("consultation"), comment);
    }

    private static Consultation consultation(Row r) throws SQLException {
        Long edition = r.longOrNull("edition");
        return new Consultation(
                r.uuid("id"),
                r.stringOrNull("programme"),
                edition == null ? null : (Integer) edition.intValue(),
                r.bytesOrNull("draft"),
                Base64Url.encode(r.bytes("digest")),
                r.instant("opened_us"),
                r.instantOrNull("closed_us"));
    }

    private static Link link(Row r) throws SQLException {
        return new Link(
                r.uuid("consultation"),
                reviewer(r),
                r.instant("issued_us"),
                r.instant("expires_us"),
                r.instantOrNull("used_us"));
    }

    private static Consultation.Comment comment(Row r) throws SQLException {
        String verdict = r.stringOrNull("verdict");
        return new Consultation.Comment(
                r.uuid("id"),
                r.string("section"),
                r.string("title"),
                r.string("text"),
                reviewer(r).organisation(),
                r.booleanValue("named"),
                r.instant("received_us"),
                verdict == null ? null : Consultation.Verdict.valueOf(verdict),
                r.stringOrNull("answer"),
                r.instantOrNull("answered_us"));
    }

    private static Reviewer reviewer(Row r) throws SQLException {
        try {
            return MAPPER.readValue(r.bytes("reviewer"), Reviewer.class);
        } catch (IOException e) {
            throw new IllegalStateException("a stored reviewer cannot be read", e);
        }
    }
}
