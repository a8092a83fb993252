package org.entente.gateway.evidence.witness;

import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.entente.crypto.VerificationException;
import org.entente.crypto.journal.Checkpoint;
import org.entente.crypto.journal.Hash;
import org.entente.crypto.journal.SignedNote;
import org.entente.crypto.journal.TileId;
import org.entente.crypto.message.Headers;
import org.entente.gateway.access.Roles;
import org.entente.gateway.access.StaffUser;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
import org.entente.gateway.journal.Draft;
import org.entente.gateway.journal.Journal;
import org.entente.gateway.journal.JournalUnavailableException;
import org.entente.gateway.partners.CardDocument;
import org.entente.gateway.partners.NewOrigin;
import org.entente.gateway.partners.OwnCards;
import org.entente.gateway.partners.Partner;
import org.entente.gateway.partners.PartnerClient;
import org.entente.gateway.partners.Partners;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Recovers this node's journal after its database was set back, from what partners have seen and kept of it. */
@Singleton
public class Recovery {
    private static final String RECOVERED = "journal-recovered";
    /** By whom it is known what the file beside the database says. */
    private static final String ANCHOR = "anchor";

    private static final Duration VALIDITY = Duration.ofDays(825);
    private static final byte[] NO_CONTENT = {};
    private static final Logger LOG = LoggerFactory.getLogger(Recovery.class);

    private final StartCheck startCheck;
    private final Partners partners;
    private final PartnerClient client;
    private final Journal journal;
    private final NewOrigin newOrigin;
    private final OwnCards ownCards;
    private final Clock clock;

    Recovery(
            StartCheck startCheck,
            Partners partners,
            PartnerClient client,
            Journal journal,
            NewOrigin newOrigin,
            OwnCards ownCards,
            Clock clock) {
        this.startCheck = startCheck;
        this.partners = partners;
        this.client = client;
        this.journal = journal;
        this.newOrigin = newOrigin;
        this.ownCards = ownCards;
        this.clock = clock;
    }

    /**
     * What is known of this journal elsewhere.
     *
     * @param by whose knowledge: a partner, or {@code anchor} for the file beside the database
     * @param size entries under the newest checkpoint; 0 if none was seen
     * @param problem why it could not be asked, if it could not
     */
    public record Known(
            String by,
            long size,
            @Nullable SignedNote note,
            @Nullable String problem) {}

    /**
     * What was done.
     *
     * @param size entries of the journal now, before the record of the recovery
     * @param lost of these, how many came back as leaf hashes only
     */
    public record Result(long size, long lost) {}

    /** What the anchor file and all partners know. */
    public List<Known> known() {
        List<Known> all = new ArrayList<>();
        journal.anchored().ifPresent(note -> all.add(new Known(ANCHOR, size(note), note, null)));
        for (Partner partner : partners.all()) {
            try {
                Optional<SignedNote> note = startCheck.seen(partner);
                all.add(new Known(partner.party(), note.map(Recovery::size).orElse(0L), note.orElse(null), null));
            } catch (EntenteException e) {
                all.add(new Known(partner.party(), 0, null, e.detail()));
            }
        }
        return all;
    }

    private static long size(SignedNote note) {
        try {
            return Checkpoint.parse(note.text()).size();
        } catch (VerificationException e) {
            throw new EntenteException(ErrorCode.PARTNER_ANSWER_INVALID, "A checkpoint cannot be read.", e);
        }
    }

    /**
     * Refills the journal up to the newest checkpoint that anybody knows.
     *
     * @param withoutAnchor gives up what no partner has seen: the anchor's checkpoint is declared void, in the record of the recovery
     * @param despiteSilent goes on although a partner could not be asked
     * @throws EntenteException {@code forbidden}; {@code partner-unreachable} naming those that did not answer; {@code
     *     journal-unavailable} if nobody has the leaf hashes, or those who have seen the journal do not agree
     */
    public Result recover(boolean withoutAnchor, boolean despiteSilent, String reason, StaffUser by) {
        requireReason(reason, by);
        List<Known> known = asked(despiteSilent);
        Target target = target(known, withoutAnchor);
        long lost = journal.recover(target.note(), target.others(), this::copy);
        Result result = new Result(size(target.note()), lost);
        record(result, known, withoutAnchor, reason, by);
        return result;
    }

    private static void requireReason(String reason, StaffUser by) {
        by.require(Roles.ADMINISTRATOR);
        if (reason.isBlank()) {
            throw new EntenteException(ErrorCode.REQUEST_MALFORMED, "A recovery needs a reason.");
        }
    }

    private List<Known> asked(boolean despiteSilent) {
        List<Known> known = known();
        known.stream()
                .filter(k -> k.problem() != null && !despiteSilent)
                .findFirst()
                .ifPresent(silent -> {
                    throw new EntenteException(
                            ErrorCode.PARTNER_UNREACHABLE,
                            silent.by() + " may have seen more and could not be asked: " + silent.problem());
                });
        return known;
    }

    /** The newest checkpoint, and those that must lie on the way to it. */
    private record Target(SignedNote note, List<SignedNote> others) {}

    private static Target target(List<Known> known, boolean withoutAnchor) {
        List<SignedNote> notes = known.stream()
                .filter(k -> !(withoutAnchor && k.by().equals(ANCHOR)))
                .map(Known::note)
                .flatMap(Stream::ofNullable)
                .toList();
        SignedNote newest = notes.stream()
                .max(Comparator.comparingLong(Recovery::size))
                .orElseThrow(() -> new EntenteException(
                        ErrorCode.JOURNAL_UNAVAILABLE, "Nobody knows a checkpoint of this journal."));
        return new Target(
                newest, notes.stream().filter(note -> !note.equals(newest)).toList());
    }

    /**
     * Goes on under another name and key, because the journal cannot be continued (docs/decisions/0071): tries first whether it can, and says in
     * the first entry under the new name why not.
     *
     * @param despiteSilent goes on although a partner could not be asked
     * @return the card that partners' people must confirm
     * @throws EntenteException {@code forbidden}; {@code partner-unreachable} naming those that did not answer; {@code request-malformed} if the
     *     journal can be continued under its name
     */
    public CardDocument beginAnew(boolean despiteSilent, String reason, StaffUser by) {
        requireReason(reason, by);
        Optional<CardDocument> finished = newOrigin.finish();
        if (finished.isPresent()) {
            return finished.get();
        }
        List<Known> known = asked(despiteSilent);
        List<String> causes = List.of(whyNot(known, false), whyNot(known, true));
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("reason", reason);
        details.put("by", by.pseudonym());
        details.put("cause", causes.stream().distinct().toList());
        details.put("seen", seen(known));
        return newOrigin.begin(lostCards(), details, VALIDITY, by.id().toString());
    }

    /** Why the journal cannot be continued. */
    private String whyNot(List<Known> known, boolean withoutAnchor) {
        if (known.stream().allMatch(k -> k.note() == null)) {
            throw new EntenteException(
                    ErrorCode.REQUEST_MALFORMED,
                    "Nobody contradicts the journal in the database, and there is no anchor file: take it as it is with"
                            + " `journal adopt`.");
        }
        try {
            Target target = target(known, withoutAnchor);
            journal.rehearse(target.note(), target.others(), this::copy);
        } catch (EntenteException e) {
            if (e.code() == ErrorCode.JOURNAL_UNAVAILABLE) {
                return e.detail();
            }
            throw e;
        }
        throw new EntenteException(
                ErrorCode.REQUEST_MALFORMED,
                "The journal can be continued under its name. Use `journal recover"
                        + (withoutAnchor ? " --void-unseen" : "")
                        + "`; nothing is begun anew.");
    }

    private static Map<String, Object> seen(List<Known> known) {
        Map<String, Object> seen = new LinkedHashMap<>();
        for (Known k : known) {
            SignedNote note = k.note();
            seen.put(
                    k.by(),
                    note != null
                            ? Map.of("size", k.size(), "checkpoint", note.toString())
                            : k.problem() != null ? Map.of("problem", k.problem()) : Map.of("size", 0));
        }
        return seen;
    }

    /** This node's cards that a partner holds and the database has lost: another that said the same again would break the chain. */
    private List<CardDocument> lostCards() {
        List<CardDocument> longest = List.of();
        for (Partner partner : partners.all()) {
            try {
                List<CardDocument> more = ownCards.lost(partner);
                longest = more.size() > longest.size() ? more : longest;
            } catch (EntenteException e) {
                LOG.debug("{} does not show this node's cards", partner.party(), e);
            }
        }
        return longest;
    }

    private void record(Result result, List<Known> known, boolean withoutAnchor, String reason, StaffUser by) {
        Map<String, Object> record = new LinkedHashMap<>();
        record.put("kind", RECOVERED);
        record.put("time", clock.instant().truncatedTo(ChronoUnit.MICROS).toString());
        record.put("size", result.size());
        record.put("lost", result.lost());
        record.put("reason", reason);
        record.put("by", by.pseudonym());
        Map<String, Object> seen = new LinkedHashMap<>();
        known.forEach(k -> seen.put(k.by(), k.size()));
        record.put("seen", seen);
        known.stream()
                .filter(k -> withoutAnchor && k.by().equals(ANCHOR) && k.size() > result.size())
                .forEach(k -> record.put("void", String.valueOf(k.note())));
        List<CardDocument> cards = lostCards();
        if (!cards.isEmpty()) {
            record.put("cards", cards.stream().map(CardDocument::digest).toList());
        }
        journal.append(new Draft(
                RECOVERED, record, null, ownCards.writes(cards, by.id().toString())));
        ownCards.taken();
    }

    /** A tile of this journal from the first partner that has it. */
    private byte[] copy(TileId id) {
        for (Partner partner : partners.all()) {
            try {
                PartnerClient.Answered answer = client.call(
                        partner, "GET", WitnessNodeController.HELD + id.path(), Headers.EMPTY, NO_CONTENT, false);
                if (answer.response().status() == 200 && answer.body().length == id.width() * Hash.LENGTH) {
                    return answer.body();
                }
            } catch (EntenteException e) {
                // The next one may have it; if none has, the error below says so.
                LOG.debug("{} gives no tile", partner.party(), e);
            }
        }
        throw new EntenteException(
                ErrorCode.JOURNAL_UNAVAILABLE,
                "No partner has kept the leaf hashes in " + id.path() + " of this journal.");
    }

    /**
     * Takes the journal as it is, without an anchor file, once every partner has said that it holds all that they have seen.
     *
     * @throws JournalUnavailableException if it does not, or the anchor file is there
     * @throws EntenteException {@code forbidden}; {@code partner-unreachable}
     */
    public void adopt(StaffUser by) {
        by.require(Roles.ADMINISTRATOR);
        for (Partner partner : partners.all()) {
            startCheck.seen(partner).ifPresent(journal::compare);
        }
        journal.adopt();
    }
}
