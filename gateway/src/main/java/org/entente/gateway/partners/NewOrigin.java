package org.entente.gateway.partners;

import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.entente.crypto.DurableFile;
import org.entente.crypto.journal.Ed25519NoteSigner;
import org.entente.crypto.journal.NoteSigner;
import org.entente.crypto.journal.SubtreeSigner;
import org.entente.crypto.keys.CertifiedKey;
import org.entente.crypto.keys.KeyRing;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
import org.entente.gateway.base.NodeHome;
import org.entente.gateway.base.NodeTokens;
import org.entente.gateway.base.OwnKeyRing;
import org.entente.gateway.base.Passphrase;
import org.entente.gateway.journal.Draft;
import org.entente.gateway.journal.Journal;
import org.entente.gateway.journal.Write;

/**
 * Gives a journal that cannot be continued another name and key, and issues the card that says so (docs/decisions/0071). The key is made beside
 * those in use; name, card and first entry are one transaction; then the key takes the place of the one before. Whether the journal can be
 * continued is for the caller to find out.
 */
@Singleton
public final class NewOrigin {
    /** Kind of the first entry under the new name. */
    public static final String BEGAN_ANEW = "journal-began-anew";

    /** The ring to come, in the node's home. */
    static final String PENDING = "keyring-new-origin.p12";

    private final NodeHome home;
    private final Passphrase passphrase;
    private final NodeTokens tokens;
    private final NodeIdentity identity;
    private final NodeJournalIdentity journalIdentity;
    private final OwnKeyRing ring;
    private final Journal journal;
    private final Clock clock;
    private final SecureRandom random;

    NewOrigin(
            NodeHome home,
            Passphrase passphrase,
            NodeTokens tokens,
            NodeIdentity identity,
            NodeJournalIdentity journalIdentity,
            OwnKeyRing ring,
            Journal journal,
            Clock clock,
            SecureRandom random) {
        this.home = home;
        this.passphrase = passphrase;
        this.tokens = tokens;
        this.identity = identity;
        this.journalIdentity = journalIdentity;
        this.ring = ring;
        this.journal = journal;
        this.clock = clock;
        this.random = random;
    }

    /**
     * Begins anew.
     *
     * @param lost own cards that partners hold and the database has lost, in their order
     * @param details what else the first entry says
     * @param validity of the new key and the card
     * @return the card, which partners' people must confirm
     * @throws org.entente.gateway.journal.JournalUnavailableException if the database holds no journal, or one that contradicts itself
     */
    public CardDocument begin(List<CardDocument> lost, Map<String, ?> details, Duration validity, String by) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        String origin = journalIdentity.originFrom(now);
        char[] word = passphrase.read();
        try {
            KeyRing next = KeyRing.load(home.keyRing(), word, tokens.keys())
                    .settled(now)
                    .withJournal(identity.party(), now, validity, random);
            next.store(home.file(PENDING), word);
            Ed25519NoteSigner signer = Ed25519NoteSigner.of(origin, next.journal());
            List<CardDocument> cards = new ArrayList<>(identity.cards());
            cards.addAll(lost);
            List<NoteSigner> signers = new ArrayList<>(List.of(signer));
            CertifiedKey companion = next.journalSigning().companion();
            if (companion != null) {
                signers.add(SubtreeSigner.ofJournal(origin, companion.key()));
            }
            CardDocument card = identity.nextUnder(
                    next, NodeIdentity.journalKey(origin, next.journalSigning()), cards, validity, now);
            List<Write> writes = new ArrayList<>();
            lost.forEach(other -> writes.add(PartnerTables.insert(other, by, now)));
            writes.add(PartnerTables.insert(card, by, now));
            writes.add(PartnerTables.count());
            journal.beginAnew(
                    signer,
                    signers,
                    ended -> new Draft(BEGAN_ANEW, record(ended, card, lost, details, now), identity.party(), writes));
            identity.cards();
            putInPlace();
            return card;
        } catch (IOException e) {
            throw new UncheckedIOException("The new journal key cannot be written", e);
        } finally {
            Arrays.fill(word, '\0');
        }
    }

    private static Map<String, Object> record(
            Journal.Ended ended, CardDocument card, List<CardDocument> lost, Map<String, ?> details, Instant now) {
        Map<String, Object> record = new LinkedHashMap<>();
        record.put("kind", BEGAN_ANEW);
        record.put("time", now.toString());
        record.put("party", card.card().party());
        record.put("origin", card.card().journalOrigin());
        record.put(
                "before",
                Map.of(
                        "origin",
                        ended.origin(),
                        "size",
                        ended.size(),
                        "root",
                        ended.root().toString()));
        List<String> cards = new ArrayList<>();
        lost.forEach(other -> cards.add(other.digest()));
        cards.add(card.digest());
        record.put("cards", cards);
        record.put("sequence", card.card().sequence());
        record.putAll(details);
        return record;
    }

    /**
     * Puts the key in place that a process which ended in between has left beside those in use, if the newest card lists it.
     *
     * @return that card; nothing if there is nothing to finish
     */
    public Optional<CardDocument> finish() {
        Path pending = home.file(PENDING);
        List<CardDocument> cards = identity.cards();
        if (!Files.exists(pending) || cards.isEmpty()) {
            return Optional.empty();
        }
        CardDocument newest = cards.getLast();
        char[] word = passphrase.read();
        try {
            KeyRing left = KeyRing.load(pending, word, tokens.keys());
            boolean listed = Ed25519NoteSigner.of(newest.card().journalOrigin(), left.journal())
                    .verifierKey()
                    .equals(newest.card().journalKey());
            if (!listed) {
                return Optional.empty();
            }
            putInPlace();
            return Optional.of(newest);
        } catch (IOException e) {
            throw new UncheckedIOException("The new journal key cannot be read", e);
        } finally {
            Arrays.fill(word, '\0');
        }
    }

    private void putInPlace() {
        try {
            DurableFile.replace(home.file(PENDING), home.keyRing());
        } catch (IOException e) {
            throw new EntenteException(
                    ErrorCode.SETTINGS_INVALID,
                    "The new journal key cannot be put in place: " + e.getMessage()
                            + ". Mend that and give the same command again.",
                    e);
        }
        ring.reopen();
    }
}
