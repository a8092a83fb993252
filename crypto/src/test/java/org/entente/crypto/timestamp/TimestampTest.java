package org.entente.crypto.timestamp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.entente.crypto.Digests;
import org.entente.crypto.VerificationException;
import org.entente.crypto.VerificationException.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class TimestampTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final byte[] NOTE = Digests.sha256("a checkpoint".getBytes(UTF_8));

    private final SecureRandom random = new SecureRandom();
    private final PlayedAuthority authority = PlayedAuthority.from(START, Duration.ofDays(100));

    private TimestampToken stamp(PlayedAuthority by, byte[] digest, Instant time) throws VerificationException {
        TimestampRequest request = TimestampRequest.over(digest, null, random);
        return request.accept(by.answer(request.encode(), time));
    }

    private static void refused(Reason reason, Executable check) {
        assertEquals(reason, assertThrows(VerificationException.class, check).reason());
    }

    @Test
    void anAnswerToOurQuestionIsAccepted() throws VerificationException {
        TimestampRequest request = TimestampRequest.over(NOTE, PlayedAuthority.POLICY, random);
        TimestampToken token = request.accept(authority.answer(request.encode(), START.plusSeconds(60)));
        assertEquals(START.plusSeconds(60), token.genTime());
        assertEquals(PlayedAuthority.POLICY, token.policy());
        assertEquals(
                authority.certificate,
                TimestampTrust.of(List.of(authority.certificate)).check(token));
        assertEquals(
                authority.issuer, TimestampTrust.of(List.of(authority.issuer)).check(token));
        assertEquals(token.genTime(), TimestampToken.parse(token.encode()).genTime());
    }

    @Test
    void anAnswerToAnotherQuestionIsRefused() {
        TimestampRequest ours = TimestampRequest.over(NOTE, null, random);
        TimestampRequest sameDigest = TimestampRequest.over(NOTE, null, random);
        TimestampRequest other = TimestampRequest.over(Digests.sha256(NOTE), null, random);
        refused(Reason.PARAMETERS_WRONG, () -> ours.accept(authority.answer(sameDigest.encode(), START)));
        refused(Reason.DIGEST_MISMATCH, () -> ours.accept(authority.answer(other.encode(), START)));
    }

    @Test
    void anotherPolicyThanTheOneAskedForIsRefused() {
        TimestampRequest request = TimestampRequest.over(NOTE, PlayedAuthority.POLICY, random);
        TimestampRequest free = TimestampRequest.over(NOTE, null, random);
        refused(Reason.PARAMETERS_WRONG, () -> request.accept(replacing(free, request, "1.3.6.1.4.1.55555.2")));
    }

    /** A request with the nonce of one that names a policy, but without the policy, answered under another. */
    private byte[] replacing(TimestampRequest free, TimestampRequest asked, String policy) {
        try {
            var read = new org.bouncycastle.tsp.TimeStampRequest(asked.encode());
            var generator = new org.bouncycastle.tsp.TimeStampRequestGenerator();
            generator.setCertReq(true);
            byte[] bare = generator
                    .generate(read.getMessageImprintAlgOID(), read.getMessageImprintDigest(), read.getNonce())
                    .getEncoded();
            assertTrue(free.encode().length > 0);
            return authority.answer(bare, START.plusSeconds(1), authority.certificate, policy);
        } catch (java.io.IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aRefusingAuthorityIsQuoted() throws Exception {
        byte[] refusal = new org.bouncycastle.tsp.TimeStampResponseGenerator(null, Set.of())
                .generateFailResponse(2, 1 << 25, "the clock is not in order")
                .getEncoded();
        VerificationException e = assertThrows(
                VerificationException.class,
                () -> TimestampRequest.over(NOTE, null, random).accept(refusal));
        assertEquals(Reason.SIGNATURE_MISSING, e.reason());
        assertTrue(e.sentence().contains("the clock is not in order"), e.sentence());
    }

    @Test
    void garbageIsRefused() throws VerificationException {
        refused(
                Reason.MALFORMED,
                () -> TimestampRequest.over(NOTE, null, random).accept(new byte[] {1, 2, 3}));
        refused(Reason.MALFORMED, () -> TimestampToken.parse("token".getBytes(UTF_8)));
        byte[] token = stamp(authority, NOTE, START).encode();
        refused(Reason.MALFORMED, () -> TimestampToken.parse(Arrays.copyOf(token, token.length - 5)));
    }

    @Test
    void aChangedByteInTheSignatureIsFound() throws VerificationException {
        byte[] token = stamp(authority, NOTE, START).encode();
        token[token.length - 1] ^= 1;
        refused(Reason.SIGNATURE_INVALID, () -> TimestampToken.parse(token));
    }

    @Test
    void aTimeOutsideTheAuthoritysCertificateIsRefused() {
        TimestampRequest request = TimestampRequest.over(NOTE, null, random);
        byte[] late = authority.answer(request.encode(), START.plus(Duration.ofDays(101)));
        refused(Reason.CERTIFICATE_INVALID, () -> request.accept(late));
    }

    @Test
    void aCertificateForAnotherUseIsRefused() {
        PlayedAuthority server = PlayedAuthority.from(START, Duration.ofDays(10), KeyPurposeId.id_kp_serverAuth);
        TimestampRequest request = TimestampRequest.over(NOTE, null, random);
        // the library itself refuses to sign with such a certificate, so another's token is not even made
        assertThrows(
                RuntimeException.class, () -> request.accept(server.answer(request.encode(), START.plusSeconds(1))));
    }

    @Test
    void theChainIsJudgedAtTheTimeOfTheTokenAndNotNow() throws VerificationException {
        Instant longAgo = Instant.parse("2001-05-01T00:00:00Z");
        PlayedAuthority old = PlayedAuthority.from(longAgo, Duration.ofDays(30));
        TimestampToken token = stamp(old, NOTE, longAgo.plusSeconds(5));
        assertEquals(old.issuer, TimestampTrust.of(List.of(old.issuer)).check(token));
    }

    @Test
    void anUnknownAuthorityIsNotTrusted() throws VerificationException {
        PlayedAuthority stranger = PlayedAuthority.from(START, Duration.ofDays(10));
        TimestampToken token = stamp(stranger, NOTE, START.plusSeconds(1));
        refused(
                Reason.KEY_UNKNOWN,
                () -> TimestampTrust.of(List.of(authority.issuer)).check(token));
        refused(
                Reason.KEY_UNKNOWN,
                () -> TimestampTrust.ofDigests(Set.of(), List.of()).check(token));
    }

    @Test
    void anIssuerOfTheSameNameWithAnotherKeyIsNotTrusted() throws VerificationException {
        PlayedAuthority impostor = PlayedAuthority.from(START, Duration.ofDays(10));
        X509Certificate real = authority.issuer;
        TimestampToken token = stamp(impostor, NOTE, START.plusSeconds(1));
        refused(
                Reason.KEY_UNKNOWN,
                () -> TimestampTrust.ofDigests(Set.of(TimestampTrust.digest(real)), List.of(real))
                        .check(token));
    }

    @Test
    void aRenewedTokenKeepsTheFirstTime() throws VerificationException {
        PlayedAuthority next = PlayedAuthority.from(START.plus(Duration.ofDays(50)), Duration.ofDays(1000));
        TimestampChain chain = TimestampChain.of(stamp(authority, NOTE, START.plusSeconds(7)));
        TimestampChain renewed = chain.renewedBy(stamp(next, chain.renewalDigest(), START.plus(Duration.ofDays(90))));
        TimestampTrust both = TimestampTrust.of(List.of(authority.issuer, next.issuer));
        TimestampChain.Attested attested = TimestampChain.parse(
                        renewed.tokens().stream().map(TimestampToken::encode).toList())
                .verify(NOTE, both);
        assertEquals(START.plusSeconds(7), attested.time());
        assertEquals(next.certificate.getNotAfter().toInstant(), attested.goodUntil());
        refused(Reason.KEY_UNKNOWN, () -> renewed.verify(NOTE, TimestampTrust.of(List.of(authority.issuer))));
        refused(Reason.DIGEST_MISMATCH, () -> renewed.verify(Digests.sha256(NOTE), both));
    }

    @Test
    void aRenewalThatCameTooLateOrStampsSomethingElseIsRefused() throws VerificationException {
        PlayedAuthority next = PlayedAuthority.from(START, Duration.ofDays(1000));
        TimestampChain chain = TimestampChain.of(stamp(authority, NOTE, START.plusSeconds(7)));
        byte[] digest = chain.renewalDigest();
        refused(
                Reason.CERTIFICATE_INVALID,
                () -> chain.renewedBy(stamp(next, digest, START.plus(Duration.ofDays(101)))));
        refused(Reason.CLOCK_SKEW, () -> chain.renewedBy(stamp(next, digest, START.plusSeconds(1))));
        refused(Reason.DIGEST_MISMATCH, () -> chain.renewedBy(stamp(next, NOTE, START.plusSeconds(8))));
    }
}
