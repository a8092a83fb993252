package org.entente.gateway.treaties;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import jakarta.inject.Singleton;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.entente.crypto.VerificationException;
import org.entente.crypto.canonical.CanonicalJson;
import org.entente.gateway.base.Database;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
import org.entente.gateway.journal.Draft;
import org.entente.gateway.journal.DuplicateWriteException;
import org.entente.gateway.journal.Journal;
import org.entente.gateway.journal.Write;
import org.entente.gateway.partners.CardDocument;
import org.entente.gateway.partners.Partner;
import org.entente.gateway.partners.Partners;

/**
 * Cards of other members that a depositary has passed on, each signed by its owner. A chain that starts at the root card which a text
 * names proves who acts on that text; for everything else, and for an acceding state in any case, a person compares the fingerprint first.
 */
@Singleton
public class PassedOnCards {
    private static final String KIND = "card-passed-on";
    private static final int CHAINS = 512;

    private final Database database;
    private final Partners partners;
    private final Journal journal;
    private final Clock clock;
    /** Read for every signature that is collected; the digest of its last card stands for a whole chain. */
    private final Cache<ByteBuffer, List<CardDocument>> chains =
            Caffeine.newBuilder().maximumSize(CHAINS).build();

    PassedOnCards(Database database, Partners partners, Journal journal, Clock clock) {
        this.database = database;
        this.partners = partners;
        this.journal = journal;
        this.clock = clock;
    }

    /**
     * A card that waits for a person, or is used only to prove who acted on a text that names it.
     *
     * @param fingerprint of its current card, to be compared with its owner over another channel
     * @param depositary who passed it on
     */
    public record Waiting(String party, String rootCard, String fingerprint, String depositary, Instant received) {}

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Newest(byte[] digest, String depositary, Instant received) {}

    private record Stored(List<CardDocument> chain, String depositary, Instant received) {}

    /** Cards of parties that are no partners of this node yet, or that have issued a newer one than a person has confirmed here. */
    public List<Waiting> waiting() {
        List<String> parties =
                database.query("SELECT DISTINCT party FROM passed_on_card ORDER BY party", row -> row.string("party"));
        List<Waiting> waiting = new ArrayList<>();
        for (String party : parties) {
            stored(party)
                    .filter(s -> isNewer(party, s.chain()))
                    .ifPresent(s -> waiting.add(new Waiting(
                            party,
                            s.chain().getFirst().digest(),
                            s.chain().getLast().fingerprint().toString(),
                            s.depositary(),
                            s.received())));
        }
        return waiting;
    }

    /** Whether a chain goes on after the card that a person has confirmed here; true if nobody has confirmed one. */
    private boolean isNewer(String party, List<CardDocument> chain) {
        return partners.find(party)
                .map(partner -> partner.current().card().sequence()
                        < chain.getLast().card().sequence())
                .orElse(true);
    }

    /** Whether a card was passed on that waits for a person. */
    boolean waits(String party) {
        return stored(party).filter(s -> isNewer(party, s.chain())).isPresent();
    }

    /** The longest chain that was passed on of a party, root card first. */
    Optional<List<CardDocument>> chain(String party) {
        return stored(party).map(Stored::chain);
    }

    private Optional<Stored> stored(String party) {
        Optional<Newest> newest = database.one(
                "SELECT digest, depositary, received_us FROM passed_on_card WHERE party = ?"
                        + " ORDER BY sequence DESC, received_us LIMIT 1",
                row -> new Newest(row.bytes("digest"), row.string("depositary"), row.instant("received_us")),
                party);
        return newest.map(row -> new Stored(chain(party, row.digest()), row.depositary(), row.received()));
    }

    private List<CardDocument> chain(String party, byte[] digest) {
        return chains.get(
                ByteBuffer.wrap(digest),
                d -> database.one(
                                "SELECT chain FROM passed_on_card WHERE party = ? AND digest = ?",
                                row -> parse(row.bytes("chain")),
                                party,
                                digest)
                        .orElseThrow());
    }

    /**
     * Keeps a chain that a depositary has passed on.
     *
     * @param json list of signed cards, root card first
     * @throws EntenteException {@code card-invalid} if it is no whole chain of that party
     */
    void keep(String party, byte[] json, String depositary) {
        List<CardDocument> chain = parse(json);
        CardDocument last = chain.getLast();
        if (!last.card().party().equals(party)) {
            throw invalid(
                    depositary + " passed on a card of " + last.card().party() + " as that of " + party + ".", null);
        }
        if (!isNewer(party, chain)) {
            return; // a person has confirmed the same here
        }
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        Map<String, Object> record = new LinkedHashMap<>();
        record.put("kind", KIND);
        record.put("time", now.toString());
        record.put("party", party);
        record.put("depositary", depositary);
        record.put("cards", chain.stream().map(CardDocument::digest).toList());
        try {
            journal.append(new Draft(
                    KIND,
                    record,
                    party,
                    List.of(new Write.Insert(
                            "INSERT INTO passed_on_card (party, digest, sequence, chain, depositary, received_us, entry)"
                                    + " VALUES (?, ?, ?, ?, ?, ?, ?)",
                            party,
                            last.digestBytes(),
                            last.card().sequence(),
                            json,
                            depositary,
                            now,
                            Write.INDEX))));
        } catch (DuplicateWriteException e) {
            return; // it was passed on before
        }
    }

    private static List<CardDocument> parse(byte[] json) {
        try {
            List<CardDocument> chain = new ArrayList<>();
            for (var card : CanonicalJson.parseStrict(json)) {
                CardDocument next = CardDocument.parse(CanonicalJson.encode(card));
                if (chain.isEmpty() && next.card().sequence() != 1) {
                    throw invalid("A chain that is passed on begins with the root card.", null);
                }
                if (!chain.isEmpty()) {
                    next.checkFollows(chain.getLast());
                }
                chain.add(next);
            }
            if (chain.isEmpty()) {
                throw invalid("The list of cards is empty.", null);
            }
            return List.copyOf(chain);
        } catch (VerificationException e) {
            throw invalid(e.sentence() + ".", e);
        } catch (IllegalArgumentException e) {
            throw invalid(e.getMessage() + ".", e);
        }
    }

    /**
     * Who passed on the card of a party.
     *
     * @throws EntenteException {@code card-unknown} if nobody did
     */
    String depositaryOf(String party) {
        return stored(party).map(Stored::depositary).orElseThrow(() -> unknown(party));
    }

    /**
     * Makes a member whose card was passed on a partner, after a person has compared the fingerprint with its owner over another channel.
     *
     * @throws EntenteException {@code card-unknown} if no card of it was passed on; {@code card-invalid} if the fingerprint is another
     */
    Partner confirm(String party, String confirmedFingerprint, String by) {
        byte[] json = database.one(
                        "SELECT chain FROM passed_on_card WHERE party = ? ORDER BY sequence DESC, received_us LIMIT 1",
                        row -> row.bytes("chain"),
                        party)
                .orElseThrow(() -> unknown(party));
        return partners.importCard(json, confirmedFingerprint, by);
    }

    private static EntenteException unknown(String party) {
        return new EntenteException(ErrorCode.CARD_UNKNOWN, "No depositary has passed on a card of " + party + ".");
    }

    private static EntenteException invalid(String what, @org.jspecify.annotations.Nullable Exception cause) {
        return new EntenteException(ErrorCode.CARD_INVALID, "The card is not accepted. " + what, cause);
    }
}
