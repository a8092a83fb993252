package org.entente.gateway.evidence.witness;

import jakarta.inject.Provider;
import jakarta.inject.Singleton;
import java.time.Clock;
import org.entente.crypto.journal.CosignatureSigner;
import org.entente.crypto.keys.KeyRing;
import org.entente.gateway.partners.NodeIdentity;

/** The key with which this node cosigns: its journal key, under the witness name on its card. */
@Singleton
final class WitnessIdentity {
    private final NodeIdentity identity;
    private final Provider<KeyRing> keys;
    private final Clock clock;

    WitnessIdentity(NodeIdentity identity, Provider<KeyRing> keys, Clock clock) {
        this.identity = identity;
        this.keys = keys;
        this.clock = clock;
    }

    CosignatureSigner signer() {
        return CosignatureSigner.of(
                identity.card().witnessKey().name(), keys.get().journal(), clock);
    }
}
