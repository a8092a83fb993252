package org.entente.gateway.evidence.witness;

import jakarta.inject.Provider;
import jakarta.inject.Singleton;
import java.time.Clock;
import org.entente.crypto.journal.CosignatureSigner;
import org.entente.crypto.journal.JournalKeys;
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

    CosignatureSigner signer() {
        return CosignatureSigner.of(
                identity.card().witnessKey().name(),
                keys.get().journalsAt(clock.instant()).getFirst(),
                clock);
    }

    /** The keys that this node's own journal has had. */
    JournalKeys journalKeys() {
        return journal.keys();
    }
}
