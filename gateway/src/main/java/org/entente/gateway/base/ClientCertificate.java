package org.entente.gateway.base;

import io.micronaut.http.HttpRequest;
import java.security.cert.X509Certificate;
import java.util.Optional;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;

/** The caller's certificate in the TLS session of a request. */
public final class ClientCertificate {

    private ClientCertificate() {}

    /** The caller's own certificate, or nothing on a plain connection or without a client certificate. */
    public static Optional<X509Certificate> of(HttpRequest<?> request) {
        return request.getSslSession().flatMap(ClientCertificate::of);
    }

    /** The caller's own certificate of a session. */
    public static Optional<X509Certificate> of(SSLSession session) {
        try {
            return session.getPeerCertificates()[0] instanceof X509Certificate certificate
                    ? Optional.of(certificate)
                    : Optional.empty();
        } catch (SSLPeerUnverifiedException e) {
            return Optional.empty();
        }
    }
}
