package org.entente.gateway.partners;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.function.Supplier;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;
import org.entente.crypto.VerificationException;
import org.entente.crypto.keys.Certificates;
import org.jspecify.annotations.Nullable;

/**
 * Trusts a server if the partner's current card pins its certificate and the certificate is valid by our clock. The name in
 * the certificate does not matter: the card says who owns it.
 */
final class PinnedServer extends X509ExtendedTrustManager {
    private final Supplier<Partner> partner;
    private final Clock clock;

    PinnedServer(Supplier<Partner> partner, Clock clock) {
        this.partner = partner;
        this.clock = clock;
    }

    /** Refuses a server's certificate that is not the partner's, or not valid now. */
    static void check(Partner partner, X509Certificate certificate, Clock clock) throws CertificateException {
        if (!partner.isPinned(certificate)) {
            throw new CertificateException("the server presents the certificate " + Certificates.describe(certificate)
                    + ", which is not pinned for " + partner.party());
        }
        try {
            Certificates.checkValid(certificate, clock.instant());
        } catch (VerificationException e) {
            throw new CertificateException(e.sentence(), e);
        }
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        if (chain.length == 0) {
            throw new CertificateException("the server presents no certificate");
        }
        check(partner.get(), chain[0], clock);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, @Nullable Socket socket)
            throws CertificateException {
        checkServerTrusted(chain, authType);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, @Nullable SSLEngine engine)
            throws CertificateException {
        checkServerTrusted(chain, authType);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        throw new CertificateException("a caller trusts no callers");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, @Nullable Socket socket)
            throws CertificateException {
        checkClientTrusted(chain, authType);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, @Nullable SSLEngine engine)
            throws CertificateException {
        checkClientTrusted(chain, authType);
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[0];
    }
}
