package org.entente.gateway.evidence.witness;

import jakarta.inject.Provider;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.List;
import org.entente.crypto.journal.CosignatureSigner;
import org.entente.crypto.journal.JournalKeys;
import org.entente.crypto.journal.NoteSigner;
import org.entente.crypto.journal.SubtreeSigner;
import org.entente.crypto.keys.CertifiedKey;
import org.entente.crypto.keys.JournalSigning;
import org.entente.crypto.keys.KeyRing;
import org.entente.gateway.journal.JournalIdentity;
import org.entente.gateway.partners.NodeIdentity;

/** The key with which this node cosigns: its journal key, under the witness name on its card; and what its own journal is known by. */
@Singleton
final class WitnessIdentity {
    private final NodeIdentity identity;
    private final JournalIdentity journal;
    private final Provider<KeyRing> keys;
    private final Clock clock;

    WitnessIdentity(NodeIdentity identity, JournalIdentity journal, Provider<KeyRing> keys, Clock clock) {
        this.identity = identity;
        this.journal = journal;
        this.keys = keys;
        this.clock = clock;
    }

    /** The key, and its post-quantum companion if it has one. */
    List<NoteSigner> signers() {
        String name = identity.card().witnessKey().name();
        JournalSigning now = keys.get().journalsAt(clock.instant()).getFirst();
        NoteSigner signer = CosignatureSigner.of(name, now.key().key(), clock);
        CertifiedKey companion = now.companion();
        return companion == null ? List.of(signer) : List.of(signer, SubtreeSigner.of(name, companion.key(), clock));
    }

    /** The keys that this node's own journal has had. */
    JournalKeys journalKeys() {
        return journal.keys();
    }
}
