package org.entente.gateway.node;

import jakarta.inject.Provider;
import jakarta.inject.Singleton;
import java.net.URI;
import org.entente.crypto.journal.Ed25519NoteSigner;
import org.entente.crypto.keys.KeyRing;
import org.entente.gateway.base.NodeListenerSettings;
import org.entente.gateway.journal.JournalIdentity;

/** The journal's origin is where partners read it: the node's public address without scheme, and {@code /journal}. */
@Singleton
final class NodeJournalIdentity implements JournalIdentity {

    private final Provider<KeyRing> keys;
    private final String origin;

    NodeJournalIdentity(Provider<KeyRing> keys, NodeListenerSettings node) {
        this.keys = keys;
        URI base = node.baseUri();
        this.origin = base.getAuthority() + "/journal";
    }

    @Override
    public Ed25519NoteSigner signer() {
        return Ed25519NoteSigner.of(origin, keys.get().journal());
    }

    @Override
    public String origin() {
        return origin;
    }
}
