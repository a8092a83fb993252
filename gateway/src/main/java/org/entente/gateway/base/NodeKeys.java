package org.entente.gateway.base;

import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Prototype;
import org.entente.crypto.keys.KeyRing;

/**
 * The node's key ring: opened when the first bean needs a key, and again when its file was replaced, so that keys are changed
 * without stopping the node. Who needs keys for longer than a moment asks a {@code Provider} each time.
 */
@Factory
final class NodeKeys {

    /** The ring as it is on disk, at most a second old. */
    @Prototype
    KeyRing keyRing(OwnKeyRing ring) {
        return ring.current();
    }
}
