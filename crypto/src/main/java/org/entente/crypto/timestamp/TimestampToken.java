package org.entente.crypto.timestamp;

import java.io.IOException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.cms.ContentInfo;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cms.jcajce.JcaSimpleSignerInfoVerifierBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.tsp.TSPException;
import org.bouncycastle.tsp.TimeStampToken;
import org.entente.crypto.Digests;
import org.entente.crypto.VerificationException;
import org.entente.crypto.VerificationException.Reason;
import org.entente.crypto.keys.Certificates;

/**
 * An authority's signed statement that a digest was there at a time (RFC 3161 section 2.4.2). An object of this class is
 * signed by the certificate that it carries, which was valid at that time and is for timestamps only; who stands
 * behind the certificate is another question ({@link TimestampTrust}). Immutable.
 */
public final class TimestampToken {
    private final TimeStampToken token;
    private final byte[] encoded;
    private final X509Certificate authority;
    private final List<X509Certificate> certificates;

    private TimestampToken(
            TimeStampToken token, byte[] encoded, X509Certificate authority, List<X509Certificate> certificates) {
        this.token = token;
        this.encoded = encoded;
        this.authority = authority;
        this.certificates = certificates;
    }

    /**
     * Reads a token and checks its own signature.
     *
     * @param der ContentInfo with SignedData, exactly
     * @throws VerificationException MALFORMED; ALGORITHM_MISMATCH if it is not over a SHA-256 digest; CERTIFICATE_INVALID if
     *     it lacks the signer's certificate, or that one is not for timestamps or was not valid at the token's time;
     *     SIGNATURE_INVALID
     */
    public static TimestampToken parse(byte[] der) throws VerificationException {
        try {
            return of(new TimeStampToken(ContentInfo.getInstance(ASN1Primitive.fromByteArray(der))));
        } catch (TSPException | IOException | RuntimeException e) {
            throw new VerificationException(Reason.MALFORMED, "The bytes are no timestamp token.", e);
        }
    }

    static TimestampToken of(TimeStampToken token) throws VerificationException {
        if (!token.getTimeStampInfo().getMessageImprintAlgOID().equals(NISTObjectIdentifiers.id_sha256)) {
            throw new VerificationException(
                    Reason.ALGORITHM_MISMATCH, "The timestamp token is not over a SHA-256 digest.");
        }
        List<X509Certificate> certificates = certificates(token);
        X509Certificate authority = signer(token, certificates);
        Certificates.checkValid(authority, genTime(token));
        checkPurpose(authority);
        try {
            token.validate(new JcaSimpleSignerInfoVerifierBuilder().build(authority));
            return new TimestampToken(token, token.getEncoded(), authority, certificates);
        } catch (TSPException | OperatorCreationException | IOException e) {
            throw new VerificationException(
                    Reason.SIGNATURE_INVALID, "The timestamp token does not verify: " + e.getMessage() + ".", e);
        }
    }

    private static List<X509Certificate> certificates(TimeStampToken token) throws VerificationException {
        List<X509Certificate> found = new ArrayList<>();
        try {
            for (X509CertificateHolder holder : token.getCertificates().getMatches(null)) {
                found.add(Certificates.ofDer(holder.getEncoded()));
            }
        } catch (IOException | IllegalArgumentException e) {
            throw new VerificationException(
                    Reason.MALFORMED, "A certificate in the timestamp token cannot be read.", e);
        }
        return List.copyOf(found);
    }

    private static X509Certificate signer(TimeStampToken token, List<X509Certificate> certificates)
            throws VerificationException {
        for (X509Certificate certificate : certificates) {
            try {
                if (token.getSID().match(new X509CertificateHolder(Certificates.der(certificate)))) {
                    return certificate;
                }
            } catch (IOException e) {
                throw new VerificationException(
                        Reason.MALFORMED, "A certificate in the timestamp token cannot be read.", e);
            }
        }
        throw new VerificationException(
                Reason.CERTIFICATE_INVALID, "The timestamp token does not carry the certificate of its signer.");
    }

    /** RFC 3161 section 2.3: the one extended use is timestamping, and critical. */
    private static void checkPurpose(X509Certificate certificate) throws VerificationException {
        try {
            List<String> uses = certificate.getExtendedKeyUsage();
            boolean critical = certificate.getCriticalExtensionOIDs() != null
                    && certificate.getCriticalExtensionOIDs().contains("2.5.29.37");
            if (critical && uses != null && uses.equals(List.of("1.3.6.1.5.5.7.3.8"))) {
                return;
            }
        } catch (java.security.cert.CertificateParsingException e) {
            throw new VerificationException(
                    Reason.CERTIFICATE_INVALID,
                    "The uses of the certificate " + Certificates.describe(certificate) + " cannot be read.",
                    e);
        }
        throw new VerificationException(
                Reason.CERTIFICATE_INVALID,
                "The certificate " + Certificates.describe(certificate) + " is not one for timestamps only.");
    }

    private static Instant genTime(TimeStampToken token) {
        return token.getTimeStampInfo().getGenTime().toInstant();
    }

    /**
     * Checks what is stamped.
     *
     * @throws VerificationException DIGEST_MISMATCH
     */
    public void checkImprint(byte[] sha256) throws VerificationException {
        if (!Arrays.equals(imprint(), sha256)) {
            throw new VerificationException(
                    Reason.DIGEST_MISMATCH, "The timestamp token of " + genTime() + " is over another digest.");
        }
    }

    /** The digest that is stamped, 32 bytes. */
    public byte[] imprint() {
        return token.getTimeStampInfo().getMessageImprintDigest();
    }

    /** When it was there, by the authority's clock. */
    public Instant genTime() {
        return genTime(token);
    }

    /** Object identifier of the policy under which the token was issued. */
    public String policy() {
        return token.getTimeStampInfo().getPolicy().getId();
    }

    /** The authority's number for the token. */
    public String serial() {
        return token.getTimeStampInfo().getSerialNumber().toString();
    }

    /** The certificate that signed. */
    public X509Certificate authority() {
        return authority;
    }

    /** All certificates in the token, the signer's among them. */
    public List<X509Certificate> certificates() {
        return certificates;
    }

    /** SHA-256 of the encoded token: what a renewal stamps. */
    public byte[] sha256() {
        return Digests.sha256(encoded);
    }

    /** The token, DER or BER as the authority made it. */
    public byte[] encode() {
        return encoded.clone();
    }
}
