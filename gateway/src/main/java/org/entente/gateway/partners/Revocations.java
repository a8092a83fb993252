package org.entente.gateway.partners;

import io.micronaut.scheduling.annotation.Scheduled;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Provider;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.entente.crypto.VerificationException;
import org.entente.crypto.VerificationException.Reason;
import org.entente.crypto.keys.Certificates;
import org.entente.crypto.keys.RevocationList;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.OutboundSettings;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether partners' certificates are revoked. Self-signed certificates are pinned by cards and end with them; a certificate that an
 * authority has issued counts only while a list of that authority says that it is not revoked. Lists are fetched on a schedule and
 * never for a call; an older list never takes the place of a newer one.
 */
@Singleton
public final class Revocations {
    private static final Logger LOG = LoggerFactory.getLogger(Revocations.class);
    private static final int LARGEST = 16 * 1024 * 1024;

    private final List<CertificateAuthority> authorities;
    private final RevocationSettings settings;
    private final OutboundSettings outbound;
    private final RevocationTables tables;
    private final Provider<RevocationGrace> grace;
    private final Clock clock;
    private final HttpClient http;
    private final Map<String, Held> held = new ConcurrentHashMap<>();
    private final Map<String, X509Certificate> issuers = new ConcurrentHashMap<>();
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

    Revocations(
            List<CertificateAuthority> authorities,
            RevocationSettings settings,
            OutboundSettings outbound,
            RevocationTables tables,
            Provider<RevocationGrace> grace,
            Clock clock) {
        this.authorities = List.copyOf(authorities);
        this.settings = settings;
        this.outbound = outbound;
        this.tables = tables;
        this.grace = grace;
        this.clock = clock;
        URI proxy = outbound.proxy();
        this.http = HttpClient.newBuilder()
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(outbound.connectTimeout())
                .proxy(
                        proxy == null
                                ? HttpClient.Builder.NO_PROXY
                                : ProxySelector.of(
                                        InetSocketAddress.createUnresolved(proxy.getHost(), proxy.getPort())))
                .build();
    }

    /** A list, and the certificates that it was found not to name. */
    private record Held(RevocationList list, Set<String> good) {
        static Held of(RevocationList list) {
            return new Held(list, ConcurrentHashMap.newKeySet());
        }
    }

    /**
     * What is known of an authority's list.
     *
     * @param authority as the settings call it
     * @param nextUpdate when the list becomes outdated; null if there is none
     */
    public record State(String authority, @Nullable Instant nextUpdate) {}

    /** Of all authorities in the settings. */
    public List<State> states() {
        return authorities.stream()
                .map(authority -> {
                    Held known = held(authority);
                    return new State(authority.name(), known == null ? null : known.list.nextUpdate());
                })
                .toList();
    }

    /**
     * Refuses a partner's certificate that its issuer has revoked, or of which that cannot be told.
     *
     * @throws VerificationException naming certificate, list and clock
     */
    void check(String party, X509Certificate certificate, Instant now) throws VerificationException {
        if (!RevocationList.concerns(certificate)) {
            return;
        }
        Held known = held(certificate);
        String digest = Partner.digest(certificate);
        Duration tolerated = known.list.nextUpdate().isBefore(now) ? grace(party) : Duration.ZERO;
        if (known.good.contains(digest) && !now.isAfter(known.list.nextUpdate().plus(tolerated))) {
            return;
        }
        known.list.check(certificate, now, tolerated);
        known.good.add(digest);
    }

    /** The same for all the keys under which a message was signed. */
    void checkSigning(Partner partner, String cardDigest, Instant now) throws VerificationException {
        Card card = partner.card(cardDigest).map(CardDocument::card).orElse(partner.card());
        for (Card.Signing key : card.signing()) {
            check(partner.party(), key.certificate(), now);
        }
    }

    /** Called after a list has been replaced by a newer one. */
    void onNewList(Runnable listener) {
        listeners.add(listener);
    }

    private X509Certificate issuer(CertificateAuthority authority) {
        return issuers.computeIfAbsent(authority.name(), any -> authority.issuer());
    }

    private boolean issued(CertificateAuthority authority, X509Certificate certificate) {
        return issuer(authority).getSubjectX500Principal().equals(certificate.getIssuerX500Principal());
    }

    private Duration grace(String party) {
        return grace.get().with(party).orElse(settings.grace());
    }

    private Held held(X509Certificate certificate) throws VerificationException {
        for (CertificateAuthority authority : authorities) {
            if (issued(authority, certificate)) {
                Held known = held(authority);
                if (known != null) {
                    return known;
                }
                throw new VerificationException(
                        Reason.REVOCATION_UNKNOWN,
                        "of the authority " + authority.name() + ", which issued the certificate "
                                + Certificates.describe(certificate) + ", no revocation list is here");
            }
        }
        throw new VerificationException(
                Reason.REVOCATION_UNKNOWN,
                "the certificate " + Certificates.describe(certificate) + " is by "
                        + certificate.getIssuerX500Principal()
                        + ", which entente.revocation.authorities does not name");
    }

    private @Nullable Held held(CertificateAuthority authority) {
        Held known = held.get(authority.name());
        if (known == null) {
            tables.list(authority.name()).ifPresent(bytes -> take(authority, bytes));
            known = held.get(authority.name());
        }
        return known;
    }

    /** Fetches the lists. */
    @Scheduled(fixedDelay = "${entente.revocation.every:1h}", initialDelay = "0s")
    public void fetch() {
        for (CertificateAuthority authority : authorities) {
            try {
                byte[] bytes = authority.remote() ? download(authority) : Files.readAllBytes(authority.file());
                RevocationList list = RevocationList.read(bytes, issuer(authority));
                tables.keep(authority.name(), bytes, list.thisUpdate(), clock.instant());
            } catch (IOException | VerificationException | EntenteException e) {
                LOG.warn("the revocation list of {} was not fetched: {}", authority.name(), e.getMessage());
            }
            try {
                // Another process of this node may have fetched a newer one.
                tables.list(authority.name()).ifPresent(bytes -> take(authority, bytes));
            } catch (EntenteException e) {
                LOG.warn("the revocation list of {} was not read: {}", authority.name(), e.getMessage());
            }
        }
    }

    private byte[] download(CertificateAuthority authority) throws IOException {
        HttpRequest request = HttpRequest.newBuilder(authority.address())
                .timeout(outbound.answerTimeout())
                .GET()
                .build();
        try {
            HttpResponse<byte[]> answer = http.send(request, head -> new LimitedBody(LARGEST));
            if (answer.statusCode() != 200) {
                throw new IOException(authority.crl() + " answers " + answer.statusCode());
            }
            return answer.body();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private synchronized void take(CertificateAuthority authority, byte[] bytes) {
        try {
            RevocationList list = RevocationList.read(bytes, issuer(authority));
            Held before = held.get(authority.name());
            if (before == null || list.thisUpdate().isAfter(before.list.thisUpdate())) {
                held.put(authority.name(), Held.of(list));
                listeners.forEach(Runnable::run);
            }
        } catch (VerificationException e) {
            LOG.warn("the revocation list of {} is not used: {}", authority.name(), e.getMessage());
        }
    }

    /** Of certificates by authorities, the issuers that the settings do not name, with the certificate. */
    public Map<String, String> unnamedIssuers(List<Partner> partners) {
        Map<String, String> unnamed = new TreeMap<>();
        for (Partner partner : partners) {
            Stream.concat(
                            partner.card().signing().stream().map(Card.Signing::certificate),
                            partner.card().tls().stream())
                    .filter(RevocationList::concerns)
                    .filter(certificate -> authorities.stream().noneMatch(authority -> issued(authority, certificate)))
                    .forEach(certificate -> unnamed.put(
                            partner.party(),
                            certificate.getIssuerX500Principal().getName()));
        }
        return unnamed;
    }

    @PreDestroy
    void close() {
        http.shutdownNow();
    }
}
