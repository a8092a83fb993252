package org.entente.crypto.keys;

import java.util.Locale;

/**
 * What people read to each other over the telephone: the first 160 bits of a SHA-256 digest in base32 (RFC 4648
 * section 6), in eight groups of four, as in {@code ABCD-EFGH-...}.
 *
 * @param text the groups, joined by hyphens
 */
public record Fingerprint(String text) {
    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    private static final int BITS = 160;

    /** Checks the form. */
    public Fingerprint {
        if (!text.matches("[A-Z2-7]{4}(-[A-Z2-7]{4}){7}")) {
            throw new IllegalArgumentException("a fingerprint is eight groups of four of A-Z and 2-7, not: " + text);
        }
    }

    /** The fingerprint of something with this SHA-256 digest. */
    public static Fingerprint of(byte[] digest) {
        if (digest.length * 8 < BITS) {
            throw new IllegalArgumentException("a fingerprint needs at least 160 bits");
        }
        StringBuilder text = new StringBuilder(39);
        for (int bit = 0; bit < BITS; bit += 5) {
            if (bit > 0 && bit % 20 == 0) {
                text.append('-');
            }
            int pair = (digest[bit / 8] & 0xff) << 8 | (bit / 8 + 1 < digest.length ? digest[bit / 8 + 1] & 0xff : 0);
            text.append(ALPHABET.charAt(pair >> (11 - bit % 8) & 31));
        }
        return new Fingerprint(text.toString());
    }

    /** Reads what a person typed: case, blanks and missing hyphens do not matter. */
    public static Fingerprint parse(String typed) {
        String letters = typed.replaceAll("[\\s-]", "").toUpperCase(Locale.ROOT);
        return new Fingerprint(letters.replaceAll("(.{4})(?=.)", "$1-"));
    }

    @Override
    public String toString() {
        return text;
    }
}
