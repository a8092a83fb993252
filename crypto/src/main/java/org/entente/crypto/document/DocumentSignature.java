package org.entente.crypto.document;

import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * One signature on a document.
 *
 * @param protectedHeader canonical JSON of the header, as signed
 * @param signature r||s
 * @param chain the signer's certificate first
 * @param contentType the {@code cty} of the header
 * @param issuedAt the {@code iat} of the header, in whole seconds: the signer's claim
 */
@SuppressWarnings("ArrayRecordComponent")
public record DocumentSignature(
        byte[] protectedHeader, byte[] signature, List<X509Certificate> chain, String contentType, Instant issuedAt) {
    /** The signer's certificate. */
    public X509Certificate certificate() {
        return Objects.requireNonNull(chain.getFirst());
    }
}
