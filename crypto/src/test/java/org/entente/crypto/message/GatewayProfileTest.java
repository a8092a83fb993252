package org.entente.crypto.message;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.entente.crypto.VerificationException;
import org.entente.crypto.VerificationException.Reason;
import org.entente.crypto.keys.SignatureAlgorithm;
import org.entente.crypto.keys.SigningKey;
import org.entente.crypto.keys.VerificationKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class GatewayProfileTest {
    private static final Duration SKEW = Duration.ofSeconds(60);
    private final ProfileFixture fixture = new ProfileFixture();
    private final Instant now = ProfileFixture.NOW;

    private static void refused(Reason reason, Executable check) {
        VerificationException refusal = assertThrows(VerificationException.class, check);
        assertEquals(reason, refusal.reason(), refusal.sentence());
    }

    private VerifiedSignature verify(HttpRequestMessage request, Instant at) throws VerificationException {
        return GatewayProfile.verifyRequest(request, true, at, SKEW, fixture.keys);
    }

    @Test
    void aSignedExchangeRequestIsVerifiedWithItsParameters() throws VerificationException {
        HttpRequestMessage request = fixture.signedRequest();
        VerifiedSignature verified = verify(request, now.plusSeconds(30));
        assertEquals(ProfileFixture.KEYID, verified.keyid());
        assertEquals(ProfileFixture.NONCE, verified.nonce());
        assertEquals(now, verified.created());
        assertEquals(now.plusSeconds(120), verified.expires());
        assertTrue(new String(verified.base(), UTF_8)
                .contains("\"entente-requester\": statistician;u=0011223344556677\n"));
    }

    @Test
    void theSignatureBaseIsExactlyTheStandards() throws VerificationException {
        HttpRequestMessage get =
                new HttpRequestMessage("GET", "https://ita.example/card", Headers.EMPTY, Content.EMPTY);
        Signed signed =
                GatewayProfile.signRequest(get, false, ProfileFixture.KEYID, fixture.key, now, ProfileFixture.NONCE);
        assertEquals("""
                "@method": GET
                "@target-uri": https://ita.example/card
                "content-digest": sha-256=:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=:
                "@signature-params": ("@method" "@target-uri" "content-digest");created=1772366400;expires=1772366520;\
                nonce="AAECAwQFBgcICQoLDA0ODw";keyid="Y2FyZA/signing";tag="entente-request\"""", new String(signed.base(), UTF_8));
    }

    @Test
    void aTamperedBodyIsRefused() {
        HttpRequestMessage good = fixture.signedPost("body");
        refused(
                Reason.DIGEST_MISMATCH,
                () -> GatewayProfile.verifyRequest(
                        new HttpRequestMessage(
                                good.method(), good.targetUri(), good.headers(), Content.of("bodY".getBytes(UTF_8))),
                        false,
                        now,
                        SKEW,
                        fixture.keys));
    }

    @Test
    void clocksTenMinutesApartAreRefusedBothWays() throws VerificationException {
        HttpRequestMessage request = fixture.signedRequest();
        refused(Reason.CLOCK_SKEW, () -> verify(request, now.minusSeconds(600)));
        refused(Reason.EXPIRED, () -> verify(request, now.plusSeconds(600)));
        verify(request, now.minusSeconds(60));
        verify(request, now.plusSeconds(180));
        refused(Reason.EXPIRED, () -> verify(request, now.plusSeconds(181)));
    }

    @Test
    void anUnknownKeyIsRefused() {
        refused(
                Reason.KEY_UNKNOWN,
                () -> GatewayProfile.verifyRequest(fixture.signedRequest(), true, now, SKEW, id -> Optional.empty()));
    }

    @Test
    void anotherKeysSignatureIsRefused() {
        VerificationKey other =
                VerificationKey.of(SignatureAlgorithm.ECDSA_P256_SHA256, new ProfileFixture().key.publicKey());
        refused(
                Reason.SIGNATURE_INVALID,
                () -> GatewayProfile.verifyRequest(fixture.signedRequest(), true, now, SKEW, id -> Optional.of(other)));
    }

    @Test
    void anUnsignedMessageIsRefused() {
        refused(Reason.COMPONENTS_MISSING, () -> verify(fixture.unsignedRequest(), now));
        HttpRequestMessage digestOnly =
                fixture.unsignedRequest().plus(Headers.of("content-digest", ContentDigest.header(Content.EMPTY)));
        refused(Reason.SIGNATURE_MISSING, () -> verify(digestOnly, now));
    }

    @Test
    void aHeaderThatMustBeSignedCannotBeLeftOut() {
        for (String field : GatewayProfile.EXCHANGE_FIELDS) {
            HttpRequestMessage whole = fixture.unsignedRequest();
            HttpRequestMessage less = new HttpRequestMessage(
                    whole.method(), whole.targetUri(), whole.headers().without(field), whole.content());
            assertThrows(IllegalArgumentException.class, () -> fixture.sign(less, true));
            refused(Reason.COMPONENTS_MISSING, () -> verify(fixture.sign(less, false), now));
        }
    }

    @Test
    void aHeaderOfAnExchangeAddedAfterSigningIsRefused() {
        HttpRequestMessage request = fixture.signedPost("x").plus(Headers.of("entente-exchange", "another"));
        refused(Reason.COMPONENTS_MISSING, () -> GatewayProfile.verifyRequest(request, false, now, SKEW, fixture.keys));
    }

    @Test
    void contentNeedsItsTypeAndNoContentHasNone() {
        HttpRequestMessage untyped = new HttpRequestMessage(
                "POST", "https://ita.example/receipts", Headers.EMPTY, Content.of(new byte[] {1}));
        assertThrows(IllegalArgumentException.class, () -> fixture.sign(untyped, false));
        String covered = "(\"@method\" \"@target-uri\" \"content-digest\" \"content-type\")";
        refused(
                Reason.COMPONENTS_UNEXPECTED,
                () -> fixture.verifyCrafted(covered + fixture.parameters(), Headers.of("content-type", "text/plain")));
    }

    @Test
    void wrongParametersAreRefused() throws VerificationException {
        String covered = "(\"@method\" \"@target-uri\" \"content-digest\")";
        String good = fixture.parameters();
        fixture.verifyCrafted(covered + good, Headers.EMPTY);
        for (String wrong : List.of(
                good + ";alg=\"ecdsa-p256-sha256\"",
                good + ";extra=1",
                good.replaceFirst(";nonce=\"[^\"]*\"", ""),
                good.replaceFirst(";expires=[0-9]*", ""),
                good.replaceFirst("nonce=\"[^\"]*\"", "nonce=\"AAECAwQFBgcICQoLDA0O\""),
                good.replaceFirst("nonce=\"[^\"]*\"", "nonce=\"AAECAwQFBgcICQoLDA0ODx\""),
                good.replaceFirst("nonce=\"[^\"]*\"", "nonce=\"AAECAwQFBgcICQoLDA0ODw==\""),
                good.replaceFirst("expires=[0-9]*", "expires=" + (now.getEpochSecond() + 301)),
                good.replaceFirst("expires=[0-9]*", "expires=" + now.getEpochSecond()),
                good.replaceFirst("created=[0-9]*", "created=\"now\""))) {
            refused(Reason.PARAMETERS_WRONG, () -> fixture.verifyCrafted(covered + wrong, Headers.EMPTY));
        }
        refused(
                Reason.SIGNATURE_MISSING,
                () -> fixture.verifyCrafted(covered + good.replace("entente-request", "other"), Headers.EMPTY));
    }

    @Test
    void wrongComponentsAreRefused() {
        String good = fixture.parameters();
        refused(Reason.COMPONENTS_MISSING, () -> fixture.verifyCrafted("()" + good, Headers.EMPTY));
        refused(
                Reason.MALFORMED,
                () -> fixture.verifyCrafted(
                        "(\"@method\" \"@method\" \"@target-uri\" \"content-digest\")" + good, Headers.EMPTY));
        refused(
                Reason.COMPONENTS_MISSING,
                () -> fixture.verifyCrafted(
                        "(\"@method\";req \"@target-uri\" \"content-digest\")" + good, Headers.EMPTY));
        refused(
                Reason.COMPONENTS_UNEXPECTED,
                () -> fixture.verifyCrafted(
                        "(\"@method\" \"@target-uri\" \"content-digest\" \"x\")" + good, Headers.of("x", "1")));
    }

    @Test
    void aSecondSignatureThatNobodyAskedForIsRefused() {
        HttpRequestMessage request = fixture.signedPost("x");
        Headers more = request.headers()
                .with(
                        "signature-input",
                        request.headers().get("signature-input").orElseThrow() + ", other=();tag=\"x\"")
                .with("signature", request.headers().get("signature").orElseThrow() + ", other=:AAAA:");
        refused(
                Reason.SIGNATURE_UNEXPECTED,
                () -> GatewayProfile.verifyRequest(
                        new HttpRequestMessage(request.method(), request.targetUri(), more, request.content()),
                        false,
                        now,
                        SKEW,
                        fixture.keys));
    }

    @Test
    void aCompanionThatTheCardListsCannotBeStripped() throws VerificationException {
        SigningKey pq = SigningKey.mlDsa(SignatureAlgorithm.ML_DSA_65, new byte[32]);
        MessageSigner companion = new MessageSigner(SignatureSlot.POST_QUANTUM, "Y2FyZA/pq", pq);
        KeyResolver keys = new KeyResolver() {
            @Override
            public Optional<VerificationKey> resolve(String keyid) {
                return fixture.keys.resolve(keyid);
            }

            @Override
            public List<Companion> companions(String keyid) {
                return List.of(new Companion(
                        SignatureSlot.POST_QUANTUM,
                        "Y2FyZA/pq",
                        VerificationKey.of(SignatureAlgorithm.ML_DSA_65, pq.publicKey())));
            }
        };
        HttpRequestMessage unsigned = fixture.unsignedRequest();
        Signed both = GatewayProfile.signRequest(
                unsigned,
                true,
                List.of(MessageSigner.primary(ProfileFixture.KEYID, fixture.key), companion),
                now,
                ProfileFixture.NONCE);
        VerifiedSignature verified = GatewayProfile.verifyRequest(unsigned.plus(both.headers()), true, now, SKEW, keys);
        assertArrayEquals(both.base(), verified.base());
        refused(
                Reason.SIGNATURE_MISSING,
                () -> GatewayProfile.verifyRequest(fixture.signedRequest(), true, now, SKEW, keys));
        refused(
                Reason.SIGNATURE_UNEXPECTED,
                () -> GatewayProfile.verifyRequest(unsigned.plus(both.headers()), true, now, SKEW, fixture.keys));
    }

    @Test
    void aResponseIsBoundToItsRequest() throws VerificationException {
        HttpRequestMessage request = fixture.signedRequest();
        HttpResponseMessage response = fixture.signedResponse(request, "a,b\n1,2\n");
        Instant threeDaysLater = now.plus(Duration.ofDays(3));
        VerifiedSignature verified =
                GatewayProfile.verifyResponse(response, request, true, threeDaysLater, SKEW, fixture.keys);
        assertNull(verified.expires());
        HttpRequestMessage other = fixture.sign(
                new HttpRequestMessage(
                        "GET",
                        request.targetUri() + "x",
                        fixture.unsignedRequest().headers(),
                        Content.EMPTY),
                true);
        refused(
                Reason.SIGNATURE_INVALID,
                () -> GatewayProfile.verifyResponse(response, other, true, now, SKEW, fixture.keys));
        HttpRequestMessage otherExchange = new HttpRequestMessage(
                "GET", request.targetUri(), request.headers().with("entente-exchange", "another"), Content.EMPTY);
        refused(
                Reason.SIGNATURE_INVALID,
                () -> GatewayProfile.verifyResponse(response, otherExchange, true, now, SKEW, fixture.keys));
    }

    @Test
    void aChangedStatusOrExchangeOfAResponseIsRefused() {
        HttpRequestMessage request = fixture.signedRequest();
        HttpResponseMessage good = fixture.signedResponse(request, "a,b\n1,2\n");
        refused(
                Reason.SIGNATURE_INVALID,
                () -> GatewayProfile.verifyResponse(
                        new HttpResponseMessage(203, good.headers(), good.content()),
                        request,
                        true,
                        now,
                        SKEW,
                        fixture.keys));
        refused(
                Reason.SIGNATURE_INVALID,
                () -> GatewayProfile.verifyResponse(
                        new HttpResponseMessage(200, good.headers().with("entente-exchange", "x"), good.content()),
                        request,
                        true,
                        now,
                        SKEW,
                        fixture.keys));
        refused(
                Reason.COMPONENTS_MISSING,
                () -> GatewayProfile.verifyResponse(
                        new HttpResponseMessage(200, good.headers().without("entente-exchange"), good.content()),
                        request,
                        true,
                        now,
                        SKEW,
                        fixture.keys));
        refused(
                Reason.CLOCK_SKEW,
                () -> GatewayProfile.verifyResponse(good, request, true, now.minusSeconds(600), SKEW, fixture.keys));
    }

    @Test
    void anOldResponseToACallWithoutAnExchangeIdIsRefused() throws VerificationException {
        HttpRequestMessage request = fixture.signedPost("x");
        HttpResponseMessage response = fixture.signedResponse(request, "ok");
        GatewayProfile.verifyResponse(response, request, false, now.plusSeconds(300), SKEW, fixture.keys);
        refused(
                Reason.EXPIRED,
                () -> GatewayProfile.verifyResponse(
                        response, request, false, now.plusSeconds(600), SKEW, fixture.keys));
    }

    @Test
    void aLineBreakInACoveredValueIsRefused() {
        HttpRequestMessage request =
                new HttpRequestMessage("GET", "https://ita.example/\n\"x\": y", Headers.EMPTY, Content.EMPTY);
        assertThrows(IllegalArgumentException.class, () -> fixture.sign(request, false));
    }
}
