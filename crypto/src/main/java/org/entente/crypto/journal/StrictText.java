package org.entente.crypto.journal;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Arrays;
import java.util.Base64;
import org.entente.crypto.VerificationException;
import org.entente.crypto.VerificationException.Reason;

/** Readers that accept exactly one spelling of each value, so that no two texts mean the same. */
final class StrictText {
    private StrictText() {}

    /** Standard base64 with padding. The JDK's decoder forgives missing padding and stray bits; this does not. */
    static byte[] base64(String text, String what) throws VerificationException {
        byte[] ascii = text.getBytes(US_ASCII);
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(ascii);
        } catch (IllegalArgumentException e) {
            throw malformed("The " + what + " is not base64.");
        }
        // Every group of four characters but the last has one reading, so only the last can be spelt in another way.
        int lastGroup = bytes.length == 0 ? 0 : (bytes.length - 1) / 3;
        byte[] lastBytes = Arrays.copyOfRange(bytes, 3 * lastGroup, bytes.length);
        byte[] lastCharacters = Base64.getEncoder().encode(lastBytes);
        boolean canonical = ascii.length == 4 * lastGroup + lastCharacters.length
                && Arrays.equals(ascii, 4 * lastGroup, ascii.length, lastCharacters, 0, lastCharacters.length);
        if (!canonical) {
            throw malformed("The " + what + " is not in canonical base64.");
        }
        return bytes;
    }

    /** A decimal number from 0 to 2^63-1 without sign or leading zero. */
    static long decimal(String text, String what) throws VerificationException {
        boolean digits = !text.isEmpty() && text.length() <= 19 && text.chars().allMatch(c -> c >= '0' && c <= '9');
        if (!digits || (text.length() > 1 && text.charAt(0) == '0')) {
            throw malformed("The " + what + " is not a decimal number without leading zeros.");
        }
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw malformed("The " + what + " is beyond 2^63-1.");
        }
    }

    /** UTF-8 without replacement of bad sequences and without control characters but the newline. */
    static String utf8(byte[] bytes, String what) throws VerificationException {
        String text;
        try {
            text = UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException e) {
            throw malformed("The " + what + " is not UTF-8.");
        }
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < 0x20 && text.charAt(i) != '\n') {
                throw malformed("The " + what + " holds a control character.");
            }
        }
        return text;
    }

    static VerificationException malformed(String sentence) {
        return new VerificationException(Reason.MALFORMED, sentence);
    }
}
