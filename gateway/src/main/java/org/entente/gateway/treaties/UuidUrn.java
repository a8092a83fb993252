package org.entente.gateway.treaties;

import java.nio.ByteBuffer;
import java.util.UUID;

/** Ids of acts: {@code urn:uuid:...} (RFC 9562), kept as 16 bytes. */
final class UuidUrn {
    private static final String PREFIX = "urn:uuid:";

    private UuidUrn() {}

    static String of(UUID id) {
        return PREFIX + id;
    }

    /** An id that follows from a digest: a UUID of version 8 (RFC 9562 section 5.8) from its first 16 bytes. */
    static String of(byte[] digest) {
        ByteBuffer bytes = ByteBuffer.wrap(digest);
        long high = (bytes.getLong() & 0xFFFF_FFFF_FFFF_0FFFL) | 0x8000L;
        long low = (bytes.getLong() & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L;
        return of(new UUID(high, low));
    }

    /** @throws IllegalArgumentException unless it is one, in its one form */
    static UUID parse(String urn) {
        if (!urn.startsWith(PREFIX)) {
            throw new IllegalArgumentException("an id is " + PREFIX + "..., not " + urn);
        }
        UUID id = UUID.fromString(urn.substring(PREFIX.length()));
        if (!of(id).equals(urn)) {
            throw new IllegalArgumentException("an id is written in lower case and in full, not " + urn);
        }
        return id;
    }
}
