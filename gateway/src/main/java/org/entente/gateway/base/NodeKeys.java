package org.entente.gateway.base;

import io.micronaut.context.annotation.Factory;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.Arrays;
import org.entente.crypto.keys.KeyRing;

/** Opens the node's key ring once, when the first bean needs a key. */
@Factory
final class NodeKeys {

    @Singleton
    KeyRing keyRing(NodeHome home, Passphrase passphrase) {
        if (!home.initialised()) {
            throw new EntenteException(
                    ErrorCode.NODE_NOT_INITIALISED, "There is no key ring at " + home.keyRing() + ".");
        }
        char[] secret = passphrase.read();
        try {
            NodeHome.requireOwnerOnly(home.keyRing());
            return KeyRing.load(home.keyRing(), secret);
        } catch (IOException e) {
            throw new EntenteException(
                    ErrorCode.SETTINGS_INVALID,
                    "The key ring " + home.keyRing() + " cannot be opened: " + e.getMessage(),
                    e);
        } finally {
            Arrays.fill(secret, '\0');
        }
    }
}
