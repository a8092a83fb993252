package org.entente.gateway.partners;

import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.function.Supplier;
import org.entente.crypto.VerificationException;
import org.entente.crypto.keys.Certificates;
import org.entente.gateway.base.LeafTrust;

/**
 * Trusts a server if the partner's current card pins its certificate and the certificate is valid by our clock and not revoked. The name in
 * the certificate does not matter: the card says who owns it.
 */
final class PinnedServer extends LeafTrust {
    private final Supplier<Partner> partner;
    private final Revocations revocations;
    private final Clock clock;

    PinnedServer(Supplier<Partner> partner, Revocations revocations, Clock clock) {
        super(Side.SERVERS);
        this.partner = partner;
        this.revocations = revocations;
        this.clock = clock;
    }

    /** A certificate that is pinned, and not to be trusted all the same. */
    static final class UntrustedException extends CertificateException {
        private static final long serialVersionUID = 1L;

        private final VerificationException failure;

        UntrustedException(VerificationException failure) {
            super(failure.sentence(), failure);
            this.failure = failure;
        }

        VerificationException failure() {
            return failure;
        }
    }

    /** Refuses a server's certificate that is not the partner's, not valid now, or revoked. */
    static void check(Partner partner, X509Certificate certificate, Revocations revocations, Clock clock)
            throws CertificateException {
        if (!partner.isPinned(certificate)) {
            throw new CertificateException("the server presents the certificate " + Certificates.describe(certificate)
                    + ", which is not pinned for " + partner.party());
        }
        try {
            Certificates.checkValid(certificate, clock.instant());
        } catch (VerificationException e) {
            throw new CertificateException(e.sentence(), e);
        }
        try {
            revocations.check(partner.party(), certificate, clock.instant());
        } catch (VerificationException e) {
            throw new UntrustedException(e);
        }
    }

    @Override
    protected void check(X509Certificate certificate) throws CertificateException {
        check(partner.get(), certificate, revocations, clock);
    }
}
