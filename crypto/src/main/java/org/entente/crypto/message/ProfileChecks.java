package org.entente.crypto.message;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.entente.crypto.Base64Url;
import org.entente.crypto.VerificationException;
import org.entente.crypto.VerificationException.Reason;
import org.entente.crypto.message.SignatureInput.Component;

/** What the gateway profile asks of a signature's description before the signature itself is looked at. */
final class ProfileChecks {
    private static final int SMALLEST_NONCE_BYTES = 16;
    private static final int LARGEST_NONCE_BYTES = 64;

    private ProfileChecks() {}

    static void covered(SignatureInput input, List<Component> expected) throws VerificationException {
        Set<Component> missing = new HashSet<>(expected);
        input.components().forEach(missing::remove);
        if (!missing.isEmpty()) {
            throw new VerificationException(Reason.COMPONENTS_MISSING, "the signature does not cover " + missing);
        }
        if (input.components().size() != expected.size()) {
            Set<Component> more = new HashSet<>(input.components());
            expected.forEach(more::remove);
            throw new VerificationException(
                    Reason.COMPONENTS_UNEXPECTED, "the signature covers what it must not: " + more);
        }
    }

    static void parameters(SignatureInput input, Set<String> required) throws VerificationException {
        if (!input.parameters().keySet().equals(required)) {
            throw new VerificationException(
                    Reason.PARAMETERS_WRONG,
                    "the signature has the parameters " + input.parameters().keySet() + ", and must have exactly "
                            + required);
        }
    }

    static void times(SignatureInput input, Instant now, Duration skew) throws VerificationException {
        Instant created = input.time("created").orElseThrow();
        Instant expires = input.time("expires").orElseThrow();
        if (!expires.isAfter(created) || expires.isAfter(created.plus(GatewayProfile.LONGEST_LIFE))) {
            throw new VerificationException(
                    Reason.PARAMETERS_WRONG,
                    "a request lives at most " + GatewayProfile.LONGEST_LIFE.toSeconds() + " s, not from " + created
                            + " to " + expires);
        }
        notFromTheFuture(input, now, skew);
        if (now.isAfter(expires.plus(skew))) {
            throw new VerificationException(
                    Reason.EXPIRED, "the request expired at " + expires + "; the clock here says " + now);
        }
    }

    static void notFromTheFuture(SignatureInput input, Instant now, Duration skew) throws VerificationException {
        Instant created = input.time("created").orElseThrow();
        if (created.isAfter(now.plus(skew))) {
            throw new VerificationException(
                    Reason.CLOCK_SKEW,
                    "the message was signed at " + created + "; the clock here says " + now + ", more than "
                            + skew.toSeconds() + " s earlier");
        }
    }

    static void notOlder(SignatureInput input, Duration age, Instant now, Duration skew) throws VerificationException {
        Instant created = input.time("created").orElseThrow();
        if (now.isAfter(created.plus(age).plus(skew))) {
            throw new VerificationException(
                    Reason.EXPIRED, "the message was signed at " + created + "; the clock here says " + now);
        }
    }

    /** At least 128 bits, in the one base64url form without padding. */
    static void nonce(String nonce) throws VerificationException {
        try {
            byte[] bytes = Base64Url.decode(nonce);
            boolean canonical = Base64Url.encode(bytes).equals(nonce);
            if (canonical && bytes.length >= SMALLEST_NONCE_BYTES && bytes.length <= LARGEST_NONCE_BYTES) {
                return;
            }
        } catch (IllegalArgumentException e) {
            // not base64url: refused below like any other wrong nonce
        }
        throw new VerificationException(
                Reason.PARAMETERS_WRONG, "the nonce must be base64url of 16 to 64 bytes without padding");
    }
}
