package org.entente.gateway.evidence.time;

import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.entente.crypto.VerificationException;
import org.entente.crypto.VerificationException.Reason;
import org.entente.crypto.keys.Certificates;
import org.entente.crypto.timestamp.TimestampRequest;
import org.entente.crypto.timestamp.TimestampToken;
import org.entente.crypto.timestamp.TimestampTrust;
import org.entente.gateway.base.EntenteSettings;
import org.entente.gateway.base.OutboundSettings;

/** Asks a timestamp authority over HTTP (RFC 3161 section 3.4) and believes nothing that it cannot check. */
@Singleton
final class AuthorityClient implements AutoCloseable {
    /** Tokens have one or two kilobytes, with certificates a few more. */
    private static final int MOST_BYTES = 256 * 1024;

    private static final String QUERY = "application/timestamp-query";
    private static final String REPLY = "application/timestamp-reply";

    private final TimestampSettings settings;
    private final Duration skew;
    private final SecureRandom random;
    private final Clock clock;
    private final HttpClient client;

    AuthorityClient(
            TimestampSettings settings,
            EntenteSettings node,
            OutboundSettings outbound,
            SecureRandom random,
            Clock clock) {
        this.settings = settings;
        this.skew = node.clockSkew();
        this.random = random;
        this.clock = clock;
        URI proxy = outbound.proxy();
        this.client = HttpClient.newBuilder()
                .connectTimeout(settings.timeout())
                .followRedirects(HttpClient.Redirect.NEVER)
                .proxy(
                        proxy == null
                                ? HttpClient.Builder.NO_PROXY
                                : ProxySelector.of(
                                        InetSocketAddress.createUnresolved(proxy.getHost(), proxy.getPort())))
                .build();
    }

    /**
     * A token that was checked, with the trusted certificate behind it.
     */
    record Stamped(TimestampToken token, X509Certificate anchor) {}

    /**
     * Has a digest stamped.
     *
     * @throws IOException if the authority does not answer or its trust file cannot be read
     * @throws VerificationException if the answer is not a token over this digest, of this question, by a certificate that is
     *     trusted, with a time that the node's own clock agrees with
     */
    Stamped stamp(TimestampAuthority authority, byte[] sha256) throws IOException, VerificationException {
        TimestampTrust trust = trust(authority);
        TimestampRequest request = TimestampRequest.over(sha256, authority.policy(), random);
        TimestampToken token = request.accept(post(authority.url(), request.encode()));
        Duration difference = Duration.between(token.genTime(), clock.instant()).abs();
        if (difference.compareTo(skew) > 0) {
            throw new VerificationException(
                    Reason.CLOCK_SKEW,
                    "The authority's clock says " + token.genTime() + " and the clock here " + clock.instant()
                            + "; one of them is wrong.");
        }
        return new Stamped(token, trust.check(token));
    }

    private static TimestampTrust trust(TimestampAuthority authority) throws IOException {
        try {
            List<X509Certificate> anchors = Certificates.fromPem(Files.readString(authority.trust()));
            return TimestampTrust.of(anchors);
        } catch (IllegalArgumentException e) {
            throw new IOException("the file " + authority.trust() + " holds no certificate", e);
        }
    }

    private byte[] post(URI url, byte[] query) throws IOException {
        HttpRequest request = HttpRequest.newBuilder(url)
                .timeout(settings.timeout())
                .header("Content-Type", QUERY)
                .header("Accept", REPLY)
                .POST(BodyPublishers.ofByteArray(query))
                .build();
        try {
            HttpResponse<InputStream> response = client.send(request, BodyHandlers.ofInputStream());
            try (InputStream body = response.body()) {
                if (response.statusCode() != 200) {
                    throw new IOException("status " + response.statusCode());
                }
                byte[] reply = body.readNBytes(MOST_BYTES + 1);
                if (reply.length > MOST_BYTES) {
                    throw new IOException("the answer has more than " + MOST_BYTES + " bytes");
                }
                return reply;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    @Override
    @PreDestroy
    public void close() {
        client.shutdownNow();
    }
}
