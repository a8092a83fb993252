package org.entente.gateway.node;

import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import org.entente.gateway.base.LeafTrust;

/** Trusts a server with exactly one certificate, by whatever name it is reached: the node that talks to itself. */
public final class OneCertificate extends LeafTrust {

    private final X509Certificate own;

    public OneCertificate(X509Certificate own) {
        super(Side.SERVERS);
        this.own = own;
    }

    @Override
    protected void check(X509Certificate certificate) throws CertificateException {
        if (!own.equals(certificate)) {
            throw new CertificateException("another certificate than this node's own");
        }
    }
}
