package org.entente.gateway.partners;

import jakarta.inject.Provider;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.entente.crypto.VerificationException;
import org.entente.crypto.journal.Ed25519NoteSigner;
import org.entente.crypto.journal.JournalKeys;
import org.entente.crypto.journal.ListedKey;
import org.entente.crypto.journal.NoteSigner;
import org.entente.crypto.journal.SubtreeSigner;
import org.entente.crypto.keys.CertifiedKey;
import org.entente.crypto.keys.JournalSigning;
import org.entente.crypto.keys.KeyRing;
import org.entente.gateway.base.NodeListenerSettings;
import org.entente.gateway.journal.JournalIdentity;
import org.jspecify.annotations.Nullable;

/**
 * The journal keys of the key ring, under the journal's name: its address without scheme (C2SP tlog-checkpoint), or the name under which it
 * went on after it could not be continued (docs/decisions/0071), which stands on this node's newest card. Keys and names that it had before
 * stand on earlier cards.
 */
@Singleton
final class NodeJournalIdentity implements JournalIdentity {
    /** Between the address and the moment from which on a journal has gone on under another name. */
    private static final String AGAIN = "-from-";

    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final Provider<KeyRing> keys;
    private final PartnerDirectory directory;
    private final Clock clock;
    private final String address;
    private volatile @Nullable Signing signing;

    NodeJournalIdentity(
            Provider<KeyRing> keys, NodeListenerSettings listener, PartnerDirectory directory, Clock clock) {
        this.keys = keys;
        this.directory = directory;
        this.clock = clock;
        this.address = listener.baseUri().getRawAuthority() + "/journal";
    }

    /** The signers for the keys that signed when it was last asked. */
    private record Signing(String origin, List<JournalSigning> keys, List<ListedSigner> signers) {}

    /** A journal key that signs, with its companion. */
    private record ListedSigner(
            Ed25519NoteSigner key, @Nullable SubtreeSigner companion) {
        static ListedSigner of(String origin, JournalSigning keys) {
            CertifiedKey companion = keys.companion();
            return new ListedSigner(
                    Ed25519NoteSigner.of(origin, keys.key().key()),
                    companion == null ? null : SubtreeSigner.ofJournal(origin, companion.key()));
        }

        ListedKey listed() {
            return new ListedKey(key.verifierKey(), companion == null ? null : companion.verifierKey());
        }
    }

    @Override
    public Ed25519NoteSigner signer() {
        return signing().getFirst().key();
    }

    @Override
    public List<NoteSigner> signers() {
        List<NoteSigner> all = new ArrayList<>();
        for (ListedSigner signer : signing()) {
            all.add(signer.key());
            if (signer.companion() != null) {
                all.add(signer.companion());
            }
        }
        return all;
    }

    private List<ListedSigner> signing() {
        List<JournalSigning> now = keys.get().journalsAt(clock.instant());
        Signing known = signing;
        String origin = origin();
        if (known == null || !known.origin().equals(origin) || !known.keys().equals(now)) {
            known = new Signing(
                    origin,
                    now,
                    now.stream().map(keys -> ListedSigner.of(origin, keys)).toList());
            signing = known;
        }
        return known.signers();
    }

    @Override
    public String origin() {
        // Asked for every checkpoint, so from memory; what changes a card of this process reads the cards again.
        PartnerBook remembered = directory.remembered();
        List<CardDocument> own = (remembered == null ? directory.fresh() : remembered).own();
        if (own.isEmpty()) {
            return address;
        }
        String named = own.getLast().card().journalOrigin();
        return named.startsWith(address + AGAIN) ? named : address;
    }

    /** The name for a journal that goes on as another one from a moment. */
    String originFrom(Instant moment) {
        return address + AGAIN + STAMP.format(moment);
    }

    @Override
    public Optional<JournalKeys> keys(String origin) {
        return keysByOrigin().apply(origin);
    }

    @Override
    public Function<String, Optional<JournalKeys>> keysByOrigin() {
        List<ListedKey> history = history();
        return origin -> {
            try {
                return JournalKeys.named(origin, history);
            } catch (VerificationException e) {
                throw new IllegalStateException("a card of this node has an unusable journal key", e);
            }
        };
    }

    private List<ListedKey> history() {
        List<ListedKey> history = new ArrayList<>(directory.fresh().own().stream()
                .map(own -> own.card().journal())
                .toList());
        signing().reversed().forEach(signer -> history.add(signer.listed()));
        return history;
    }

    @Override
    public JournalKeys keys() {
        try {
            return JournalKeys.of(history());
        } catch (VerificationException e) {
            throw new IllegalStateException("a card of this node has an unusable journal key", e);
        }
    }

    @Override
    public Set<String> listed() {
        return directory.fresh().own().stream()
                .map(own -> own.card().journalKey().toString())
                .collect(Collectors.toUnmodifiableSet());
    }
}
