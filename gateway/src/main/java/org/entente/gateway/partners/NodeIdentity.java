package org.entente.gateway.partners;

import jakarta.inject.Provider;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.entente.crypto.journal.Ed25519NoteSigner;
import org.entente.crypto.journal.ListedKey;
import org.entente.crypto.journal.SubtreeSigner;
import org.entente.crypto.keys.CertifiedKey;
import org.entente.crypto.keys.JournalSigning;
import org.entente.crypto.keys.KeyRing;
import org.entente.crypto.keys.SignatureAlgorithm;
import org.entente.crypto.message.MessageSigner;
import org.entente.crypto.message.SignatureSlot;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.EntenteSettings;
import org.entente.gateway.base.ErrorCode;
import org.entente.gateway.base.NodeListenerSettings;
import org.entente.gateway.journal.Draft;
import org.entente.gateway.journal.Journal;
import org.entente.gateway.journal.JournalIdentity;
import org.jspecify.annotations.Nullable;

/** Who this node is to others: its party, its keys and its own cards. */
@Singleton
public final class NodeIdentity implements Identity {
    private static final String CARD_CHANGED = "card-changed";
    /** Journal kind of a card that replaces lost or stolen keys, on both sides. */
    static final String KEY_REPLACEMENT = "key-replacement";

    private final EntenteSettings settings;
    private final NodeListenerSettings listener;
    private final Provider<KeyRing> keys;
    private final Provider<Journal> journal;
    private final JournalIdentity journalIdentity;
    private final PartnerDirectory directory;
    private final Clock clock;
    private volatile @Nullable CardDocument checked;

    NodeIdentity(
            EntenteSettings settings,
            NodeListenerSettings listener,
            Provider<KeyRing> keys,
            Provider<Journal> journal,
            JournalIdentity journalIdentity,
            PartnerDirectory directory,
            Clock clock) {
        this.settings = settings;
        this.listener = listener;
        this.keys = keys;
        this.journal = journal;
        this.journalIdentity = journalIdentity;
        this.directory = directory;
        this.clock = clock;
    }

    @Override
    public String party() {
        return settings.party();
    }

    /**
     * While a new signing or journal key is announced and has not begun, the card under which it signs is an earlier one than its current
     * card, since partners confirm the new one in that time.
     */
    @Override
    public String cardDigest() {
        return acting().document().digest();
    }

    /** A card and the key that signs under it. */
    private record Acting(CardDocument document, CertifiedKey key) {}

    /** The newest card whose signing key this node has and may use now, and whose journal key has begun. */
    private Acting acting() {
        List<CardDocument> cards = chain();
        Instant now = clock.instant();
        KeyRing ring = keys.get();
        for (CardDocument document : cards.reversed()) {
            CertifiedKey key = keyOf(document, ring);
            if (key != null
                    && !now.isBefore(key.certificate().getNotBefore().toInstant())
                    && journalHasBegun(document, ring, now)) {
                return new Acting(document, key);
            }
        }
        throw noKey(cards.getLast());
    }

    static ListedKey journalKey(String origin, JournalSigning keys) {
        CertifiedKey companion = keys.companion();
        return new ListedKey(
                Ed25519NoteSigner.of(origin, keys.key().key()).verifierKey(),
                companion == null
                        ? null
                        : SubtreeSigner.ofJournal(origin, companion.key()).verifierKey());
    }

    private static @Nullable PublicKey sealingKey(KeyRing ring) {
        return ring.sealing().map(key -> key.certificate().getPublicKey()).orElse(null);
    }

    private static boolean journalHasBegun(CardDocument document, KeyRing ring, Instant now) {
        JournalSigning next = ring.nextJournal();
        ListedKey listed = document.card().journal();
        return next == null
                || !now.isBefore(next.key().certificate().getNotBefore().toInstant())
                || !journalKey(listed.key().name(), next).equals(listed);
    }

    private static @Nullable CertifiedKey keyOf(CardDocument document, KeyRing ring) {
        X509Certificate listed = document.card().signing().getFirst().certificate();
        CertifiedKey next = ring.nextSigning();
        if (listed.equals(ring.signing().certificate())) {
            return ring.signing();
        }
        return next != null && listed.equals(next.certificate()) ? next : null;
    }

    /** Whether it has issued a card. */
    public boolean issued() {
        return !directory.fresh().own().isEmpty();
    }

    /**
     * All its cards, root card first.
     *
     * @throws EntenteException {@code node-not-initialised} if it has none yet; {@code settings-invalid} if the key ring does
     *     not hold the key of its current card
     */
    @Override
    public List<CardDocument> chain() {
        List<CardDocument> own = directory.fresh().own();
        if (own.isEmpty()) {
            throw new EntenteException(
                    ErrorCode.NODE_NOT_INITIALISED, "The node " + party() + " has not issued its card yet.");
        }
        if (checked != own.getLast()) {
            requireOwnKey(own.getLast());
            checked = own.getLast();
        }
        return own;
    }

    private void requireOwnKey(CardDocument current) {
        if (keyOf(current, keys.get()) == null) {
            throw noKey(current);
        }
    }

    private static EntenteException noKey(CardDocument current) {
        return new EntenteException(
                ErrorCode.SETTINGS_INVALID,
                "The signing key of the key ring is not the one on this node's card " + current.fingerprint() + ".");
    }

    @Override
    public List<MessageSigner> signers() {
        Acting acting = acting();
        String digest = acting.document().digest();
        List<MessageSigner> signers = new ArrayList<>();
        signers.add(MessageSigner.primary(
                digest + "/" + Card.SIGNING_KEY, acting.key().key()));
        for (Card.Signing listed : acting.document().card().signing()) {
            if (listed.algorithm() == SignatureAlgorithm.ML_DSA_65) {
                CertifiedKey companion = keys.get().companion();
                if (companion == null || !companion.certificate().equals(listed.certificate())) {
                    throw new EntenteException(
                            ErrorCode.SETTINGS_INVALID,
                            "The key ring lacks the post-quantum key that this node's card lists.");
                }
                signers.add(
                        new MessageSigner(SignatureSlot.POST_QUANTUM, digest + "/" + listed.name(), companion.key()));
            }
        }
        return signers;
    }

    @Override
    public CertifiedKey signing() {
        return acting().key();
    }

    /** From the settings: the address may be needed before there is a card, and moves before the card does. */
    @Override
    public String baseUri() {
        return listener.baseUri().toString();
    }

    /**
     * Makes, signs and journals its next card, from the key ring and the settings as they are now.
     *
     * @param validity how long partners may accept it
     * @param signingKeyBefore the signing key of the card before, if the key ring holds another by now; else null
     * @param keepTls whether the TLS certificates of the card before stay listed, for a change without interruption
     * @param by the staff user
     */
    public CardDocument issue(
            CardText text, Duration validity, @Nullable CertifiedKey signingKeyBefore, boolean keepTls, String by) {
        return issue(keys.get(), text, validity, signingKeyBefore, keepTls, by);
    }

    /** Its next card from a key ring that was changed just now; TLS certificates of the card before stay listed. */
    CardDocument issueWith(KeyRing ring, CardText text, Duration validity, String by) {
        return issue(ring, text, validity, null, true, by);
    }

    private synchronized CardDocument issue(
            KeyRing ring,
            CardText text,
            Duration validity,
            @Nullable CertifiedKey signingKeyBefore,
            boolean keepTls,
            String by) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        List<CardDocument> before = directory.reload().own();
        CardDocument document = next(
                ring,
                text,
                journalKey(journalIdentity.origin(), ring.journalToCome()),
                before,
                validity,
                signingKeyBefore,
                keepTls,
                now);
        append(CARD_CHANGED, document, by, now);
        return document;
    }

    /**
     * The next card, on which the journal has another name and key; not kept yet.
     *
     * @param before all its cards so far, also those that its database has lost
     */
    CardDocument nextUnder(KeyRing ring, ListedKey journal, List<CardDocument> before, Duration validity, Instant now) {
        CardText text = CardText.of(before.getLast().card());
        return next(ring, text, journal, before, validity, null, true, now);
    }

    private CardDocument next(
            KeyRing ring,
            CardText text,
            ListedKey journal,
            List<CardDocument> before,
            Duration validity,
            @Nullable CertifiedKey signingKeyBefore,
            boolean keepTls,
            Instant now) {
        CardDocument previous = before.isEmpty() ? null : before.getLast();
        CertifiedKey next = ring.nextSigning();
        List<CertifiedKey> alsoSigning = new ArrayList<>();
        if (next != null) {
            alsoSigning.add(ring.signing());
        }
        if (signingKeyBefore != null) {
            alsoSigning.add(signingKeyBefore);
        }
        return CardMaking.next(
                new CardMaking.Plan(
                        party(),
                        text,
                        listener.baseUri(),
                        next == null ? ring.signing() : next,
                        ring.companion(),
                        tlsCertificates(ring, previous, keepTls, now),
                        journal,
                        sealingKey(ring),
                        validity,
                        null),
                before,
                alsoSigning,
                now);
    }

    /**
     * The card that would replace the current one, signed by the new key only; an officer on the current card has yet to sign it.
     *
     * @param ring the new keys
     */
    CardDocument replacement(KeyRing ring, Card.Replacement replaces, Duration validity) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        List<CardDocument> before = directory.reload().own();
        Card current = before.getLast().card();
        return CardMaking.signed(
                new CardMaking.Plan(
                        party(),
                        CardText.of(current),
                        listener.baseUri(),
                        ring.signing(),
                        ring.companion(),
                        List.of(ring.tls().certificate()),
                        journalKey(journalIdentity.origin(), ring.journalToCome()),
                        sealingKey(ring),
                        validity,
                        replaces),
                before,
                List.of(),
                now);
    }

    /** All its cards, whether the key ring has their keys or not. */
    List<CardDocument> cards() {
        return directory.reload().own();
    }

    /** Takes over a card that was made by {@link #replacement} and signed by an officer. */
    void replace(CardDocument document, String by) {
        append(KEY_REPLACEMENT, document, by, clock.instant().truncatedTo(ChronoUnit.SECONDS));
    }

    /** Makes its first card. */
    public CardDocument issueFirst(CardText text, Duration validity, String by) {
        if (!directory.reload().own().isEmpty()) {
            throw new EntenteException(ErrorCode.NODE_ALREADY_INITIALISED, "The node has issued its card already.");
        }
        return issue(text, validity, null, false, by);
    }

    private static List<X509Certificate> tlsCertificates(
            KeyRing ring, @Nullable CardDocument previous, boolean keepTls, Instant now) {
        List<X509Certificate> certificates = new ArrayList<>(List.of(ring.tls().certificate()));
        CertifiedKey next = ring.nextTls();
        if (next != null) {
            certificates.add(next.certificate());
        }
        if (previous != null && keepTls) {
            previous.card().tls().stream()
                    .filter(old -> !certificates.contains(old))
                    .filter(old -> old.getNotAfter().toInstant().isAfter(now))
                    .forEach(certificates::add);
        }
        return certificates;
    }

    private void append(String kind, CardDocument document, String by, Instant now) {
        Map<String, Object> record = new LinkedHashMap<>();
        record.put("kind", kind);
        record.put("time", now.toString());
        record.put("party", party());
        record.put("by", by);
        record.put("cards", List.of(document.digest()));
        record.put("sequence", document.card().sequence());
        Card.Replacement replaces = document.card().replaces();
        if (replaces != null) {
            record.put("reason", replaces.reason().name());
            record.put("since", replaces.since().toString());
            record.put("document", new String(document.toJson(), StandardCharsets.UTF_8));
        }
        journal.get()
                .append(new Draft(
                        kind,
                        record,
                        party(),
                        List.of(PartnerTables.insert(document, by, now), PartnerTables.count())));
        directory.reload();
    }
}
