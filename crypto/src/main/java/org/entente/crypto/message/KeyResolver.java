package org.entente.crypto.message;

import java.util.List;
import java.util.Optional;
import org.entente.crypto.keys.VerificationKey;

/** Finds the key that a {@code keyid} names, and the further signatures that its owner's messages must carry. */
@FunctionalInterface
public interface KeyResolver {
    /** The key of that id, if its owner is known. */
    Optional<VerificationKey> resolve(String keyid);

    /**
     * The signatures that must stand beside the first one, exactly as the owner's current card lists them. A companion
     * can thus not be stripped from a message.
     */
    default List<Companion> companions(String keyid) {
        return List.of();
    }

    /** A further signature that a message must carry. */
    record Companion(SignatureSlot slot, String keyid, VerificationKey key) {}
}
