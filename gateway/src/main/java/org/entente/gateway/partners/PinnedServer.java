package org.entente.gateway.partners;

import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.function.Supplier;
import org.entente.crypto.VerificationException;
import org.entente.crypto.keys.Certificates;
import org.entente.gateway.base.LeafTrust;

/**
 * Trusts a server if the partner's current card pins its certificate and the certificate is valid by our clock. The name in
 * the certificate does not matter: the card says who owns it.
 */
final class PinnedServer extends LeafTrust {
    private final Supplier<Partner> partner;
    private final Clock clock;

    PinnedServer(Supplier<Partner> partner, Clock clock) {
        super(Side.SERVERS);
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
    protected void check(X509Certificate certificate) throws CertificateException {
        check(partner.get(), certificate, clock);
    }
}
