package org.entente.gateway.region.consultation;

import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.UUID;
import org.entente.crypto.Base64Url;
import org.entente.crypto.Digests;
import org.entente.gateway.access.Roles;
import org.entente.gateway.access.StaffUser;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
import org.entente.gateway.base.Uuids;
import org.entente.gateway.journal.ConflictingWriteException;
import org.entente.gateway.journal.Draft;
import org.entente.gateway.journal.Journal;
import org.entente.gateway.journal.Write;
import org.entente.gateway.region.national.NationalText;
import org.entente.gateway.region.profile.ConsultationSummary;
import org.entente.gateway.region.profile.ProfileEdition;
import org.entente.gateway.region.profile.Profiles;
import org.jspecify.annotations.Nullable;

/**
 * Comments on drafts. A link is for one named person, until an hour, and for one hand-in; of its token only the digest is kept. Those who
 * draft see each comment, accept or decline it with an answer, and close the consultation when all are answered. Who commented stays with
 * this node; the journal holds that comments came, how many, and a digest of each.
 */
@Singleton
public class Consultations {
    /** Characters of one comment. */
    public static final int LONGEST = 4_000;

    private static final String OPENED = "consultation-opened";
    private static final String LINK = "consultation-link-issued";
    private static final String RECEIVED = "comments-received";
    private static final String ANSWERED = "comment-answered";
    private static final String CLOSED = "consultation-closed";
    private static final int TOKEN_BYTES = 32;
    private static final Duration LONGEST_VALIDITY = Duration.ofDays(366);

    private final ConsultationTables tables;
    private final ClosedConsultations closed;
    private final Profiles profiles;
    private final Journal journal;
    private final Uuids uuids;
    private final SecureRandom random;
    private final Clock clock;

    Consultations(
            ConsultationTables tables,
            ClosedConsultations closed,
            Profiles profiles,
            Journal journal,
            Uuids uuids,
            SecureRandom random,
            Clock clock) {
        this.tables = tables;
        this.closed = closed;
        this.profiles = profiles;
        this.journal = journal;
        this.uuids = uuids;
        this.random = random;
        this.clock = clock;
    }

    /**
     * Asks for comments on the working group's text of the state's own profile.
     *
     * @param text JSON or YAML, as for the edition itself
     * @throws EntenteException {@code national-profile-invalid}, {@code forbidden}
     */
    public Consultation openNational(byte[] text, StaffUser by) {
        by.require(Roles.STATISTICIAN);
        NationalText.read(text);
        Instant now = now();
        return open(new Consultation(uuids.next(), null, null, text, digest(text), now, null), by, now);
    }

    /**
     * Asks for comments on an edition of a regional profile that is not published yet. Whoever has a link sees it as everybody would, so it
     * has to pass what a publication has to pass, and somebody else than who has made it asks. What came of the comments belongs to an edition
     * that says in what is signed that they are asked for; without that it could be left out unseen.
     *
     * @throws EntenteException {@code profile-unsafe}; {@code consultation-not-possible} if it is published or does not say that; {@code not-found}, {@code
     *     forbidden}
     */
    public Consultation openRegional(String programme, int number, StaffUser by) {
        by.require(Roles.APPROVER);
        ProfileEdition edition = profiles.get(programme, number);
        if (edition.published() != null) {
            throw notPossible("Edition " + number + " of " + programme + " is published already.");
        }
        if (!profiles.asksForComments(edition)) {
            throw notPossible("Edition " + number + " of " + programme
                    + " does not say that comments are asked for on it; make the next edition so (--for-comments).");
        }
        profiles.requireShowable(edition, by);
        Instant now = now();
        return open(new Consultation(uuids.next(), programme, number, null, edition.digest(), now, null), by, now);
    }

    private Consultation open(Consultation one, StaffUser by, Instant now) {
        Map<String, Object> record = record(OPENED, one.id(), now);
        record.put("by", by.pseudonym());
        record.put("draft", one.digest());
        if (one.programme() != null) {
            record.put("programme", one.programme());
            record.put("edition", String.valueOf(one.edition()));
        }
        append(OPENED, record, one.id(), List.of(ConsultationTables.insert(one)));
        return one;
    }

    /** All, newest first. */
    public List<Consultation> all() {
        return tables.all();
    }

    /**
     * A consultation.
     *
     * @throws EntenteException {@code not-found}
     */
    public Consultation get(UUID id) {
        return tables.find(id)
                .orElseThrow(() -> new EntenteException(ErrorCode.NOT_FOUND, "There is no consultation " + id + "."));
    }

    /** The comments that came, in the order in which they did; for those who draft. */
    public List<Consultation.Comment> comments(UUID id, StaffUser by) {
        by.require(Roles.STATISTICIAN);
        return tables.comments(get(id).id());
    }

    /**
     * Somebody who was asked.
     *
     * @param issued when the link was made
     * @param used when the comments came by it; null while they did not
     */
    public record Invited(
            Reviewer reviewer,
            Instant issued,
            Instant expires,
            @Nullable Instant used) {}

    /** Who was asked, in the order in which they were; for those who draft. */
    public List<Invited> invited(UUID id, StaffUser by) {
        by.require(Roles.STATISTICIAN);
        return tables.links(get(id).id()).stream()
                .map(link -> new Invited(link.reviewer(), link.issued(), link.expires(), link.used()))
                .toList();
    }

    /**
     * How far a consultation has come.
     *
     * @param used links by which comments came
     * @param waiting comments without an answer
     */
    public record Progress(int links, int used, int comments, int waiting) {}

    /** How far it has come. */
    public Progress progress(UUID id) {
        return tables.progress(id);
    }

    /**
     * Issues a link.
     *
     * @return its token, which is kept nowhere
     * @throws EntenteException {@code consultation-not-possible}, {@code not-found}, {@code forbidden}
     */
    public String issueLink(UUID id, Reviewer reviewer, Duration validity, StaffUser by) {
        by.require(Roles.STATISTICIAN);
        requireOpen(get(id));
        if (validity.isNegative() || validity.isZero() || validity.compareTo(LONGEST_VALIDITY) > 0) {
            throw notPossible("A link is good for 1 hour to 366 days.");
        }
        byte[] bytes = new byte[TOKEN_BYTES];
        random.nextBytes(bytes);
        String token = Base64Url.encode(bytes);
        Instant now = now();
        Map<String, Object> record = record(LINK, id, now);
        record.put("by", by.pseudonym());
        record.put("expires", now.plus(validity).toString());
        append(
                LINK,
                record,
                id,
                List.of(ConsultationTables.insertLink(
                        hash(token), new ConsultationTables.Link(id, reviewer, now, now.plus(validity), null))));
        return token;
    }

    /**
     * What a link is good for.
     *
     * @param organisation whom it was given to
     */
    public record Invitation(Consultation consultation, String organisation, Instant expires) {}

    /**
     * What a link is good for.
     *
     * @throws EntenteException {@code consultation-link-unusable}
     */
    public Invitation invitation(String token) {
        ConsultationTables.Link link = tables.link(hash(token)).orElseThrow(() -> unusable("There is no such link."));
        if (link.used() != null) {
            throw unusable("The link was used up at " + link.used() + ", when the comments came.");
        }
        if (!clock.instant().isBefore(link.expires())) {
            throw unusable("The link has expired at " + link.expires() + ".");
        }
        Consultation consultation = get(link.consultation());
        if (consultation.closed() != null) {
            throw unusable("The consultation was closed at " + consultation.closed() + ".");
        }
        return new Invitation(consultation, link.reviewer().organisation(), link.expires());
    }

    /**
     * Takes comments, and uses the link up.
     *
     * @param titles of the draft's sections, by id
     * @param texts by id of the section; empty ones are left out
     * @param named whether the organisation may be named beside them
     * @return how many came
     * @throws EntenteException {@code consultation-link-unusable}; {@code comments-invalid} if there is none, one is too long, or one is on
     *     a section that the draft does not have
     */
    public int comment(String token, SortedMap<String, String> titles, Map<String, String> texts, boolean named) {
        Invitation invitation = invitation(token);
        Instant now = now();
        List<Consultation.Comment> comments = new ArrayList<>();
        texts.forEach((section, typed) -> {
            String text = typed.replace("\r\n", "\n").strip();
            String title = titles.get(section);
            if (text.isEmpty()) {
                return;
            }
            if (title == null) {
                throw new EntenteException(ErrorCode.COMMENTS_INVALID, "The draft has no section '" + section + "'.");
            }
            if (text.length() > LONGEST) {
                throw new EntenteException(
                        ErrorCode.COMMENTS_INVALID,
                        "The comment on '" + title + "' has " + text.length() + " characters; a comment has at most "
                                + LONGEST + ".");
            }
            comments.add(new Consultation.Comment(
                    uuids.next(), section, title, text, invitation.organisation, named, now, null, null, null));
        });
        if (comments.isEmpty()) {
            throw new EntenteException(ErrorCode.COMMENTS_INVALID, "There is no comment on any section.");
        }
        UUID id = invitation.consultation.id();
        byte[] digest = hash(token);
        List<Write> writes = new ArrayList<>();
        comments.forEach(comment -> writes.add(ConsultationTables.insert(id, digest, comment)));
        writes.add(ConsultationTables.use(digest, now));
        Map<String, Object> record = record(RECEIVED, id, now);
        record.put(
                "comments",
                comments.stream()
                        .map(comment -> Map.of(
                                "comment",
                                comment.id().toString(),
                                "section",
                                comment.section(),
                                "digest",
                                digest(comment.text().getBytes(StandardCharsets.UTF_8))))
                        .toList());
        append(RECEIVED, record, id, writes);
        return comments.size();
    }

    /**
     * Accepts or declines a comment; until the consultation is closed the answer may be changed.
     *
     * @param answer why, for whoever has made it
     * @throws EntenteException {@code consultation-not-possible}, {@code not-found}, {@code forbidden}
     */
    public void answer(UUID comment, Consultation.Verdict verdict, String answer, StaffUser by) {
        answer(comment, verdict, answer, tables.answered(comment).orElse(null), by);
    }

    /**
     * The same for somebody who has seen what was answered before: nobody's answer is changed unseen.
     *
     * @param seen when the answer was given that stands, as far as the caller knows; null for none
     * @throws EntenteException the same; {@code consultation-not-possible} too if another answer stands
     */
    public void answer(
            UUID comment, Consultation.Verdict verdict, String answer, @Nullable Instant seen, StaffUser by) {
        by.require(Roles.STATISTICIAN);
        UUID id = tables.ofComment(comment)
                .orElseThrow(() -> new EntenteException(ErrorCode.NOT_FOUND, "There is no comment " + comment + "."));
        requireOpen(get(id));
        if (answer.isBlank() || answer.length() > LONGEST) {
            throw notPossible("An answer has 1 to " + LONGEST + " characters.");
        }
        if (!Objects.equals(tables.answered(comment).orElse(null), seen)) {
            throw notPossible(
                    "Meanwhile somebody else has answered the comment; read that answer before you change it.");
        }
        Instant now = now();
        Map<String, Object> record = record(ANSWERED, id, now);
        record.put("by", by.pseudonym());
        record.put("comment", comment.toString());
        record.put("verdict", verdict.name());
        append(ANSWERED, record, id, List.of(ConsultationTables.answer(comment, verdict, answer.strip(), seen, now)));
    }

    /**
     * Closes a consultation in which every comment is answered; its links are good for nothing any more.
     *
     * @throws EntenteException {@code consultation-not-possible}, {@code not-found}, {@code forbidden}
     */
    public ConsultationSummary close(UUID id, StaffUser by) {
        by.require(Roles.STATISTICIAN);
        requireOpen(get(id));
        long waiting = tables.comments(id).stream()
                .filter(comment -> comment.verdict() == null)
                .count();
        if (waiting > 0) {
            throw notPossible(waiting + (waiting == 1 ? " comment is" : " comments are") + " not answered yet.");
        }
        Instant now = now();
        ConsultationSummary summary = closed.summary(List.of(get(id)));
        Map<String, Object> record = record(CLOSED, id, now);
        record.put("by", by.pseudonym());
        record.put("asked", summary.asked());
        record.put("comments", summary.comments());
        record.put("accepted", summary.accepted().size());
        append(CLOSED, record, id, List.of(ConsultationTables.close(id, now)));
        return summary;
    }

    /**
     * What the edition of the state's own profile says of a closed consultation.
     *
     * @throws EntenteException {@code consultation-not-possible} if it is open or on a regional profile; {@code not-found}
     */
    public ConsultationSummary ofNational(UUID id) {
        Consultation one = get(id);
        if (one.draft() == null || one.closed() == null) {
            throw notPossible("The consultation " + id + " is open, or not on the state's own profile.");
        }
        return closed.summary(List.of(one));
    }

    private static void requireOpen(Consultation one) {
        if (one.closed() != null) {
            throw notPossible("The consultation " + one.id() + " was closed at " + one.closed() + ".");
        }
    }

    private static EntenteException notPossible(String sentence) {
        return new EntenteException(ErrorCode.CONSULTATION_NOT_POSSIBLE, sentence);
    }

    private static EntenteException unusable(String sentence) {
        return new EntenteException(ErrorCode.CONSULTATION_LINK_UNUSABLE, sentence);
    }

    private void append(String kind, Map<String, Object> record, UUID consultation, List<Write> writes) {
        try {
            journal.append(new Draft(kind, record, consultation.toString(), writes));
        } catch (ConflictingWriteException e) {
            throw new EntenteException(
                    ErrorCode.CONSULTATION_NOT_POSSIBLE,
                    "Meanwhile the consultation was closed, a comment came or was answered, or the link was used.",
                    e);
        }
    }

    private static Map<String, Object> record(String kind, UUID consultation, Instant now) {
        Map<String, Object> record = new LinkedHashMap<>();
        record.put("kind", kind);
        record.put("time", now.toString());
        record.put("consultation", consultation.toString());
        return record;
    }

    private static byte[] hash(String token) {
        return Digests.sha256(token.getBytes(StandardCharsets.US_ASCII));
    }

    private static String digest(byte[] content) {
        return Base64Url.encode(Digests.sha256(content));
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
