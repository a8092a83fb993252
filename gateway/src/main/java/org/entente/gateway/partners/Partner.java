package org.entente.gateway.partners;

import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.entente.crypto.Base64Url;
import org.entente.crypto.VerificationException;
import org.entente.crypto.journal.Checkpoint;
import org.entente.crypto.journal.JournalKeys;
import org.entente.crypto.journal.WitnessKeys;
import org.entente.crypto.keys.Certificates;
import org.entente.crypto.message.KeyResolver;
import org.jspecify.annotations.Nullable;

/** A party whose cards this node has imported: the chain from its root card to its current card. Immutable. */
public final class Partner {
    private final List<CardDocument> chain;
    private final Set<String> removedPins;
    private final @Nullable Hold hold;
    private final Map<String, X509Certificate> pins = new HashMap<>();
    private final CardKeys keys;
    private final JournalKeys journalKeys;
    private final WitnessKeys witnessKeys;
    private final Consumer<Checkpoint.Opened> seen;

    /** @param seen told of every checkpoint of its journal whose signature was verified */
    Partner(List<CardDocument> chain, Set<String> removedPins, @Nullable Hold hold, Consumer<Checkpoint.Opened> seen) {
        this.chain = List.copyOf(chain);
        this.removedPins = Set.copyOf(removedPins);
        this.hold = hold;
        for (X509Certificate certificate : card().tls()) {
            String digest = digest(certificate);
            if (!this.removedPins.contains(digest)) {
                pins.put(digest, certificate);
            }
        }
        this.keys = new CardKeys(this.chain);
        this.journalKeys = journalKeys(this.chain);
        this.witnessKeys = witnessKeys(this.chain);
        this.seen = seen;
    }

    /** A party whose cards were checked by {@link CardAdmission}, with nothing taken from what its card lists. */
    public static Partner of(List<CardDocument> chain) {
        // A desk in a folder witnesses nobody.
        return new Partner(chain, Set.of(), null, opened -> {});
    }

    private static JournalKeys journalKeys(List<CardDocument> chain) {
        try {
            return JournalKeys.of(
                    chain.stream().map(own -> own.card().journal()).toList());
        } catch (VerificationException e) {
            throw new IllegalStateException("a card with an unusable journal key was accepted", e);
        }
    }

    private static WitnessKeys witnessKeys(List<CardDocument> chain) {
        try {
            return WitnessKeys.of(
                    chain.stream().map(own -> own.card().witness()).toList());
        } catch (VerificationException e) {
            throw new IllegalStateException("a card with an unusable journal key was accepted", e);
        }
    }

    /** Base64url SHA-256 of a certificate, as pins are named. */
    static String digest(X509Certificate certificate) {
        return Base64Url.encode(Certificates.sha256(certificate));
    }

    /** Its id. */
    public String party() {
        return card().party();
    }

    /** Its current card. */
    public Card card() {
        return current().card();
    }

    /** Its current card as signed. */
    public CardDocument current() {
        return chain.getLast();
    }

    /** Digest of its current card. */
    public String cardDigest() {
        return current().digest();
    }

    /** Digest of the card at which trust in it starts. */
    public String rootDigest() {
        return chain.getFirst().digest();
    }

    /** All its cards, root card first: the history of its keys. */
    public List<CardDocument> chain() {
        return chain;
    }

    /** Its card with this digest, current or earlier. */
    public Optional<CardDocument> card(String digest) {
        return chain.stream().filter(card -> card.digest().equals(digest)).findFirst();
    }

    /** The keys that verify checkpoints of its journal: that of its current card, and those that the same journal had before. */
    public JournalKeys journalKeys() {
        return journalKeys;
    }

    /** The keys that verify what it has cosigned as a witness, by its cards. */
    public WitnessKeys witnessKeys() {
        return witnessKeys;
    }

    /** Remembers a verified checkpoint of its journal, to be held against the journal's tiles. */
    public void saw(Checkpoint.Opened checkpoint) {
        seen.accept(checkpoint);
    }

    /** Why exchanges with it are stopped, if they are. */
    public Optional<Hold> hold() {
        return Optional.ofNullable(hold);
    }

    /** The TLS certificates that it may present now, by base64url SHA-256: those of its current card without removed pins. */
    public Map<String, X509Certificate> pins() {
        return Map.copyOf(pins);
    }

    /** Whether it may present this TLS certificate. */
    public boolean isPinned(X509Certificate certificate) {
        return pins.containsKey(digest(certificate));
    }

    /** How long a signing key counts on after the certificate of the next one has begun: messages may be under way. */
    public static final Duration OVERLAP = Duration.ofDays(1);

    /**
     * The keys that count at a moment, for requests and for answers that are made then: those of its current card, also under earlier cards
     * that list exactly the same (it signs under such a one while a new journal key is announced), and, until a day after the signing key of
     * that card has begun, those of the last card with the key before. Keys that were lost or stolen do not count from the moment when the
     * card that replaces them is here.
     */
    KeyResolver keysAt(Instant now) {
        X509Certificate newest = card().signing().getFirst().certificate();
        List<CardDocument> counting = new ArrayList<>();
        chain.reversed().stream()
                .filter(other -> other.card().signing().equals(card().signing()))
                .forEach(counting::add);
        if (now.isBefore(newest.getNotBefore().toInstant().plus(OVERLAP))) {
            unreplaced().reversed().stream()
                    .filter(earlier ->
                            !earlier.card().signing().getFirst().certificate().equals(newest))
                    .findFirst()
                    .ifPresent(counting::add);
        }
        return resolver(counting);
    }

    /** The keys of all its cards, for messages that were taken long ago. */
    public KeyResolver allKeys() {
        return resolver(chain);
    }

    /** The keys of all its cards since keys were lost or stolen last, for answers that come now and that it may have signed days ago. */
    public KeyResolver answerKeys() {
        return resolver(unreplaced());
    }

    private List<CardDocument> unreplaced() {
        for (int i = chain.size() - 1; i > 0; i--) {
            if (chain.get(i).card().replaces() != null) {
                return chain.subList(i, chain.size());
            }
        }
        return chain;
    }

    private KeyResolver resolver(List<CardDocument> cards) {
        return keys.of(cards);
    }

    Set<String> removedPins() {
        return removedPins;
    }

    @Override
    public String toString() {
        return party() + " (card " + card().sequence() + ", " + cardDigest() + ")";
    }
}
