package org.entente.crypto.keys;

import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.cert.CertPathValidator;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertPathValidatorException.BasicReason;
import java.security.cert.CertStore;
import java.security.cert.CertificateFactory;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CRL;
import java.security.cert.X509CRLEntry;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Set;
import org.entente.crypto.VerificationException;
import org.entente.crypto.VerificationException.Reason;

/**
 * A certification authority's list of revoked certificates (RFC 5280 section 5), and whether a certificate of that authority stands
 * on it. Paths and lists are judged by the platform's PKIX validator; only how long an outdated list is put up with is decided here.
 */
public final class RevocationList {
    /** How far the authority's clock may be ahead. */
    private static final Duration SKEW = Duration.ofMinutes(5);

    private final X509Certificate authority;
    private final X509CRL list;

    private RevocationList(X509Certificate authority, X509CRL list) {
        this.authority = authority;
        this.list = list;
    }

    /**
     * Reads a list, DER or PEM.
     *
     * @param authority the certificate of the issuer of the certificates and of the list
     * @throws VerificationException if it is no list, is not signed by the authority, or does not say when the next one comes
     */
    public static RevocationList read(byte[] bytes, X509Certificate authority) throws VerificationException {
        X509CRL list;
        try {
            list = (X509CRL) CertificateFactory.getInstance("X.509").generateCRL(new ByteArrayInputStream(bytes));
        } catch (GeneralSecurityException e) {
            throw new VerificationException(
                    Reason.MALFORMED, "the revocation list cannot be read: " + e.getMessage(), e);
        }
        if (list == null || list.getNextUpdate() == null) {
            throw new VerificationException(
                    Reason.MALFORMED, "the revocation list does not say when the next one comes");
        }
        if (!list.getIssuerX500Principal().equals(authority.getSubjectX500Principal())) {
            throw new VerificationException(
                    Reason.SIGNATURE_INVALID,
                    "the revocation list is by " + list.getIssuerX500Principal() + " and not by "
                            + authority.getSubjectX500Principal());
        }
        try {
            list.verify(authority.getPublicKey());
        } catch (GeneralSecurityException e) {
            throw new VerificationException(
                    Reason.SIGNATURE_INVALID,
                    "the revocation list is not signed by " + Certificates.describe(authority),
                    e);
        }
        return new RevocationList(authority, list);
    }

    /** Whether the certificate says that somebody else has issued it: only then is there a list that counts. */
    public static boolean concerns(X509Certificate certificate) {
        return !certificate.getIssuerX500Principal().equals(certificate.getSubjectX500Principal());
    }

    /** When it was made. */
    public Instant thisUpdate() {
        return list.getThisUpdate().toInstant();
    }

    /** When the authority will have made the next one at the latest. */
    public Instant nextUpdate() {
        return list.getNextUpdate().toInstant();
    }

    /**
     * Refuses a certificate that is revoked, or of which this list no longer tells.
     *
     * @param grace how long after {@link #nextUpdate} the list still counts
     * @throws VerificationException {@code CERTIFICATE_REVOKED}; {@code REVOCATION_UNKNOWN} if the list is outdated, from the future or does
     *     not cover the certificate; {@code CERTIFICATE_INVALID} if the certificate is none of the authority
     */
    public void check(X509Certificate certificate, Instant now, Duration grace) throws VerificationException {
        if (now.isAfter(nextUpdate().plus(grace)) || now.plus(SKEW).isBefore(thisUpdate())) {
            throw new VerificationException(
                    Reason.REVOCATION_UNKNOWN,
                    "whether the certificate " + Certificates.describe(certificate)
                            + " was revoked is not known: the list of "
                            + list.getIssuerX500Principal() + " counts from " + thisUpdate() + " to "
                            + nextUpdate() + (grace.isZero() ? "" : ", with a grace of " + grace.toHours() + " hours")
                            + ", and the clock says " + now);
        }
        // Within its grace a list is judged as of its last moment.
        Instant at = now.isBefore(nextUpdate()) ? now : nextUpdate().minusSeconds(1);
        try {
            PKIXParameters parameters = new PKIXParameters(Set.of(new TrustAnchor(authority, null)));
            parameters.setRevocationEnabled(true);
            parameters.setDate(Date.from(at));
            parameters.addCertStore(
                    CertStore.getInstance("Collection", new CollectionCertStoreParameters(List.of(list))));
            CertPathValidator.getInstance("PKIX")
                    .validate(
                            CertificateFactory.getInstance("X.509").generateCertPath(List.of(certificate)), parameters);
        } catch (CertPathValidatorException e) {
            throw refused(certificate, now, e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform validates certificate paths", e);
        }
    }

    private VerificationException refused(X509Certificate certificate, Instant now, CertPathValidatorException e) {
        String which = "the certificate " + Certificates.describe(certificate);
        if (e.getReason() == BasicReason.REVOKED) {
            X509CRLEntry entry = list.getRevokedCertificate(certificate);
            return new VerificationException(
                    Reason.CERTIFICATE_REVOKED,
                    which + " was revoked by " + list.getIssuerX500Principal()
                            + (entry == null
                                    ? ""
                                    : " on " + entry.getRevocationDate().toInstant())
                            + ", and the clock says " + now,
                    e);
        }
        if (e.getReason() == BasicReason.UNDETERMINED_REVOCATION_STATUS) {
            return new VerificationException(
                    Reason.REVOCATION_UNKNOWN, which + " is not covered by the revocation list: " + e.getMessage(), e);
        }
        return new VerificationException(
                Reason.CERTIFICATE_INVALID,
                which + " is none that " + Certificates.describe(authority) + " answers for: " + e.getMessage(),
                e);
    }
}
