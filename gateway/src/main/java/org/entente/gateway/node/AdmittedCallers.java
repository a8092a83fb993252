package org.entente.gateway.node;

import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import org.entente.gateway.base.LeafTrust;
import org.entente.gateway.base.TlsAdmission;

/** Lets a caller finish the handshake if some imported card lists its certificate; trust has no other root. */
final class AdmittedCallers extends LeafTrust {

    private final TlsAdmission admission;

    AdmittedCallers(TlsAdmission admission) {
        super(Side.CLIENTS);
        this.admission = admission;
    }

    @Override
    protected void check(X509Certificate certificate) throws CertificateException {
        if (!admission.admits(certificate)) {
            throw new CertificateException("the certificate stands on no imported card");
        }
    }
}
