package org.entente.gateway.base;

import jakarta.inject.Singleton;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.UUID;

/**
 * UUIDs of version 7 (RFC 9562 section 5.7): 48 bits of Unix milliseconds, then random bits. Ids made later sort later,
 * up to the order within one millisecond, which is random.
 */
@Singleton
public final class Uuids {

    private final Clock clock;
    private final SecureRandom random;

    public Uuids(Clock clock, SecureRandom random) {
        this.clock = clock;
        this.random = random;
    }

    /** A new UUID of version 7 at the present time. */
    public UUID next() {
        byte[] noise = new byte[10];
        random.nextBytes(noise);
        ByteBuffer bits = ByteBuffer.wrap(noise);
        long high = (clock.millis() << 16) | 0x7000L | (bits.getShort() & 0x0FFFL);
        long low = (bits.getLong() & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L;
        return new UUID(high, low);
    }

    /** Whether the id has version 7 and the variant of RFC 9562. */
    public static boolean isVersion7(UUID id) {
        return id.version() == 7 && id.variant() == 2;
    }

    /** The 16 bytes in network order, as BINARY(16) columns hold them. */
    public static byte[] toBytes(UUID id) {
        return ByteBuffer.allocate(16)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .array();
    }

    /** @throws IllegalArgumentException unless there are exactly 16 bytes */
    public static UUID fromBytes(byte[] bytes) {
        if (bytes.length != 16) {
            throw new IllegalArgumentException("a UUID has 16 bytes, not " + bytes.length);
        }
        ByteBuffer bits = ByteBuffer.wrap(bytes);
        return new UUID(bits.getLong(), bits.getLong());
    }
}
