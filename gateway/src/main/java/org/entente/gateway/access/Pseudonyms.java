package org.entente.gateway.access;

import jakarta.inject.Singleton;
import java.util.HexFormat;
import java.util.UUID;
import org.entente.gateway.base.NodeSecret;
import org.entente.gateway.base.Uuids;
import org.jspecify.annotations.Nullable;

/**
 * What partners see instead of a user: the first 16 hexadecimal digits of HMAC-SHA-256(user's id) under the node's secret.
 * The same user is always the same to them, and nobody without the secret can tell who it is.
 */
@Singleton
public final class Pseudonyms {

    private final NodeSecret secret;
    private volatile byte @Nullable [] key;

    Pseudonyms(NodeSecret secret) {
        this.secret = secret;
    }

    /** The user's pseudonym. */
    public String of(UUID user) {
        byte[] present = key;
        if (present == null) {
            present = secret.derive("pseudonyms");
            key = present;
        }
        return HexFormat.of().formatHex(NodeSecret.hmac(present, Uuids.toBytes(user)), 0, 8);
    }
}
