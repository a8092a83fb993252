package org.entente.crypto.timestamp;

import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.entente.crypto.VerificationException;
import org.entente.crypto.VerificationException.Reason;

/**
 * Tokens over one digest: the first stamps the digest, each later one the token before it, taken while that one's
 * certificate was still valid (the timestamp renewal of RFC 4998 section 5.2, with plain tokens). So the first time stays
 * proved for as long as somebody renews.
 */
public final class TimestampChain {
    private final List<TimestampToken> tokens;

    private TimestampChain(List<TimestampToken> tokens) {
        this.tokens = List.copyOf(tokens);
    }

    /** A chain of one token. */
    public static TimestampChain of(TimestampToken first) {
        return new TimestampChain(List.of(first));
    }

    /**
     * Reads tokens in their order.
     *
     * @throws VerificationException what {@link TimestampToken#parse} throws, or if there is none or one does not stamp the
     *     one before it in time
     */
    public static TimestampChain parse(List<byte[]> encoded) throws VerificationException {
        if (encoded.isEmpty()) {
            throw new VerificationException(Reason.SIGNATURE_MISSING, "There is no timestamp token.");
        }
        TimestampChain chain = of(TimestampToken.parse(encoded.getFirst()));
        for (byte[] token : encoded.subList(1, encoded.size())) {
            chain = chain.renewedBy(TimestampToken.parse(token));
        }
        return chain;
    }

    /**
     * The chain with one more token.
     *
     * @throws VerificationException DIGEST_MISMATCH if it does not stamp the last one; CERTIFICATE_INVALID if it came after
     *     the last one's certificate had ended; CLOCK_SKEW if it is older than the last one
     */
    public TimestampChain renewedBy(TimestampToken token) throws VerificationException {
        TimestampToken last = tokens.getLast();
        token.checkImprint(last.sha256());
        if (token.genTime().isBefore(last.genTime())) {
            throw new VerificationException(
                    Reason.CLOCK_SKEW,
                    "The renewal of " + token.genTime() + " is older than the token of " + last.genTime() + ".");
        }
        if (token.genTime().isAfter(goodUntil())) {
            throw new VerificationException(
                    Reason.CERTIFICATE_INVALID,
                    "The timestamp of " + last.genTime() + " was renewed on " + token.genTime()
                            + ", after its certificate had ended on " + goodUntil() + ".");
        }
        List<TimestampToken> longer = new ArrayList<>(tokens);
        longer.add(token);
        return new TimestampChain(longer);
    }

    /**
     * A time that was proved.
     *
     * @param time at which the digest was there at the latest
     * @param authority the accepted certificate behind the first token
     * @param goodUntil end of the last token's certificate: the chain should be renewed before
     */
    public record Attested(Instant time, X509Certificate authority, Instant goodUntil) {}

    /**
     * Verifies that the digest was there at the time of the first token.
     *
     * @param sha256 32 bytes
     * @param trust accepted authorities, for each token of the chain
     */
    public Attested verify(byte[] sha256, TimestampTrust trust) throws VerificationException {
        tokens.getFirst().checkImprint(sha256);
        X509Certificate authority = trust.check(tokens.getFirst());
        for (TimestampToken later : tokens.subList(1, tokens.size())) {
            trust.check(later);
        }
        return new Attested(tokens.getFirst().genTime(), authority, goodUntil());
    }

    /** End of the last token's certificate. */
    public Instant goodUntil() {
        return tokens.getLast().authority().getNotAfter().toInstant();
    }

    /** The time of the first token. */
    public Instant time() {
        return tokens.getFirst().genTime();
    }

    /** What the next token has to stamp. */
    public byte[] renewalDigest() {
        return tokens.getLast().sha256();
    }

    /** The tokens, first to last. */
    public List<TimestampToken> tokens() {
        return tokens;
    }
}
