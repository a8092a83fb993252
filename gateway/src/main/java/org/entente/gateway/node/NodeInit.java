package org.entente.gateway.node;

import jakarta.inject.Provider;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.entente.crypto.VerificationException;
import org.entente.crypto.keys.Certificates;
import org.entente.crypto.keys.CertifiedKey;
import org.entente.crypto.keys.KeyRing;
import org.entente.crypto.keys.TokenKeys;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.EntenteSettings;
import org.entente.gateway.base.ErrorCode;
import org.entente.gateway.base.NodeHome;
import org.entente.gateway.base.NodeListenerSettings;
import org.entente.gateway.base.NodeSecret;
import org.entente.gateway.base.NodeTokens;
import org.entente.gateway.base.Passphrase;
import org.entente.gateway.journal.Draft;
import org.entente.gateway.journal.Journal;
import org.entente.gateway.journal.JournalUnavailableException;
import org.entente.gateway.partners.CardDocument;
import org.entente.gateway.partners.CardText;
import org.entente.gateway.partners.KeyRotation;
import org.entente.gateway.partners.NodeIdentity;

/** Makes a node's identity, once: home directory, secret and key ring. The key ring comes last, so that it marks completion. */
@Singleton
public final class NodeInit {

    private final EntenteSettings settings;
    private final NodeListenerSettings listener;
    private final NodeHome home;
    private final Passphrase passphrase;
    private final NodeTokens tokens;
    private final Provider<Journal> journal;
    private final Provider<NodeIdentity> identity;
    private final Clock clock;
    private final SecureRandom random;

    NodeInit(
            EntenteSettings settings,
            NodeListenerSettings listener,
            NodeHome home,
            Passphrase passphrase,
            NodeTokens tokens,
            Provider<Journal> journal,
            Provider<NodeIdentity> identity,
            Clock clock,
            SecureRandom random) {
        this.settings = settings;
        this.listener = listener;
        this.home = home;
        this.passphrase = passphrase;
        this.tokens = tokens;
        this.journal = journal;
        this.identity = identity;
        this.clock = clock;
        this.random = random;
    }

    /**
     * Makes everything that a node is: secret and keys, the journal with the first entry, the first card. What an earlier,
     * broken-off try has made already is kept and the rest is made.
     *
     * @param text what stands on the card besides keys and addresses
     * @param validity how long the self-signed certificates and the card are valid
     * @param by who does it, for the journal
     * @throws org.entente.gateway.base.EntenteException {@code node-already-initialised} if nothing is left to make
     */
    public CardDocument initialise(CardText text, Duration validity, String by) {
        return initialise(text, validity, false, by);
    }

    /** The same, with post-quantum companions of signing key and journal key on the first card. */
    public CardDocument initialiseWithCompanions(CardText text, Duration validity, String by) {
        return initialise(text, validity, true, by);
    }

    private CardDocument initialise(CardText text, Duration validity, boolean companions, String by) {
        if (!home.initialised()) {
            makeKeys(validity, companions);
        }
        if (!hasJournal()) {
            beginJournal(by);
        }
        return identity.get().issueFirst(text, validity, by);
    }

    private boolean hasJournal() {
        try {
            journal.get().latestCheckpoint();
            return true;
        } catch (JournalUnavailableException e) {
            return false;
        }
    }

    private void beginJournal(String by) {
        journal.get().create();
        Map<String, Object> record = new LinkedHashMap<>();
        record.put("kind", "init");
        record.put("time", clock.instant().toString());
        record.put("party", settings.party());
        record.put("by", by);
        journal.get().append(new Draft("init", record, settings.party(), List.of()));
    }

    /** Keys on tokens that the first card can be signed with now. */
    private TokenKeys tokenKeys() {
        TokenKeys keys = tokens.keys();
        if (keys.nextSigning() != null || keys.nextTls() != null) {
            throw new EntenteException(
                    ErrorCode.SETTINGS_INVALID,
                    "entente.keys.next-signing and next-tls are for keys that follow later; a new node has none.");
        }
        for (CertifiedKey key :
                Stream.of(keys.signing(), keys.tls()).filter(Objects::nonNull).toList()) {
            try {
                Certificates.checkValid(key.certificate(), clock.instant());
            } catch (VerificationException e) {
                throw new EntenteException(ErrorCode.SETTINGS_INVALID, "On the token, " + e.sentence() + ".", e);
            }
        }
        return keys;
    }

    private void makeKeys(Duration validity, boolean companions) {
        TokenKeys onTokens = tokenKeys();
        home.create();
        byte[] secret = new byte[NodeSecret.LENGTH];
        random.nextBytes(secret);
        home.writeSecret(NodeSecret.FILE, secret);
        char[] word = passphrase.read();
        try {
            KeyRing fresh = KeyRing.generate(
                    settings.party(), KeyRotation.hosts(listener.baseUri()), clock.instant(), validity, random);
            (companions ? fresh.withCompanions(settings.party(), clock.instant(), validity, random) : fresh)
                    .with(onTokens)
                    .store(home.keyRing(), word);
        } catch (IOException e) {
            throw new UncheckedIOException("The key ring " + home.keyRing() + " cannot be written", e);
        } finally {
            Arrays.fill(word, '\0');
        }
    }
}
