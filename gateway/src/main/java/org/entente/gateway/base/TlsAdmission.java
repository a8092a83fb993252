package org.entente.gateway.base;

import java.security.cert.X509Certificate;

/**
 * Who may open a TLS connection to the node listener; set from above by whoever knows the partners' cards. Without a bean of
 * this type nobody may. Admission only opens the connection: pin, validity and revocation are checked at every request.
 */
@FunctionalInterface
public interface TlsAdmission {

    /**
     * Whether any imported card lists this TLS certificate. Asked during the handshake on a network thread: answers from
     * memory.
     */
    boolean admits(X509Certificate certificate);
}
