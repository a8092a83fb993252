package org.entente.gateway.partners;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.security.cert.CertificateException;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.net.ssl.SSLException;
import org.entente.crypto.VerificationException;
import org.entente.crypto.canonical.CanonicalJson;
import org.entente.crypto.message.HttpResponseMessage;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
import org.jspecify.annotations.Nullable;

/** What went wrong with a call to a partner, in words that name the partner and the cause. */
final class Failures {
    /** Member of the failure of a call whose connection was lost. */
    static final String LOST = "connectionLost";

    private static final int LONGEST_QUOTE = 300;

    private Failures() {}

    static EntenteException of(String party, URI target, Throwable cause) {
        for (Throwable t = cause; t != null; t = t.getCause()) {
            if (t instanceof PinnedServer.UntrustedException untrusted) {
                return untrusted(party, untrusted.failure());
            }
            if (t instanceof LimitedBody.TooLargeException) {
                return new EntenteException(
                        ErrorCode.PARTNER_ANSWER_INVALID,
                        "The answer of " + party + " is not read: " + t.getMessage() + ".",
                        Map.of("partner", party),
                        cause);
            }
        }
        return isLost(cause)
                ? unreachable(
                        party, target, "the connection was lost before its answer was here", cause, Map.of(LOST, true))
                : unreachable(party, target, reason(cause), cause);
    }

    /** A certificate of the partner that its issuer has revoked, or of which that cannot be told. */
    static EntenteException untrusted(String party, VerificationException failure) {
        return new EntenteException(
                Refusals.code(failure.reason()),
                Refusals.capital(failure.sentence()) + ".",
                Map.of("partner", party, "check", "revocation"),
                failure);
    }

    static EntenteException unreachable(String party, URI target, String reason, @Nullable Throwable cause) {
        return unreachable(party, target, reason, cause, Map.of());
    }

    private static EntenteException unreachable(
            String party, URI target, String reason, @Nullable Throwable cause, Map<String, Object> more) {
        Map<String, Object> members = new LinkedHashMap<>(more);
        members.put("partner", party);
        members.put("address", target.getRawAuthority());
        return new EntenteException(
                ErrorCode.PARTNER_UNREACHABLE,
                "The gateway of " + party + " at " + target.getRawAuthority() + " did not answer: " + reason + ".",
                members,
                cause);
    }

    /** A connection that was there and ended: for one that was kept open since an earlier call this is no sign that the partner is down. */
    private static boolean isLost(Throwable failure) {
        for (Throwable t = failure; t != null; t = t.getCause()) {
            if (t instanceof ConnectException
                    || t instanceof UnresolvedAddressException
                    || t instanceof HttpTimeoutException
                    || t instanceof SSLException
                    || t instanceof CertificateException) {
                return false;
            }
        }
        return failure instanceof IOException;
    }

    private static String reason(Throwable failure) {
        for (Throwable t = failure; t != null; t = t.getCause()) {
            if (t instanceof CertificateException certificate) {
                return String.valueOf(certificate.getMessage());
            }
            if (t instanceof HttpConnectTimeoutException) {
                return "no connection within the time limit";
            }
            if (t instanceof UnresolvedAddressException) {
                return "its host name is not known";
            }
            if (t instanceof ConnectException) {
                return "the connection was refused";
            }
        }
        return String.valueOf(failure.getMessage());
    }

    /**
     * An answer whose signature does not hold. If it is an unsigned problem document, as sent before authentication, what it
     * says is passed on as the likely cause, marked as unverified.
     */
    static EntenteException invalid(
            Partner partner, HttpResponseMessage response, byte[] body, VerificationException failure) {
        if (failure.reason() == VerificationException.Reason.CERTIFICATE_REVOKED
                || failure.reason() == VerificationException.Reason.REVOCATION_UNKNOWN) {
            return untrusted(partner.party(), failure);
        }
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("partner", partner.party());
        members.put("status", response.status());
        String detail = "The answer of " + partner.party() + " (HTTP " + response.status() + ") is not accepted: "
                + failure.sentence() + ".";
        String said = unverified(response, body, members);
        return new EntenteException(ErrorCode.PARTNER_ANSWER_INVALID, detail + said, members, failure);
    }

    private static String unverified(HttpResponseMessage response, byte[] body, Map<String, Object> members) {
        boolean problem = response.headers()
                .get("content-type")
                .filter(type -> type.startsWith("application/problem+json"))
                .isPresent();
        if (!problem) {
            return "";
        }
        try {
            JsonNode document = CanonicalJson.parseStrict(body);
            String type = quote(document.path("type").asText());
            members.put("unverifiedType", type);
            return " It says, unsigned and therefore not to be relied on: " + type + " "
                    + quote(document.path("detail").asText());
        } catch (IllegalArgumentException e) {
            return "";
        }
    }

    /** Somebody else's text in our message: short, and without control characters. */
    private static String quote(String text) {
        String clean = text.replaceAll("\\p{Cntrl}", " ");
        return clean.length() > LONGEST_QUOTE ? clean.substring(0, LONGEST_QUOTE) + "..." : clean;
    }
}
