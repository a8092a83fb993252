package org.entente.crypto.timestamp;

import java.security.GeneralSecurityException;
import java.security.cert.CertPathBuilder;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertStore;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.PKIXCertPathBuilderResult;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.entente.crypto.Base64Url;
import org.entente.crypto.VerificationException;
import org.entente.crypto.VerificationException.Reason;
import org.entente.crypto.keys.Certificates;

/**
 * The timestamp authorities that somebody accepts: certificates by their digests, each either an authority's own or that
 * of an issuer above it. A chain is judged at the time that the token names and not now (RFC 3161 appendix B), so that a
 * token does not lose its worth with the certificate.
 */
public final class TimestampTrust {
    private final Set<String> sha256;
    private final List<X509Certificate> known;

    private TimestampTrust(Set<String> sha256, Collection<X509Certificate> known) {
        this.sha256 = Set.copyOf(sha256);
        this.known = List.copyOf(known);
    }

    /**
     * Trust in the certificates with these digests.
     *
     * @param sha256 SHA-256 of certificates, base64url without padding, as an agreement lists them
     * @param known certificates beside those in tokens from which chains may be built; they are trusted only by digest
     */
    public static TimestampTrust ofDigests(Set<String> sha256, Collection<X509Certificate> known) {
        return new TimestampTrust(sha256, known);
    }

    /** Trust in these certificates. */
    public static TimestampTrust of(Collection<X509Certificate> anchors) {
        Set<String> digests = new HashSet<>();
        anchors.forEach(anchor -> digests.add(digest(anchor)));
        return new TimestampTrust(digests, anchors);
    }

    /** Whether nobody is trusted. */
    public boolean isEmpty() {
        return sha256.isEmpty();
    }

    /** The digest of a certificate as this class compares it. */
    public static String digest(X509Certificate certificate) {
        return Base64Url.encode(Certificates.sha256(certificate));
    }

    /**
     * Checks that a trusted certificate stands behind a token, at the token's time.
     *
     * @return the trusted certificate
     * @throws VerificationException KEY_UNKNOWN if there is none, or no chain to it holds at that time
     */
    public X509Certificate check(TimestampToken token) throws VerificationException {
        if (sha256.contains(digest(token.authority()))) {
            return token.authority();
        }
        Set<X509Certificate> all = new HashSet<>(known);
        all.addAll(token.certificates());
        List<TrustAnchor> anchors = new ArrayList<>();
        for (X509Certificate certificate : all) {
            if (sha256.contains(digest(certificate))) {
                // PKIX takes an anchor as given; an accepted issuer must have been valid all the same
                if (isValid(certificate, token)) {
                    anchors.add(new TrustAnchor(certificate, null));
                }
            }
        }
        if (anchors.isEmpty()) {
            throw new VerificationException(
                    Reason.KEY_UNKNOWN,
                    "No accepted timestamp authority, valid at " + token.genTime() + ", stands behind the token of "
                            + Certificates.describe(token.authority()) + ".");
        }
        return chain(token, all, anchors);
    }

    private static boolean isValid(X509Certificate certificate, TimestampToken token) {
        Date time = Date.from(token.genTime());
        return !time.before(certificate.getNotBefore()) && !time.after(certificate.getNotAfter());
    }

    private static X509Certificate chain(TimestampToken token, Set<X509Certificate> all, List<TrustAnchor> anchors)
            throws VerificationException {
        try {
            X509CertSelector target = new X509CertSelector();
            target.setCertificate(token.authority());
            PKIXBuilderParameters parameters = new PKIXBuilderParameters(new HashSet<>(anchors), target);
            parameters.addCertStore(CertStore.getInstance("Collection", new CollectionCertStoreParameters(all)));
            parameters.setDate(Date.from(token.genTime()));
            parameters.setRevocationEnabled(false);
            PKIXCertPathBuilderResult built = (PKIXCertPathBuilderResult)
                    CertPathBuilder.getInstance("PKIX").build(parameters);
            return built.getTrustAnchor().getTrustedCert();
        } catch (CertPathBuilderException e) {
            throw new VerificationException(
                    Reason.KEY_UNKNOWN,
                    "The certificate " + Certificates.describe(token.authority())
                            + " does not lead to an accepted timestamp authority at " + token.genTime() + ": "
                            + e.getMessage() + ".",
                    e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the platform cannot build certificate paths", e);
        }
    }
}
