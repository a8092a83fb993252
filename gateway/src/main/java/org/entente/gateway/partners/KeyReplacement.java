package org.entente.gateway.partners;

import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.entente.crypto.DurableFile;
import org.entente.crypto.VerificationException;
import org.entente.crypto.keys.KeyRing;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
import org.entente.gateway.base.NodeHome;
import org.entente.gateway.base.NodeListenerSettings;
import org.entente.gateway.base.NodeTokens;
import org.entente.gateway.base.OwnKeyRing;
import org.entente.gateway.base.Passphrase;

/**
 * The act that puts new keys in the place of lost or stolen ones. New keys are made beside those in use; the card that lists them is signed by the
 * new key and, on an officer's machine, by an officer on the card before; then both take the place of what was. Partners confirm the card by
 * its fingerprint and an officer of theirs countersigns it.
 */
@Singleton
public final class KeyReplacement {
    /** The ring to come, in the node's home. */
    static final String PENDING = "keyring-replacement.p12";

    private final NodeHome home;
    private final Passphrase passphrase;
    private final NodeTokens tokens;
    private final NodeIdentity identity;
    private final OwnKeyRing ring;
    private final NodeListenerSettings listener;
    private final Clock clock;
    private final SecureRandom random;

    KeyReplacement(
            NodeHome home,
            Passphrase passphrase,
            NodeTokens tokens,
            NodeIdentity identity,
            OwnKeyRing ring,
            NodeListenerSettings listener,
            Clock clock,
            SecureRandom random) {
        this.home = home;
        this.passphrase = passphrase;
        this.tokens = tokens;
        this.identity = identity;
        this.ring = ring;
        this.listener = listener;
        this.clock = clock;
        this.random = random;
    }

    /**
     * Makes the new keys and the card that lists them. Nothing changes yet, and what an earlier call has made is given up.
     *
     * @param validity of keys and card
     * @return the cards from the root on, and last the new one, which an officer has yet to sign
     */
    public List<CardDocument> prepare(Card.Replacement replaces, Duration validity) {
        char[] word = passphrase.read();
        try {
            KeyRing fresh = KeyRing.generate(
                    identity.party(), KeyRotation.hosts(listener.baseUri()), clock.instant(), validity, random);
            KeyRing next = KeyRing.load(home.keyRing(), word, tokens.keys())
                    .replacedBy(fresh, identity.party(), clock.instant(), validity, random)
                    .with(tokens.keys());
            next.store(home.file(PENDING), word);
            List<CardDocument> cards = new ArrayList<>(identity.cards());
            cards.add(identity.replacement(next, replaces, validity));
            return cards;
        } catch (IOException e) {
            throw new UncheckedIOException("The new keys cannot be written", e);
        } catch (IllegalArgumentException e) {
            throw CardAdmission.invalid(e.getMessage() + ".", e);
        } finally {
            Arrays.fill(word, '\0');
        }
    }

    /**
     * Puts the new keys in place.
     *
     * @param json what {@link #prepare} gave, the last card signed by an officer on the card before
     * @throws EntenteException {@code card-invalid} if it does not follow, or lists other keys than were made
     */
    public CardDocument complete(byte[] json, String by) {
        CardDocument card = CardAdmission.read(json).getLast();
        CardDocument last = identity.cards().getLast();
        // A process that ended between the two steps has journaled the card already.
        boolean taken = last.digest().equals(card.digest());
        try {
            if (!taken) {
                card.checkFollows(last);
            }
        } catch (VerificationException e) {
            throw CardAdmission.invalid(e.sentence() + ".", e);
        }
        Path pending = home.file(PENDING);
        char[] word = passphrase.read();
        try {
            KeyRing next = KeyRing.load(Files.exists(pending) ? pending : home.keyRing(), word, tokens.keys());
            boolean made = next.signing()
                    .certificate()
                    .equals(card.card().signing().getFirst().certificate());
            if (card.card().replaces() == null || !made) {
                throw CardAdmission.invalid(
                        "It does not list the keys that were made here to replace the ones before.");
            }
            if (!taken) {
                // Under the journal key before: the new one counts once it stands on a card.
                identity.replace(card, by);
            }
            if (Files.exists(pending)) {
                DurableFile.replace(pending, home.keyRing());
            }
        } catch (IOException e) {
            throw new EntenteException(
                    ErrorCode.SETTINGS_INVALID, "The new keys cannot be put in place: " + e.getMessage() + ".", e);
        } finally {
            Arrays.fill(word, '\0');
        }
        ring.reopen();
        return card;
    }
}
