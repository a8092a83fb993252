package org.entente.crypto.message;

import java.util.Arrays;
import org.entente.crypto.Digests;

/**
 * What a signature needs to know of a message's content: its length and digest. The bytes themselves may be large and
 * are kept elsewhere.
 */
@SuppressWarnings("ArrayRecordComponent")
public record Content(long length, byte[] sha256) {
    /** No content. */
    public static final Content EMPTY = of(new byte[0]);

    /** Checks the digest's length. */
    public Content {
        if (length < 0 || sha256.length != Digests.SHA256_BYTES) {
            throw new IllegalArgumentException("content has a length and 32 bytes of digest");
        }
    }

    /** The content with these bytes. */
    public static Content of(byte[] bytes) {
        return new Content(bytes.length, Digests.sha256(bytes));
    }

    /** Whether there are no bytes. */
    public boolean isEmpty() {
        return length == 0;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Content content && content.length == length && Arrays.equals(content.sha256, sha256);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(sha256);
    }
}
