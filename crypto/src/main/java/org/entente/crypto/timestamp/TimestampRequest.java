package org.entente.crypto.timestamp;

import java.io.IOException;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.util.Arrays;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.tsp.TSPAlgorithms;
import org.bouncycastle.tsp.TSPException;
import org.bouncycastle.tsp.TimeStampRequestGenerator;
import org.bouncycastle.tsp.TimeStampResponse;
import org.entente.crypto.VerificationException;
import org.entente.crypto.VerificationException.Reason;
import org.jspecify.annotations.Nullable;

/**
 * A question to a timestamp authority (RFC 3161 section 2.4.1): one SHA-256 digest, a nonce, the policy that is wanted,
 * and always the authority's certificate in the answer.
 */
public final class TimestampRequest {
    /** Bytes of a SHA-256 digest. */
    static final int DIGEST_LENGTH = 32;

    private static final int NONCE_BITS = 127;

    private final byte[] sha256;
    private final BigInteger nonce;
    private final @Nullable String policy;
    private final org.bouncycastle.tsp.TimeStampRequest request;

    private TimestampRequest(byte[] sha256, BigInteger nonce, @Nullable String policy) {
        this.sha256 = sha256.clone();
        this.nonce = nonce;
        this.policy = policy;
        TimeStampRequestGenerator generator = new TimeStampRequestGenerator();
        generator.setCertReq(true);
        if (policy != null) {
            generator.setReqPolicy(new ASN1ObjectIdentifier(policy));
        }
        this.request = generator.generate(TSPAlgorithms.SHA256, this.sha256, nonce);
    }

    /**
     * A request with a nonce of its own.
     *
     * @param sha256 the digest of what is to be stamped, 32 bytes
     * @param policy object identifier of the policy under which the token must be issued, or null for the authority's own
     * @throws IllegalArgumentException for another length, or a policy that is no object identifier
     */
    public static TimestampRequest over(byte[] sha256, @Nullable String policy, SecureRandom random) {
        if (sha256.length != DIGEST_LENGTH) {
            throw new IllegalArgumentException("a SHA-256 digest has 32 bytes");
        }
        return new TimestampRequest(sha256, new BigInteger(NONCE_BITS, random), policy);
    }

    /** The request as it is sent, {@code application/timestamp-query}. */
    public byte[] encode() {
        try {
            return request.getEncoded();
        } catch (IOException e) {
            throw new IllegalStateException("a request that was just built cannot be encoded", e);
        }
    }

    /**
     * Takes in an answer: it must grant, and its token must carry this request's digest, nonce and policy, and be signed
     * by the certificate that it names. Whether that certificate is trusted is for {@link TimestampTrust} to say.
     *
     * @param response {@code application/timestamp-reply}
     * @throws VerificationException MALFORMED; SIGNATURE_MISSING if the authority refuses (with its words);
     *     PARAMETERS_WRONG for another nonce or policy; DIGEST_MISMATCH; what {@link TimestampToken#parse} throws
     */
    public TimestampToken accept(byte[] response) throws VerificationException {
        TimeStampResponse read;
        try {
            read = new TimeStampResponse(response);
        } catch (TSPException | IOException | RuntimeException e) {
            throw new VerificationException(Reason.MALFORMED, "The answer is no timestamp response.", e);
        }
        if (read.getTimeStampToken() == null) {
            String words = read.getStatusString() == null ? "no reason" : read.getStatusString();
            throw new VerificationException(
                    Reason.SIGNATURE_MISSING,
                    "The timestamp authority gave no token: status " + read.getStatus() + ", " + words + ".");
        }
        TimestampToken token = TimestampToken.of(read.getTimeStampToken());
        if (!Arrays.equals(token.imprint(), sha256)) {
            throw new VerificationException(
                    Reason.DIGEST_MISMATCH, "The timestamp token is over another digest than the one that was sent.");
        }
        BigInteger answered = read.getTimeStampToken().getTimeStampInfo().getNonce();
        if (!nonce.equals(answered)) {
            throw new VerificationException(
                    Reason.PARAMETERS_WRONG, "The timestamp token does not carry the nonce of the request.");
        }
        if (policy != null && !policy.equals(token.policy())) {
            throw new VerificationException(
                    Reason.PARAMETERS_WRONG,
                    "The timestamp token is issued under the policy " + token.policy() + ", and not " + policy + ".");
        }
        return token;
    }
}
