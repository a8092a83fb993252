package org.entente.crypto.document;

import java.time.Instant;
import java.util.List;
import org.entente.crypto.VerificationException;
import org.entente.crypto.keys.CertifiedKey;

/**
 * A canonical JSON payload and its signatures.
 *
 * @param payload canonical JSON (RFC 8785)
 * @param signatures at least one, none twice from one key
 */
@SuppressWarnings("ArrayRecordComponent")
public record SignedDocument(byte[] payload, List<DocumentSignature> signatures) {

    /** Reads the JSON form strictly; the signatures are not yet verified. */
    public static SignedDocument parse(byte[] json) throws VerificationException {
        throw new UnsupportedOperationException();
    }

    /** Signs a payload. */
    public static DocumentSignature sign(byte[] payload, String contentType, CertifiedKey key, Instant issuedAt) {
        throw new UnsupportedOperationException();
    }

    /** The JSON form, canonical. */
    public byte[] toJson() {
        throw new UnsupportedOperationException();
    }

    /** Verifies every signature under the certificate it carries; whether that certificate is trusted is the caller's question. */
    public void verify() throws VerificationException {
        throw new UnsupportedOperationException();
    }

    /** SHA-256 of the payload. */
    public byte[] digest() {
        return org.entente.crypto.Digests.sha256(payload);
    }

    /** This document with one more signature. */
    public SignedDocument with(DocumentSignature more) {
        List<DocumentSignature> all = new java.util.ArrayList<>(signatures);
        all.add(more);
        return new SignedDocument(payload, List.copyOf(all));
    }
}
