package org.entente.gateway.partners;

import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.entente.gateway.access.Roles;
import org.entente.gateway.access.StaffUser;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.EntenteSettings;
import org.entente.gateway.base.ErrorCode;
import org.entente.gateway.base.TlsAdmission;
import org.entente.gateway.journal.ConflictingWriteException;
import org.entente.gateway.journal.Draft;
import org.entente.gateway.journal.DuplicateWriteException;
import org.entente.gateway.journal.Journal;
import org.entente.gateway.journal.Write;

/** The partners of this node: who they are, whether exchanges with them are stopped, and the acts that change this. */
@Singleton
public final class Partners implements TlsAdmission, PartnerLookup {
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

    @Override
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
        List<CardDocument> cards = CardAdmission.read(json);
        CardAdmission.requireConfirmed(cards.getLast(), confirmedFingerprint);
        requireSameJournal(cards);
        return accept(cards, by, true);
    }

    /**
     * Accepts a card with which a partner's journal goes on under another name, because it cannot be continued (docs/decisions/0071). What was
     * seen under the name before stays; the journal under the new name is followed from its first entry.
     *
     * @param json as for {@link #importCard}
     * @param confirmedFingerprint what was heard from the partner over another channel, for the last card
     * @param by an administrator or a treaty officer
     * @throws EntenteException {@code forbidden}; {@code card-invalid}, also if the journal keeps its name
     */
    public Partner confirmJournal(byte[] json, String confirmedFingerprint, StaffUser by) {
        if (!by.hasRole(Roles.ADMINISTRATOR) && !by.hasRole(Roles.TREATY_OFFICER)) {
            throw new EntenteException(
                    ErrorCode.FORBIDDEN,
                    "Only an administrator or a treaty officer confirms that a partner's journal begins anew.");
        }
        List<CardDocument> cards = CardAdmission.read(json);
        CardAdmission.requireConfirmed(cards.getLast(), confirmedFingerprint);
        if (newJournal(cards).isEmpty()) {
            throw CardAdmission.invalid("The journal on it has the name that is known here. Use `card import`.");
        }
        return accept(cards, by.id().toString(), true);
    }

    private void requireSameJournal(List<CardDocument> cards) {
        newJournal(cards).ifPresent(other -> {
            throw CardAdmission.invalid("With it the journal of " + other.card().party() + " begins anew, as "
                    + other.card().journalOrigin()
                    + ", because it cannot be continued. Ask what was lost and why; then an administrator or treaty officer"
                    + " accepts it with `card confirm-journal`.");
        });
    }

    /** The first of the cards that gives the journal of a known partner another name. */
    private Optional<CardDocument> newJournal(List<CardDocument> cards) {
        Optional<Partner> known = find(cards.getLast().card().party());
        if (known.isEmpty()) {
            return Optional.empty();
        }
        CardDocument held = known.get().current();
        return CardAdmission.withoutKnown(cards, held).stream()
                .filter(card -> !card.card().journalOrigin().equals(held.card().journalOrigin()))
                .findFirst();
    }

    /**
     * Accepts the next card of a known partner without a person, where it changes only TLS certificates, endpoint, validity
     * or wording.
     *
     * @throws EntenteException {@code card-invalid} if it changes anything that a person must confirm
     */
    public Partner renew(byte[] json) {
        List<CardDocument> cards = CardAdmission.read(json);
        CardDocument before = known(cards.getLast().card().party()).current();
        for (CardDocument card : CardAdmission.withoutKnown(cards, before)) {
            if (!card.isRenewalOf(before)) {
                throw CardAdmission.invalid(
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
        List<CardDocument> more = CardAdmission.withoutKnown(cards, before);
        CardAdmission.checkChain(more, before);
        CardAdmission.checkCard(last, settings.party(), settings.clockSkew(), now);
        requireOwnTls(last.card());
        boolean replaced =
                before != null && more.stream().anyMatch(card -> card.card().replaces() != null);
        if (replaced) {
            Card own = directory.fresh().own().getLast().card();
            more.forEach(card -> CardAdmission.requireCountersigned(card, own));
        }
        if (more.isEmpty()) {
            return known.orElseThrow();
        }
        List<Write> writes = new ArrayList<>();
        more.forEach(card -> writes.add(PartnerTables.insert(card, by, now)));
        writes.add(PartnerTables.count());
        String kind = replaced ? NodeIdentity.KEY_REPLACEMENT : before == null ? CARD_IMPORTED : CARD_CHANGED;
        Map<String, Object> record = record(kind, now, party, by);
        record.put("cards", more.stream().map(CardDocument::digest).toList());
        record.put("sequence", last.card().sequence());
        record.put("confirmed", confirmed);
        if (before != null && !before.card().journalOrigin().equals(last.card().journalOrigin())) {
            record.put(
                    "journal",
                    Map.of(
                            "before",
                            before.card().journalOrigin(),
                            "now",
                            last.card().journalOrigin()));
        }
        if (replaced) {
            record.put("documents", more.stream().map(Partners::text).toList());
        }
        append(kind, record, party, writes);
        return known(party);
    }

    private static String text(CardDocument card) {
        return new String(card.toJson(), StandardCharsets.UTF_8);
    }

    private void requireOwnTls(Card card) {
        for (X509Certificate certificate : card.tls()) {
            byTlsCertificate(certificate)
                    .filter(other -> !other.party().equals(card.party()))
                    .ifPresent(other -> {
                        throw CardAdmission.invalid(
                                "Its TLS certificate stands on a card of " + other.party() + " already.");
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
            throw CardAdmission.invalid(
                    "Somebody else has changed the same entry of " + party + " in the meantime.", e);
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
}
