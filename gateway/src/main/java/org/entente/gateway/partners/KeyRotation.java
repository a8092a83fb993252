package org.entente.gateway.partners;

import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.entente.crypto.keys.CertifiedKey;
import org.entente.crypto.keys.KeyRing;
import org.entente.crypto.keys.TokenKeys;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
import org.entente.gateway.base.NodeHome;
import org.entente.gateway.base.NodeListenerSettings;
import org.entente.gateway.base.NodeTokens;
import org.entente.gateway.base.OwnKeyRing;
import org.entente.gateway.base.Passphrase;
import org.jspecify.annotations.Nullable;

/**
 * Changes this node's keys without stopping it. A new key is announced on the next card, under a certificate that begins later;
 * until then the node goes on with the key before, and partners have time to take the card over. First the key ring is
 * written, then the card is issued: a key that stands on no card is never used.
 */
@Singleton
public final class KeyRotation {
    private final NodeHome home;
    private final Passphrase passphrase;
    private final NodeTokens tokens;
    private final NodeIdentity identity;
    private final OwnKeyRing ring;
    private final NodeListenerSettings listener;
    private final Clock clock;
    private final SecureRandom random;

    KeyRotation(
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
     * Announces a new signing key, which partners confirm by fingerprint.
     *
     * @param announce how long before it takes over
     * @param validity of key and card from then on
     * @return the card that announces it
     * @throws EntenteException {@code settings-invalid} if a rotation of this key is under way
     */
    public CardDocument signing(Duration announce, Duration validity, String by) {
        if (signingOnToken()) {
            return issue(announce.plus(validity), by);
        }
        Instant begins = begins(announce);
        change(ring -> ring.withNextSigning(identity.party(), begins, validity, random), "signing");
        return issue(announce.plus(validity), by);
    }

    /** The same for the TLS key, which partners take over by themselves. */
    public CardDocument tls(Duration announce, Duration validity, String by) {
        TokenKeys onTokens = tokens.keys();
        if (announcedOnToken("tls", onTokens.tls(), onTokens.nextTls())) {
            return issue(announce.plus(validity), by);
        }
        Instant begins = begins(announce);
        change(ring -> ring.withNextTls(identity.party(), hosts(listener.baseUri()), begins, validity, random), "TLS");
        return issue(announce.plus(validity), by);
    }

    /**
     * The same for the journal key, which partners confirm. The journal goes on under its name; from now until a day after the new key has
     * begun, both keys sign each checkpoint, so that partners verify it whether or not they have taken the card yet. Where the key before has
     * a post-quantum companion, the new one has one too.
     */
    public CardDocument journal(Duration announce, Duration validity, String by) {
        return journal(announce, validity, false, by);
    }

    /** The same, with a new journal key that has a post-quantum companion (ML-DSA-44) in any case. */
    public CardDocument journalWithCompanion(Duration announce, Duration validity, String by) {
        return journal(announce, validity, true, by);
    }

    private CardDocument journal(Duration announce, Duration validity, boolean companion, String by) {
        Instant begins = begins(announce);
        change(ring -> ring.withNextJournal(identity.party(), begins, validity, companion, random), "journal");
        return issue(announce.plus(validity), by);
    }

    /**
     * Announces a new signing key that has a post-quantum companion (ML-DSA-65). From the moment when it begins, every message must
     * carry both signatures.
     */
    public CardDocument withCompanion(Duration announce, Duration validity, String by) {
        boolean onToken = signingOnToken();
        Instant begins = begins(announce);
        Duration whole = announce.plus(validity);
        change(
                ring -> (onToken ? ring : ring.withNextSigning(identity.party(), begins, validity, random))
                        .withCompanion(identity.party(), clock.instant(), whole, random),
                "signing");
        return issue(whole, by);
    }

    private boolean signingOnToken() {
        TokenKeys onTokens = tokens.keys();
        return announcedOnToken("signing", onTokens.signing(), onTokens.nextSigning());
    }

    /** Whether the next key is one on a token, whose certificate says when it begins; a key on a token is not followed by one that this node makes. */
    private boolean announcedOnToken(String name, @Nullable CertifiedKey now, @Nullable CertifiedKey next) {
        if (next != null) {
            Instant begins = next.certificate().getNotBefore().toInstant();
            if (!begins.isAfter(clock.instant())) {
                throw new EntenteException(
                        ErrorCode.SETTINGS_INVALID,
                        "The certificate of entente.keys.next-" + name + " has begun on " + begins
                                + "; a new key is announced by a certificate that begins later.");
            }
            return true;
        }
        if (now != null) {
            throw new EntenteException(
                    ErrorCode.SETTINGS_INVALID,
                    "The " + name + " key lives on a token: make the next one there, with a certificate that begins"
                            + " later, and name it as entente.keys.next-" + name + ".");
        }
        return false;
    }

    private Instant begins(Duration announce) {
        // certificates count whole seconds
        return clock.instant().plus(announce).truncatedTo(ChronoUnit.SECONDS);
    }

    private void change(UnaryOperator<KeyRing> step, String what) {
        char[] word = passphrase.read();
        try {
            KeyRing before = KeyRing.load(home.keyRing(), word, tokens.keys()).settled(clock.instant());
            step.apply(before).store(home.keyRing(), word);
        } catch (IllegalStateException e) {
            throw new EntenteException(
                    ErrorCode.SETTINGS_INVALID, "The " + what + " key is not changed: " + e.getMessage() + ".", e);
        } catch (IOException e) {
            throw new UncheckedIOException("The key ring " + home.keyRing() + " cannot be changed", e);
        } finally {
            Arrays.fill(word, '\0');
        }
    }

    private CardDocument issue(Duration validity, String by) {
        Card before = identity.card();
        CardText text = new CardText(before.name(), before.onBehalfOf(), before.authorities());
        return identity.issueWith(ring.reopen(), text, validity, by);
    }

    /** The names under which partners and the node itself reach the node port. */
    public static List<String> hosts(URI base) {
        Set<String> names = new LinkedHashSet<>();
        @Nullable String host = base.getHost();
        if (host != null) {
            names.add(host.startsWith("[") ? host.substring(1, host.length() - 1) : host);
        }
        names.add("localhost");
        names.add("127.0.0.1");
        return List.copyOf(names);
    }
}
