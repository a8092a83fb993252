package org.entente.gateway.node;

import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.entente.crypto.keys.KeyRing;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.EntenteSettings;
import org.entente.gateway.base.ErrorCode;
import org.entente.gateway.base.NodeHome;
import org.entente.gateway.base.NodeListenerSettings;
import org.entente.gateway.base.NodeSecret;
import org.entente.gateway.base.Passphrase;

/** Makes a node's identity, once: home directory, secret and key ring. The key ring comes last, so that it marks completion. */
@Singleton
public final class NodeInit {

    private final EntenteSettings settings;
    private final NodeListenerSettings listener;
    private final NodeHome home;
    private final Passphrase passphrase;
    private final Clock clock;
    private final SecureRandom random;

    NodeInit(
            EntenteSettings settings,
            NodeListenerSettings listener,
            NodeHome home,
            Passphrase passphrase,
            Clock clock,
            SecureRandom random) {
        this.settings = settings;
        this.listener = listener;
        this.home = home;
        this.passphrase = passphrase;
        this.clock = clock;
        this.random = random;
    }

    /**
     * Makes everything that a node is: secret and keys.
     *
     * @param validity how long the self-signed certificates are valid
     * @throws EntenteException {@code node-already-initialised}
     */
    public void initialise(Duration validity) {
        makeKeys(validity);
    }

    /**
     * Makes secret and keys.
     *
     * @param validity how long the self-signed certificates are valid
     * @throws EntenteException {@code node-already-initialised}; keys are never overwritten
     */
    private void makeKeys(Duration validity) {
        if (home.initialised()) {
            throw new EntenteException(
                    ErrorCode.NODE_ALREADY_INITIALISED, "There is a key ring at " + home.keyRing() + ".");
        }
        home.create();
        byte[] secret = new byte[NodeSecret.LENGTH];
        random.nextBytes(secret);
        home.writeSecret(NodeSecret.FILE, secret);
        char[] word = passphrase.read();
        try {
            KeyRing.generate(settings.party(), names(listener.baseUri()), clock.instant(), validity, random)
                    .store(home.keyRing(), word);
        } catch (IOException e) {
            throw new UncheckedIOException("The key ring " + home.keyRing() + " cannot be written", e);
        } finally {
            Arrays.fill(word, '\0');
        }
    }

    /** The names under which partners and the node itself reach the node port. */
    private static List<String> names(URI base) {
        Set<String> names = new LinkedHashSet<>();
        String host = base.getHost();
        names.add(host.startsWith("[") ? host.substring(1, host.length() - 1) : host);
        names.add("localhost");
        names.add("127.0.0.1");
        return List.copyOf(names);
    }
}
