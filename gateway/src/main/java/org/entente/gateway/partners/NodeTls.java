package org.entente.gateway.partners;

import jakarta.inject.Provider;
import jakarta.inject.Singleton;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.function.Supplier;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;
import org.entente.crypto.keys.KeyRing;
import org.entente.gateway.base.OwnKey;

/** TLS towards partners: version 1.3 only, this node's TLS key, and exactly the pins of the partner that is called. */
@Singleton
final class NodeTls {
    private static final String VERSION = "TLSv1.3";

    private final Provider<KeyRing> keys;
    private final Revocations revocations;
    private final Clock clock;
    private final SecureRandom random;

    NodeTls(Provider<KeyRing> keys, Revocations revocations, Clock clock, SecureRandom random) {
        this.keys = keys;
        this.revocations = revocations;
        this.clock = clock;
        this.random = random;
    }

    /**
     * A context for calls to one partner.
     *
     * @param partner asked at every handshake, so that a removed pin counts at once; null if it is no partner any more
     */
    SSLContext towards(Supplier<Partner> partner) {
        try {
            SSLContext context = SSLContext.getInstance(VERSION);
            context.init(keyManagers(), new TrustManager[] {new PinnedServer(partner, revocations, clock)}, random);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("no TLS context with the node's own key", e);
        }
    }

    /** Only TLS 1.3. */
    static SSLParameters parameters() {
        SSLParameters parameters = new SSLParameters();
        parameters.setProtocols(new String[] {VERSION});
        return parameters;
    }

    private KeyManager[] keyManagers() {
        return new KeyManager[] {new OwnKey(() -> keys.get().tlsAt(clock.instant()))};
    }
}
