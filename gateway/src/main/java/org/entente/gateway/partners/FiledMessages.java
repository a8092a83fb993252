package org.entente.gateway.partners;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.entente.crypto.Base64Url;
import org.entente.crypto.VerificationException;
import org.entente.crypto.keys.Certificates;
import org.entente.crypto.message.Content;
import org.entente.crypto.message.GatewayProfile;
import org.entente.crypto.message.Headers;
import org.entente.crypto.message.HttpRequestMessage;
import org.entente.crypto.message.HttpResponseMessage;
import org.entente.crypto.message.Signed;
import org.entente.crypto.message.VerifiedSignature;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;

/** Signed messages that come in another way than over a connection. Pure: a node and a desk in a folder let in the same ones. */
public final class FiledMessages {
    private static final int NONCE_BYTES = 16;

    private FiledMessages() {}

    /**
     * How old a message in a file may be, and how far ahead the sender's clock.
     *
     * @param validity how long ago it may have been signed
     */
    public record Tolerance(Duration validity, Duration clockSkew) {}

    /**
     * Lets in a message that came as a sealed file. There is no connection to judge, and days may have passed since it was signed: it
     * is verified at the time that it names itself, under the sender's current card.
     *
     * @throws EntenteException naming the check that failed
     * @throws VerificationException if the signature does not hold
     */
    static AuthenticatedCall verify(
            Identity own,
            Partner partner,
            HttpRequestMessage request,
            byte[] body,
            boolean exchange,
            Tolerance tolerance,
            Instant now)
            throws VerificationException {
        if (!request.targetUri().startsWith(own.baseUri() + "/")) {
            throw new EntenteException(
                    ErrorCode.FILE_UNUSABLE,
                    "The message is addressed to " + request.targetUri() + ", and this node is " + own.baseUri() + ".");
        }
        Instant created = GatewayProfile.created(request.headers());
        if (created.plus(tolerance.validity()).isBefore(now)) {
            throw new EntenteException(
                    ErrorCode.REQUEST_EXPIRED,
                    "The message was signed at " + created + "; messages in files are taken for "
                            + tolerance.validity().toDays() + " days.");
        }
        if (created.isAfter(now.plus(tolerance.clockSkew()))) {
            throw new EntenteException(
                    ErrorCode.CLOCK_SKEW, "The message says " + created + ", and the clock here " + now + ".");
        }
        VerifiedSignature signature = verify(request, exchange, partner, tolerance.clockSkew(), created);
        return new AuthenticatedCall(partner, cardOf(signature), request, signature, body, null);
    }

    /**
     * The same for somebody who keeps no address of the sender to follow its cards.
     *
     * @throws EntenteException naming the check that failed
     */
    public static AuthenticatedCall admit(
            Identity own,
            Partner partner,
            HttpRequestMessage request,
            byte[] body,
            boolean exchange,
            Tolerance tolerance,
            Instant now) {
        try {
            return verify(own, partner, request, body, exchange, tolerance, now);
        } catch (VerificationException e) {
            throw Refusals.of(e);
        }
    }

    /** The key must be one of the very partner that counts at that time, and its current card valid then. */
    static VerifiedSignature verify(
            HttpRequestMessage request, boolean exchange, Partner partner, Duration clockSkew, Instant at)
            throws VerificationException {
        Card card = partner.card();
        if (at.isAfter(card.validUntil())) {
            throw new EntenteException(
                    ErrorCode.CERTIFICATE_EXPIRED,
                    "The card of " + partner.party() + " was valid until " + card.validUntil()
                            + ", and the clock here says " + at + ".",
                    Map.of("check", "card validity", "clock", at.toString()));
        }
        VerifiedSignature signature =
                GatewayProfile.verifyRequest(request, exchange, at, clockSkew, partner.keysAt(at));
        Card signedUnder =
                partner.card(cardOf(signature)).map(CardDocument::card).orElse(card);
        Certificates.checkValid(signedUnder.signing().getFirst().certificate(), at);
        return signature;
    }

    /** Digest of the card under which a message was signed. */
    static String cardOf(VerifiedSignature signature) {
        return signature.keyid().substring(0, signature.keyid().indexOf('/'));
    }

    /**
     * Signs the answer to a call.
     *
     * @param headers all its fields but the digest and the signature; {@code content-type} where there is content
     */
    public static HttpResponseMessage sign(
            Identity own, AuthenticatedCall call, int status, Headers headers, byte[] body, Instant now) {
        HttpResponseMessage unsigned = new HttpResponseMessage(status, headers, Content.of(body));
        boolean exchange =
                headers.has("entente-exchange") && call.request().headers().has("entente-exchange");
        return unsigned.plus(GatewayProfile.signResponse(unsigned, call.request(), exchange, own.signers(), now)
                .headers());
    }

    /**
     * Signs a request with a new nonce.
     *
     * @param pathAndQuery percent-encoded, from the slash on
     * @param headers what the call needs beside digest and signature; {@code content-type} where there is a body
     */
    public static PartnerClient.Prepared prepare(
            Identity own,
            Partner partner,
            String method,
            String pathAndQuery,
            Headers headers,
            byte[] body,
            boolean exchange,
            Instant now,
            SecureRandom random) {
        HttpRequestMessage unsigned =
                new HttpRequestMessage(method, partner.card().node() + pathAndQuery, headers, Content.of(body));
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        Signed signed = GatewayProfile.signRequest(unsigned, exchange, own.signers(), now, Base64Url.encode(nonce));
        return new PartnerClient.Prepared(unsigned.plus(signed.headers()), signed, body, exchange);
    }

    /**
     * Opens an answer that came as a sealed file: its signature is verified at the time that it names itself.
     *
     * @param request as it was sent
     * @throws EntenteException {@code partner-answer-invalid}
     */
    public static PartnerClient.Answered open(
            Partner partner,
            HttpRequestMessage request,
            boolean exchange,
            HttpResponseMessage response,
            byte[] body,
            Duration clockSkew) {
        try {
            VerifiedSignature signature = GatewayProfile.verifyResponse(
                    response,
                    request,
                    exchange,
                    GatewayProfile.created(response.headers()),
                    clockSkew,
                    partner.answerKeys());
            return new PartnerClient.Answered(response, signature, cardOf(signature), body);
        } catch (VerificationException e) {
            throw Failures.invalid(partner, response, body, e);
        }
    }
}
