package org.entente.gateway.evidence;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import org.entente.crypto.Digests;
import org.jspecify.annotations.Nullable;

/** A random sample for testing that depends on the seed and on the items' identities alone: whoever has both can draw again. */
public final class Draw {
    private Draw() {}

    /**
     * Draws without replacement, in the order of SHA-256 over seed and identity.
     *
     * @param identity bytes that tell an item from all others
     * @param count how many are drawn; all of them if there are fewer
     * @param seed what makes the draw the same again; absent counts as empty
     */
    public static <T> List<T> of(List<T> items, Function<T, byte[]> identity, int count, @Nullable String seed) {
        byte[] salt = (seed == null ? "" : seed).getBytes(StandardCharsets.UTF_8);
        List<T> order = new ArrayList<>(items);
        order.sort(Comparator.comparing(item -> ByteBuffer.wrap(Digests.sha256(salt, identity.apply(item)))));
        return new ArrayList<>(order.subList(0, Math.min(order.size(), Math.max(0, count))));
    }
}
