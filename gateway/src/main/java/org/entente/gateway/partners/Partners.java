package org.entente.gateway.partners;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.inject.Singleton;
import java.security.cert.X509Certificate;
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
import org.entente.crypto.keys.Certificates;
import org.entente.crypto.keys.Fingerprint;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.EntenteSettings;
import org.entente.gateway.base.ErrorCode;
import org.entente.gateway.base.TlsAdmission;
import org.entente.gateway.journal.ConflictingWriteException;
import org.entente.gateway.journal.Draft;
import org.entente.gateway.journal.DuplicateWriteException;
import org.entente.gateway.journal.Journal;
import org.entente.gateway.journal.Write;
import org.jspecify.annotations.Nullable;

/** The partners of this node: who they are, whether exchanges with them are stopped, and the acts that change this. */
@Singleton
public final class Partners implements TlsAdmission {
    private static final String CARD_IMPORTED = "card-imported";
    private static final String CARD_CHANGED = "card-changed";
    private static final String HOLD_SET = "hold-set";
    private static final String HOLD_LIFTED = "hold-lifted";

    /** Who acts when nobody does: a partner's renewed card is accepted without a person. */
    static final String AUTOMATIC = "automatic";

    private final PartnerDirectory directory;
    private final Journal journal;
    private final EntenteSettings settings;
    private final Clock clock;

    Partners(PartnerDirectory directory, Journal journal, EntenteSettings settings, Clock clock) {
        this.directory = directory;
        this.journal = journal;
        this.settings = settings;
        this.clock = clock;
    }

    /** All partners, by id. */
    public List<Partner> all() {
        return List.copyOf(directory.fresh().all());
    }

    /** The partner of that party, stopped or not. */
    public Optional<Partner> find(String party) {
        return directory.fresh().find(party);
    }

    /**
     * The partner of that party, for an exchange.
     *
     * @throws EntenteException {@code partner-unknown}, or {@code partner-blocked} naming reason and time of the hold
     */
    public Partner require(String party) {
        Partner partner = known(party);
        partner.hold().ifPresent(hold -> {
            throw new EntenteException(
                    ErrorCode.PARTNER_BLOCKED,
                    "Exchanges with " + party + " are stopped since " + hold.since() + ": " + hold.reason(),
                    Map.of("partner", party));
        });
        return partner;
    }

    private Partner known(String party) {
        return find(party)
                .orElseThrow(() -> new EntenteException(
                        ErrorCode.PARTNER_UNKNOWN,
                        "This node has imported no card of " + party + ".",
                        Map.of("partner", party)));
    }

    /** The partner whose chain of cards holds the card with this digest (base64url). */
    public Optional<Partner> byCard(String cardDigest) {
        return directory.fresh().holding(cardDigest);
    }

    /** The partner that lists this TLS certificate on any of its cards; whether it is still pinned, the partner says. */
    Optional<Partner> byTlsCertificate(X509Certificate certificate) {
        return directory.fresh().listing(certificate);
    }

    @Override
    public boolean admits(X509Certificate certificate) {
        PartnerBook book = directory.remembered();
        return book != null && book.listing(certificate).isPresent();
    }

    /**
     * Accepts a partner's card after a person has compared its fingerprint with the partner over another channel.
     *
     * @param json the signed card, or a list of the signed cards from the root card (or from the one after the card held
     *     here) to the current one
     * @param confirmedFingerprint what that person heard, for the last card
     * @param by the staff user
     * @throws EntenteException {@code card-invalid}, saying what is wrong; nothing is changed then
     */
    public Partner importCard(byte[] json, String confirmedFingerprint, String by) {
        List<CardDocument> cards = read(json);
        CardDocument last = cards.getLast();
        if (!confirmed(last, confirmedFingerprint)) {
            throw invalid("Its fingerprint is " + last.fingerprint()
                    + ", and that is not the one that was confirmed. Compare again, over another channel.");
        }
        return accept(cards, by, true);
    }

    /**
     * Accepts the next card of a known partner without a person, where it changes only TLS certificates, endpoint, validity
     * or wording.
     *
     * @throws EntenteException {@code card-invalid} if it changes anything that a person must confirm
     */
    public Partner renew(byte[] json) {
        List<CardDocument> cards = read(json);
        CardDocument before = known(cards.getLast().card().party()).current();
        for (CardDocument card : withoutKnown(cards, before)) {
            if (!card.isRenewalOf(before)) {
                throw invalid(
                        "It changes keys, authorities or signatories, which a person must confirm by fingerprint.");
            }
            before = card;
        }
        return accept(cards, AUTOMATIC, false);
    }

    private Partner accept(List<CardDocument> cards, String by, boolean confirmed) {
        CardDocument last = cards.getLast();
        String party = last.card().party();
        Instant now = now();
        Optional<Partner> known = find(party);
        CardDocument before = known.map(Partner::current).orElse(null);
        List<CardDocument> more = withoutKnown(cards, before);
        checkChain(more, before);
        checkCard(last, now);
        if (more.isEmpty()) {
            return known.orElseThrow();
        }
        List<Write> writes = new ArrayList<>();
        more.forEach(card -> writes.add(PartnerTables.insert(card, by, now)));
        writes.add(PartnerTables.count());
        Map<String, Object> record = record(before == null ? CARD_IMPORTED : CARD_CHANGED, now, party, by);
        record.put("cards", more.stream().map(CardDocument::digest).toList());
        record.put("sequence", last.card().sequence());
        record.put("confirmed", confirmed);
        append(before == null ? CARD_IMPORTED : CARD_CHANGED, record, party, writes);
        return known(party);
    }

    private static List<CardDocument> read(byte[] json) {
        try {
            JsonNode node = CanonicalJson.parseStrict(json);
            List<CardDocument> cards = new ArrayList<>();
            for (JsonNode card : node.isArray() ? node : List.of(node)) {
                cards.add(CardDocument.parse(CanonicalJson.encode(card)));
            }
            if (cards.isEmpty()) {
                throw invalid("The list of cards is empty.");
            }
            return cards;
        } catch (VerificationException e) {
            throw invalid(e.sentence() + ".", e);
        } catch (IllegalArgumentException e) {
            throw invalid(e.getMessage() + ".", e);
        }
    }

    private static boolean confirmed(CardDocument card, String confirmedFingerprint) {
        try {
            return Fingerprint.parse(confirmedFingerprint).equals(card.fingerprint());
        } catch (IllegalArgumentException e) {
            throw invalid(e.getMessage() + ".", e);
        }
    }

    private static List<CardDocument> withoutKnown(List<CardDocument> cards, @Nullable CardDocument held) {
        return held == null
                ? cards
                : cards.stream()
                        .filter(card -> card.card().sequence() > held.card().sequence()
                                || (card.card().sequence() == held.card().sequence()
                                        && !card.digest().equals(held.digest())))
                        .toList();
    }

    private void checkChain(List<CardDocument> cards, @Nullable CardDocument held) {
        CardDocument before = held;
        for (CardDocument card : cards) {
            try {
                if (before != null) {
                    card.checkFollows(before);
                } else if (card.card().sequence() != 1) {
                    throw invalid("Card " + card.card().sequence() + " of "
                            + card.card().party()
                            + " comes without the cards before it. Import the list from the root card on.");
                }
            } catch (VerificationException e) {
                throw invalid(e.sentence() + ".", e);
            }
            before = card;
        }
    }

    private void checkCard(CardDocument document, Instant now) {
        Card card = document.card();
        if (card.party().equals(settings.party())) {
            throw invalid("It is this node's own card.");
        }
        if (now.isAfter(card.validUntil()) || card.issued().isAfter(now.plus(settings.clockSkew()))) {
            throw invalid("It is valid from " + card.issued() + " to " + card.validUntil()
                    + ", and the clock here says " + now + ".");
        }
        try {
            Certificates.checkValid(card.signing().getFirst().certificate(), now);
        } catch (VerificationException e) {
            throw invalid(e.sentence() + ".", e);
        }
        for (X509Certificate certificate : card.tls()) {
            byTlsCertificate(certificate)
                    .filter(other -> !other.party().equals(card.party()))
                    .ifPresent(other -> {
                        throw invalid("Its TLS certificate stands on a card of " + other.party() + " already.");
                    });
        }
    }

    /**
     * Stops exchanges with a partner at once.
     *
     * @throws EntenteException {@code partner-unknown}; {@code partner-blocked} if they are stopped already
     */
    public void hold(String party, String reason, String by) {
        Partner partner = known(party);
        Instant now = now();
        Map<String, Object> record = record(HOLD_SET, now, party, by);
        record.put("reason", reason);
        try {
            append(
                    HOLD_SET,
                    record,
                    partner.party(),
                    List.of(PartnerTables.insert(party, new Hold(reason, by, now)), PartnerTables.count()));
        } catch (DuplicateWriteException e) {
            throw new EntenteException(
                    ErrorCode.PARTNER_BLOCKED, "Exchanges with " + party + " are stopped already.", e);
        }
    }

    /** Lifts a hold; without one nothing happens. */
    public void lift(String party, String reason, String by) {
        if (known(party).hold().isEmpty()) {
            return;
        }
        Map<String, Object> record = record(HOLD_LIFTED, now(), party, by);
        record.put("reason", reason);
        try {
            append(HOLD_LIFTED, record, party, List.of(PartnerTables.deleteHold(party), PartnerTables.count()));
        } catch (ConflictingWriteException e) {
            directory.reload(); // somebody else has lifted it in the meantime
        }
    }

    /**
     * Stops accepting a TLS certificate that the partner's card lists, for instance after its key was lost. Takes effect at
     * the partner's next call, on open connections too.
     *
     * @param certificateSha256 base64url SHA-256 of the certificate
     */
    public void removePin(String party, String certificateSha256, String reason, String by) {
        Partner partner = known(party);
        if (!partner.pins().containsKey(certificateSha256)) {
            throw new EntenteException(
                    ErrorCode.NOT_FOUND, party + " has no pinned certificate " + certificateSha256 + ".");
        }
        Instant now = now();
        Map<String, Object> record = record(CARD_CHANGED, now, party, by);
        record.put("removedPin", certificateSha256);
        record.put("reason", reason);
        append(
                CARD_CHANGED,
                record,
                party,
                List.of(
                        PartnerTables.insertRemovedPin(party, certificateSha256, reason, by, now),
                        PartnerTables.count()));
    }

    private void append(String kind, Map<String, Object> record, String party, List<Write> writes) {
        try {
            journal.append(new Draft(kind, record, party, writes));
        } catch (DuplicateWriteException e) {
            if (kind.equals(HOLD_SET)) {
                throw e;
            }
            throw invalid("Somebody else has changed the same entry of " + party + " in the meantime.", e);
        } finally {
            directory.reload();
        }
    }

    private static Map<String, Object> record(String kind, Instant now, String party, String by) {
        Map<String, Object> record = new LinkedHashMap<>();
        record.put("kind", kind);
        record.put("time", now.toString());
        record.put("party", party);
        record.put("by", by);
        return record;
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    private static EntenteException invalid(String what) {
        return invalid(what, null);
    }

    private static EntenteException invalid(String what, @Nullable Throwable cause) {
        return new EntenteException(ErrorCode.CARD_INVALID, "The card is not accepted. " + what, cause);
    }
}
