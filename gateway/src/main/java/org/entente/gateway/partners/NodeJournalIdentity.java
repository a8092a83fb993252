package org.entente.gateway.partners;

import jakarta.inject.Provider;
import jakarta.inject.Singleton;
import java.net.URI;
import org.entente.crypto.journal.Ed25519NoteSigner;
import org.entente.crypto.keys.KeyRing;
import org.entente.gateway.base.NodeListenerSettings;
import org.entente.gateway.journal.JournalIdentity;
import org.jspecify.annotations.Nullable;

/** The journal key of the key ring, under the journal's address without scheme as its name (C2SP tlog-checkpoint). */
@Singleton
final class NodeJournalIdentity implements JournalIdentity {
    private final Provider<KeyRing> keys;
    private final String origin;
    private volatile @Nullable Ed25519NoteSigner signer;

    NodeJournalIdentity(Provider<KeyRing> keys, NodeListenerSettings listener) {
        this.keys = keys;
        URI base = listener.baseUri();
        this.origin = base.getRawAuthority() + "/journal";
    }

    @Override
    public Ed25519NoteSigner signer() {
        Ed25519NoteSigner known = signer;
        if (known == null) {
            known = Ed25519NoteSigner.of(origin, keys.get().journal());
            signer = known;
        }
        return known;
    }
}
