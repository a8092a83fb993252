package org.entente.gateway.base;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Trust in one certificate by itself, without issuers or names: between nodes a card says whose a certificate is. Judges either
 * servers or clients; the other side is always refused.
 */
public abstract class LeafTrust extends X509ExtendedTrustManager {
    private final Side judged;

    /** Whose certificates are judged. */
    protected enum Side {
        SERVERS,
        CLIENTS
    }

    protected LeafTrust(Side judged) {
        this.judged = judged;
    }

    /**
     * Refuses a certificate by throwing.
     *
     * @param certificate the one whose key the other side holds
     * @throws CertificateException with the reason
     */
    protected abstract void check(X509Certificate certificate) throws CertificateException;

    private void check(Side side, X509Certificate[] chain) throws CertificateException {
        if (side != judged) {
            throw new CertificateException(
                    "only " + judged.name().toLowerCase(java.util.Locale.ROOT) + " are judged here");
        }
        if (chain.length == 0) {
            throw new CertificateException("no certificate was presented");
        }
        check(chain[0]);
    }

    @Override
    public final void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        check(Side.CLIENTS, chain);
    }

    @Override
    public final void checkClientTrusted(X509Certificate[] chain, String authType, @Nullable Socket socket)
            throws CertificateException {
        check(Side.CLIENTS, chain);
    }

    @Override
    public final void checkClientTrusted(X509Certificate[] chain, String authType, @Nullable SSLEngine engine)
            throws CertificateException {
        check(Side.CLIENTS, chain);
    }

    @Override
    public final void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        check(Side.SERVERS, chain);
    }

    @Override
    public final void checkServerTrusted(X509Certificate[] chain, String authType, @Nullable Socket socket)
            throws CertificateException {
        check(Side.SERVERS, chain);
    }

    @Override
    public final void checkServerTrusted(X509Certificate[] chain, String authType, @Nullable SSLEngine engine)
            throws CertificateException {
        check(Side.SERVERS, chain);
    }

    /** Naming no issuers lets the other side send its certificate, self-signed or not. */
    @Override
    public final X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[0];
    }
}
