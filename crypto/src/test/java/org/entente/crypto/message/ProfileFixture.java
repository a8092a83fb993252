package org.entente.crypto.message;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.entente.crypto.VerificationException;
import org.entente.crypto.keys.KeyRing;
import org.entente.crypto.keys.SignatureAlgorithm;
import org.entente.crypto.keys.SigningKey;
import org.entente.crypto.keys.VerificationKey;

/** One signer, and messages of it. */
final class ProfileFixture {
    static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    static final String KEYID = "Y2FyZA/signing";
    static final String NONCE = "AAECAwQFBgcICQoLDA0ODw";

    final SigningKey key = KeyRing.generate("ITA", NOW, Duration.ofDays(1), new SecureRandom())
            .signing()
            .key();
    final VerificationKey verifier = VerificationKey.of(SignatureAlgorithm.ECDSA_P256_SHA256, key.publicKey());
    final KeyResolver keys = keyid -> keyid.equals(KEYID) ? Optional.of(verifier) : Optional.empty();

    HttpRequestMessage unsignedRequest() {
        return new HttpRequestMessage(
                "GET",
                "https://ita.example/sdmx/v2/data/provisionagreement/ENTENTE/STOCK/1.0/*?c%5BSEX%5D=F",
                Headers.of(
                        "accept", "application/vnd.sdmx.data+csv;version=2.0.0",
                        "entente-exchange", "019f0000-0000-7000-8000-000000000001",
                        "entente-agreement", "none",
                        "entente-leg", "none",
                        "entente-purpose", "statistics",
                        "entente-requester", "statistician;u=0011223344556677"),
                Content.EMPTY);
    }

    HttpRequestMessage signedRequest() {
        return sign(unsignedRequest(), true);
    }

    HttpRequestMessage signedPost(String body) {
        return sign(
                new HttpRequestMessage(
                        "POST",
                        "https://ita.example/receipts",
                        Headers.of("content-type", "text/plain"),
                        Content.of(body.getBytes(UTF_8))),
                false);
    }

    HttpRequestMessage sign(HttpRequestMessage unsigned, boolean exchange) {
        return unsigned.plus(GatewayProfile.signRequest(unsigned, exchange, KEYID, key, NOW, NONCE)
                .headers());
    }

    HttpResponseMessage signedResponse(HttpRequestMessage request, String body) {
        boolean exchange = request.headers().has("entente-exchange");
        Headers headers = Headers.of("content-type", "text/csv");
        if (exchange) {
            headers = headers.plus(Headers.of(
                    "entente-exchange",
                    request.headers().get("entente-exchange").orElseThrow()));
        }
        HttpResponseMessage unsigned = new HttpResponseMessage(200, headers, Content.of(body.getBytes(UTF_8)));
        return unsigned.plus(GatewayProfile.signResponse(unsigned, request, exchange, KEYID, key, NOW)
                .headers());
    }

    String parameters() {
        return ";created=" + NOW.getEpochSecond() + ";expires=" + (NOW.getEpochSecond() + 100) + ";nonce=\"" + NONCE
                + "\";keyid=\"" + KEYID + "\";tag=\"entente-request\"";
    }

    /** Signs a GET under a description made by hand and verifies it. */
    void verifyCrafted(String description, Headers headers) throws VerificationException {
        Headers before = headers.plus(Headers.of("content-digest", ContentDigest.header(Content.EMPTY)));
        HttpRequestMessage draft = new HttpRequestMessage("GET", "https://ita.example/card", before, Content.EMPTY);
        Headers described = Headers.of("signature-input", "entente=" + description);
        byte[] signature = {};
        try {
            SignatureInput input = SignatureInput.read(
                            before.plus(described).plus(Headers.of("signature", "entente=:AAAA:")))
                    .getFirst();
            signature = key.sign(SignatureBase.of(input, draft));
        } catch (VerificationException e) {
            // a description that cannot be signed is sent with an empty signature and must be refused for what it is
        }
        Headers signed = described.plus(Headers.of("signature", "entente=" + StructuredFields.writeBare(signature)));
        GatewayProfile.verifyRequest(draft.plus(signed), false, NOW, Duration.ofSeconds(60), keys);
    }
}
