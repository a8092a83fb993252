package org.entente.gateway.partners;

import jakarta.inject.Provider;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.security.SecureRandom;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.entente.crypto.VerificationException;
import org.entente.crypto.message.Content;
import org.entente.crypto.message.GatewayProfile;
import org.entente.crypto.message.Headers;
import org.entente.crypto.message.HttpRequestMessage;
import org.entente.crypto.message.HttpResponseMessage;
import org.entente.crypto.message.Signed;
import org.entente.crypto.message.VerifiedSignature;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.EntenteSettings;
import org.entente.gateway.base.LimitSettings;
import org.entente.gateway.base.OutboundSettings;

/**
 * Signed calls to partners, over TLS 1.3 with both sides' certificates. Calls block; run them on virtual threads. An answer
 * whose signature does not hold is no answer.
 */
@Singleton
public final class PartnerClient {
    private final PartnerConnections connections;
    private final Partners partners;
    private final CardFollower follower;
    private final NodeIdentity identity;
    private final EntenteSettings settings;
    private final OutboundSettings outbound;
    private final LimitSettings limits;
    private final SecureRandom random;
    private final Clock clock;
    private final Provider<StartConfirmation> confirmation;
    private final Revocations revocations;

    PartnerClient(
            PartnerConnections connections,
            Partners partners,
            CardFollower follower,
            NodeIdentity identity,
            EntenteSettings settings,
            OutboundSettings outbound,
            LimitSettings limits,
            SecureRandom random,
            Clock clock,
            Provider<StartConfirmation> confirmation,
            Revocations revocations) {
        this.connections = connections;
        this.partners = partners;
        this.follower = follower;
        this.identity = identity;
        this.settings = settings;
        this.outbound = outbound;
        this.limits = limits;
        this.random = random;
        this.clock = clock;
        this.confirmation = confirmation;
        this.revocations = revocations;
    }

    /**
     * A request, signed and ready to be sent.
     *
     * @param request with all its fields, as it will cross the wire
     * @param exchange whether it asks for data under an agreement
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    public record Prepared(HttpRequestMessage request, Signed signed, byte[] body, boolean exchange) {}

    /**
     * A partner's answer whose signature holds.
     *
     * @param response with all its fields, as they crossed the wire
     * @param cardDigest base64url digest of the card whose key signed; an earlier one where an old answer is repeated
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    public record Answered(HttpResponseMessage response, VerifiedSignature signature, String cardDigest, byte[] body) {}

    /**
     * Signs a request with a new nonce.
     *
     * @param pathAndQuery percent-encoded, from the slash on
     * @param headers what the call needs beside digest and signature; {@code content-type} where there is a body
     */
    public Prepared prepare(
            Partner partner, String method, String pathAndQuery, Headers headers, byte[] body, boolean exchange) {
        return FiledMessages.prepare(
                identity, partner, method, pathAndQuery, headers, body, exchange, clock.instant(), random);
    }

    /**
     * Sends a request and verifies the answer's signature. What the answer says, with whatever status, is the caller's to
     * judge.
     *
     * @throws EntenteException {@code partner-unreachable} or {@code partner-answer-invalid}, naming partner and cause
     */
    public Answered send(Partner partner, Prepared prepared) {
        if (!PlainReads.isOne(prepared.request())) {
            confirmation.get().require(partner);
        }
        HttpResponse<byte[]> raw =
                prepared.exchange() ? inTurn(partner.party(), prepared) : exchange(partner.party(), prepared);
        Partner now = partners.find(partner.party()).orElse(partner);
        checkServer(now, raw);
        HttpResponseMessage response = message(raw);
        try {
            return verify(now, prepared, response, raw.body());
        } catch (VerificationException e) {
            Optional<Partner> renewed =
                    e.reason() == VerificationException.Reason.KEY_UNKNOWN ? follower.followNow(now) : Optional.empty();
            try {
                if (renewed.isPresent()) {
                    return verify(renewed.get(), prepared, response, raw.body());
                }
            } catch (VerificationException again) {
                e.addSuppressed(again);
            }
            throw Failures.invalid(now, response, raw.body(), e);
        }
    }

    /** Whether a call failed because its connection was lost, kept open perhaps since an earlier one: worth a repeat, signed anew. */
    public static boolean isConnectionLost(EntenteException failure) {
        return failure.members().containsKey(Failures.LOST);
    }

    private static HttpResponseMessage message(HttpResponse<byte[]> raw) {
        Headers.Builder headers = Headers.builder();
        raw.headers().map().forEach((name, values) -> values.forEach(value -> headers.add(name, value)));
        return new HttpResponseMessage(raw.statusCode(), headers.build(), Content.of(raw.body()));
    }

    /** An exchange may be answered with what was signed days ago, under an earlier card; anything else is signed now. */
    private Answered verify(Partner partner, Prepared prepared, HttpResponseMessage response, byte[] body)
            throws VerificationException {
        VerifiedSignature signature = GatewayProfile.verifyResponse(
                response,
                prepared.request(),
                prepared.exchange(),
                clock.instant(),
                settings.clockSkew(),
                prepared.exchange() ? partner.answerKeys() : partner.keysAt(clock.instant()));
        revocations.checkSigning(partner, FiledMessages.cardOf(signature), clock.instant());
        return new Answered(response, signature, FiledMessages.cardOf(signature), body);
    }

    /**
     * Opens an answer that came as a sealed file: its signature is verified at the time that it names itself.
     *
     * @param request as it was sent
     * @throws EntenteException {@code partner-answer-invalid}
     */
    public Answered open(
            Partner partner, HttpRequestMessage request, boolean exchange, HttpResponseMessage response, byte[] body) {
        Answered answered = FiledMessages.open(partner, request, exchange, response, body, settings.clockSkew());
        try {
            revocations.checkSigning(partner, answered.cardDigest(), clock.instant());
        } catch (VerificationException e) {
            throw Failures.untrusted(partner.party(), e);
        }
        return answered;
    }

    /** The content at an address of a pinned server, for what proves itself and needs no signature on the message. */
    byte[] fetchUnverified(Partner partner, String pathAndQuery, Headers headers) {
        HttpResponse<byte[]> raw =
                exchange(partner.party(), prepare(partner, "GET", pathAndQuery, headers, new byte[0], false));
        checkServer(partner, raw);
        return raw.body();
    }

    /** Prepares and sends; once more, signed anew, if the connection was lost. */
    public Answered call(
            Partner partner, String method, String pathAndQuery, Headers headers, byte[] body, boolean exchange) {
        try {
            return send(partner, prepare(partner, method, pathAndQuery, headers, body, exchange));
        } catch (EntenteException e) {
            if (!isConnectionLost(e)) {
                throw e;
            }
            return send(partner, prepare(partner, method, pathAndQuery, headers, body, exchange));
        }
    }

    private HttpResponse<byte[]> inTurn(String party, Prepared prepared) {
        Semaphore turns = connections.turns(party);
        awaitTurn(turns, party, prepared);
        try {
            return exchange(party, prepared);
        } finally {
            turns.release();
        }
    }

    private void awaitTurn(Semaphore turns, String party, Prepared prepared) {
        URI target = URI.create(prepared.request().targetUri());
        try {
            if (!turns.tryAcquire(outbound.answerTimeout().toMillis(), TimeUnit.MILLISECONDS)) {
                throw Failures.unreachable(
                        party,
                        target,
                        outbound.exchangesAtOnce() + " exchanges with it are under way"
                                + " (entente.outbound.exchanges-at-once), and none of them ended within "
                                + outbound.answerTimeout().toSeconds() + " s",
                        null);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Failures.unreachable(party, target, "the call was interrupted", e);
        }
    }

    private HttpResponse<byte[]> exchange(String party, Prepared prepared) {
        HttpRequest request = request(prepared);
        if (Card.isByFileOnly(request.uri())) {
            throw Failures.unreachable(
                    party,
                    request.uri(),
                    "its card says that it works with sealed files only; use `ask --sealed` and `agreement send`",
                    null);
        }
        CompletableFuture<HttpResponse<byte[]>> answer =
                connections.to(party).sendAsync(request, head -> new LimitedBody(limits.bodyBytes()));
        try {
            return answer.get(outbound.answerTimeout().toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            answer.cancel(true);
            throw Failures.unreachable(
                    party,
                    request.uri(),
                    "no whole answer within " + outbound.answerTimeout().toSeconds() + " s",
                    e);
        } catch (InterruptedException e) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
            throw Failures.unreachable(party, request.uri(), "the call was interrupted", e);
        } catch (ExecutionException e) {
            throw Failures.of(party, request.uri(), e.getCause() == null ? e : e.getCause());
        }
    }

    private HttpRequest request(Prepared prepared) {
        HttpRequestMessage message = prepared.request();
        HttpRequest.Builder builder = HttpRequest.newBuilder(URI.create(message.targetUri()))
                .method(
                        message.method(),
                        prepared.body().length == 0
                                ? BodyPublishers.noBody()
                                : BodyPublishers.ofByteArray(prepared.body()));
        for (Headers.Field field : message.headers().all()) {
            builder.header(field.name(), field.value());
        }
        return builder.build();
    }

    /** A kept-alive connection does not ask the trust manager again, so the server's certificate is held against the pins here. */
    private void checkServer(Partner partner, HttpResponse<byte[]> raw) {
        try {
            SSLSession session = raw.sslSession().orElseThrow(() -> new IOException("the answer came without TLS"));
            if (!(session.getPeerCertificates()[0] instanceof X509Certificate certificate)) {
                throw new IOException("the server's certificate is not X.509");
            }
            PinnedServer.check(partner, certificate, revocations, clock);
        } catch (CertificateException | SSLPeerUnverifiedException e) {
            throw Failures.of(partner.party(), raw.uri(), e);
        } catch (IOException e) {
            throw Failures.of(partner.party(), raw.uri(), e);
        }
    }
}
