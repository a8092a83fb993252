package org.entente.gateway.sdmx;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;

/**
 * Percent-decoding of raw URI parts (RFC 3986 section 2.1). A {@code +} stays a {@code +}: in SDMX it means AND, or the
 * latest stable version, and never a space.
 */
final class Percent {

    private Percent() {}

    static String decode(String raw) {
        if (raw.indexOf('%') < 0) {
            return raw;
        }
        ByteBuffer bytes = ByteBuffer.allocate(raw.length() * 3);
        for (int i = 0; i < raw.length(); i++) {
            char c = raw.charAt(i);
            if (c != '%') {
                bytes.put(String.valueOf(c).getBytes(StandardCharsets.UTF_8));
                continue;
            }
            int high = i + 2 < raw.length() ? Character.digit(raw.charAt(i + 1), 16) : -1;
            int low = high < 0 ? -1 : Character.digit(raw.charAt(i + 2), 16);
            if (low < 0) {
                throw new EntenteException(
                        ErrorCode.QUERY_MALFORMED, "'%' at position " + i + " is not followed by two hex digits");
            }
            bytes.put((byte) (high << 4 | low));
            i += 2;
        }
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(bytes.flip()).toString();
        } catch (CharacterCodingException e) {
            throw new EntenteException(ErrorCode.QUERY_MALFORMED, "percent-encoded bytes are not UTF-8", e);
        }
    }
}
