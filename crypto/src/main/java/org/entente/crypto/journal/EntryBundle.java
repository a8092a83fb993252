package org.entente.crypto.journal;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.entente.crypto.VerificationException;

/** The entries below one tile: each as a two-byte length, big-endian, and its bytes (C2SP tlog-tiles, "Log entries"). */
public final class EntryBundle {
    private static final int MAX_ENTRY = 0xffff;

    private EntryBundle() {}

    /** Writes up to 256 entries of at most 65,535 bytes each. */
    public static byte[] encode(List<byte[]> entries) {
        ByteArrayOutputStream bundle = new ByteArrayOutputStream();
        for (byte[] entry : entries) {
            if (entry.length > MAX_ENTRY) {
                throw new IllegalArgumentException("an entry of " + entry.length + " bytes does not fit a bundle");
            }
            bundle.write(entry.length >>> 8);
            bundle.write(entry.length);
            bundle.writeBytes(entry);
        }
        return bundle.toByteArray();
    }

    /**
     * Reads a bundle to its last byte.
     *
     * @throws VerificationException with MALFORMED if an entry is cut short or there are more than 256
     */
    public static List<byte[]> parse(byte[] bundle) throws VerificationException {
        ByteBuffer in = ByteBuffer.wrap(bundle);
        List<byte[]> entries = new ArrayList<>();
        while (in.hasRemaining()) {
            int length = in.remaining() < Short.BYTES ? Integer.MAX_VALUE : Short.toUnsignedInt(in.getShort());
            if (length > in.remaining() || entries.size() == TileId.FULL_WIDTH) {
                throw StrictText.malformed("The entry bundle is cut short or too long.");
            }
            byte[] entry = new byte[length];
            in.get(entry);
            entries.add(entry);
        }
        return entries;
    }
}
