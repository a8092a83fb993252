package org.entente.gateway.partners;

import io.micrometer.core.instrument.MeterRegistry;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MutableHttpResponse;
import jakarta.inject.Provider;
import jakarta.inject.Singleton;
import java.net.URI;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.entente.crypto.VerificationException;
import org.entente.crypto.keys.Certificates;
import org.entente.crypto.message.Content;
import org.entente.crypto.message.Headers;
import org.entente.crypto.message.HttpRequestMessage;
import org.entente.crypto.message.HttpResponseMessage;
import org.entente.crypto.message.VerifiedSignature;
import org.entente.gateway.base.ClientCertificate;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.EntenteSettings;
import org.entente.gateway.base.ErrorCode;
import org.entente.gateway.base.LimitSettings;

/**
 * The door through which partners' calls come in. Checked for every call, on kept-alive connections too: the TLS certificate
 * against the live pins and the clock, then the message. What does not pass is refused without a signature and counted; it
 * is no answer.
 */
@Singleton
public final class NodeDoor {
    private static final String REFUSED = "entente.door.refused";
    private static final String CALL = NodeDoor.class.getName();

    private final Partners partners;
    private final NodeIdentity identity;
    private final Nonces nonces;
    private final CardFollower follower;
    private final EntenteSettings settings;
    private final LimitSettings limits;
    private final Clock clock;
    private final MeterRegistry meters;
    private final Provider<StartConfirmation> confirmation;
    private final Revocations revocations;

    NodeDoor(
            Partners partners,
            NodeIdentity identity,
            Nonces nonces,
            CardFollower follower,
            EntenteSettings settings,
            LimitSettings limits,
            Clock clock,
            MeterRegistry meters,
            Provider<StartConfirmation> confirmation,
            Revocations revocations) {
        this.partners = partners;
        this.identity = identity;
        this.nonces = nonces;
        this.follower = follower;
        this.settings = settings;
        this.limits = limits;
        this.clock = clock;
        this.meters = meters;
        this.confirmation = confirmation;
        this.revocations = revocations;
    }

    /**
     * Lets a call in or refuses it.
     *
     * @param body its content, empty if there is none
     * @param exchange whether the route answers requests for data under an agreement
     * @throws EntenteException naming the check that failed; with {@code certificate-...} also certificate and clock
     */
    public AuthenticatedCall authenticate(HttpRequest<?> request, byte[] body, boolean exchange) {
        X509Certificate certificate = ClientCertificate.of(request)
                .orElseThrow(() -> new EntenteException(
                        ErrorCode.PLAIN_TEXT_REFUSED, "The call reached a node route without a client certificate."));
        Headers.Builder headers = Headers.builder();
        request.getHeaders().forEach((name, values) -> values.forEach(value -> headers.add(name, value)));
        AuthenticatedCall call = authenticate(
                request.getMethodName(), pathAndQuery(request.getUri()), headers.build(), body, certificate, exchange);
        if (!exchange) {
            request.setAttribute(CALL, call);
        }
        return call;
    }

    /** The call as which a request was let in; nothing on routes of exchanges. */
    static Optional<AuthenticatedCall> callOf(HttpRequest<?> request) {
        return request.getAttribute(CALL, AuthenticatedCall.class);
    }

    /** Path and query exactly as they stood in the request line. */
    private static String pathAndQuery(URI uri) {
        return uri.getRawQuery() == null ? uri.getRawPath() : uri.getRawPath() + "?" + uri.getRawQuery();
    }

    /** As above, for a message that came in another way than by this listener. */
    AuthenticatedCall authenticate(
            String method,
            String pathAndQuery,
            Headers headers,
            byte[] body,
            X509Certificate certificate,
            boolean exchange) {
        try {
            if (body.length > limits.bodyBytes()) {
                throw new EntenteException(
                        ErrorCode.BODY_TOO_LARGE,
                        "The body has " + body.length + " bytes; this node reads " + limits.bodyBytes() + ".");
            }
            Instant now = clock.instant();
            Partner partner = checkCertificate(certificate, now);
            HttpRequestMessage request =
                    new HttpRequestMessage(method, identity.baseUri() + pathAndQuery, headers, Content.of(body));
            VerifiedSignature signature = verify(request, exchange, partner, now);
            nonces.refuseSeen(signature);
            requireConfirmed(partner, request);
            return new AuthenticatedCall(
                    partner, FiledMessages.cardOf(signature), request, signature, body, certificate);
        } catch (EntenteException e) {
            meters.counter(REFUSED, "code", e.code().code()).increment();
            throw e;
        }
    }

    /** Nothing but plain reads is answered before the partner has said what it has seen of this node's journal. */
    private void requireConfirmed(Partner partner, HttpRequestMessage request) {
        if (PlainReads.isOne(request)) {
            return;
        }
        try {
            confirmation.get().require(partner);
        } catch (EntenteException e) {
            // What keeps this node from asking is its own matter: a caller that read `certificate-revoked` would take
            // it for its own refusal.
            if (e.code() != ErrorCode.JOURNAL_UNAVAILABLE && e.code() != ErrorCode.DATABASE_UNAVAILABLE) {
                throw new EntenteException(
                        ErrorCode.PARTNER_UNCONFIRMED,
                        "This node has started and could not yet ask " + partner.party()
                                + " what it has seen of this node's journal: " + e.detail(),
                        Map.of("partner", partner.party(), "retryAfterSeconds", 2),
                        e);
            }
            throw e;
        }
    }

    /**
     * Lets in a message that came as a sealed file. There is no connection to judge, and days may have passed since it was signed: it
     * is verified at the time that it names itself, under the sender's current card.
     *
     * @param party who is said to have signed it
     * @param validity how long ago it may have been signed
     * @throws EntenteException naming the check that failed
     */
    public AuthenticatedCall authenticateFiled(
            String party, HttpRequestMessage request, byte[] body, boolean exchange, Duration validity) {
        Partner partner = partners.require(party);
        Instant now = clock.instant();
        try {
            AuthenticatedCall call = FiledMessages.verify(
                    identity,
                    partner,
                    request,
                    body,
                    exchange,
                    new FiledMessages.Tolerance(validity, settings.clockSkew()),
                    now);
            requireNotRevoked(partner, call.signature(), now);
            return call;
        } catch (VerificationException e) {
            throw refused(partner, e);
        }
    }

    private Partner checkCertificate(X509Certificate certificate, Instant now) {
        Partner partner = partners.byTlsCertificate(certificate)
                .orElseThrow(() -> refused(
                        ErrorCode.CERTIFICATE_NOT_PINNED,
                        "The certificate " + Certificates.describe(certificate) + " stands on no imported card.",
                        "pin",
                        certificate,
                        now));
        if (!partner.isPinned(certificate)) {
            throw refused(
                    ErrorCode.CERTIFICATE_NOT_PINNED,
                    "The certificate " + Certificates.describe(certificate) + " is no longer pinned for "
                            + partner.party() + ": its card was replaced or the pin was removed.",
                    "pin",
                    certificate,
                    now);
        }
        try {
            Certificates.checkValid(certificate, now);
        } catch (VerificationException e) {
            throw refused(
                    ErrorCode.CERTIFICATE_EXPIRED, Refusals.capital(e.sentence()) + ".", "validity", certificate, now);
        }
        try {
            revocations.check(partner.party(), certificate, now);
        } catch (VerificationException e) {
            throw refused(
                    Refusals.code(e.reason()), Refusals.capital(e.sentence()) + ".", "revocation", certificate, now);
        }
        return partner;
    }

    private static EntenteException refused(
            ErrorCode code, String detail, String check, X509Certificate certificate, Instant now) {
        return new EntenteException(
                code,
                detail,
                Map.of(
                        "check", check,
                        "certificateSha256", Partner.digest(certificate),
                        "clock", now.toString()));
    }

    /** The key must be one of the very partner that holds the TLS certificate, from its current card. */
    private VerifiedSignature verify(HttpRequestMessage request, boolean exchange, Partner partner, Instant now) {
        try {
            VerifiedSignature signature = FiledMessages.verify(request, exchange, partner, settings.clockSkew(), now);
            requireNotRevoked(partner, signature, now);
            return signature;
        } catch (VerificationException e) {
            throw refused(partner, e);
        }
    }

    private void requireNotRevoked(Partner partner, VerifiedSignature signature, Instant now) {
        try {
            revocations.checkSigning(partner, FiledMessages.cardOf(signature), now);
        } catch (VerificationException e) {
            throw refused(
                    Refusals.code(e.reason()),
                    Refusals.capital(e.sentence()) + ".",
                    "revocation",
                    partner.card().signing().getFirst().certificate(),
                    now);
        }
    }

    /** A key that is not on the card held here may be on the partner's next one. */
    private EntenteException refused(Partner partner, VerificationException e) {
        if (e.reason() == VerificationException.Reason.KEY_UNKNOWN) {
            follower.followLater(partner);
        }
        return Refusals.of(e);
    }

    /**
     * Signs the answer to a call.
     *
     * @param headers all its fields but the digest and the signature; {@code content-type} where there is content
     */
    public HttpResponseMessage sign(AuthenticatedCall call, int status, Headers headers, byte[] body) {
        return FiledMessages.sign(identity, call, status, headers, body, clock.instant());
    }

    /** A signed answer as the framework sends it. */
    public MutableHttpResponse<byte[]> answer(AuthenticatedCall call, int status, String contentType, byte[] body) {
        Headers headers = body.length == 0 ? Headers.EMPTY : Headers.of("content-type", contentType);
        return send(sign(call, status, headers, body), body);
    }

    /** A message as the framework sends it, to the byte. */
    public static MutableHttpResponse<byte[]> send(HttpResponseMessage message, byte[] body) {
        MutableHttpResponse<byte[]> response = HttpResponse.<byte[]>status(HttpStatus.valueOf(message.status()))
                .body(body);
        for (Headers.Field field : message.headers().all()) {
            response.header(field.name(), field.value());
        }
        return response;
    }
}
