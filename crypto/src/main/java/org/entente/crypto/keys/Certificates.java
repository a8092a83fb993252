package org.entente.crypto.keys;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.operator.ContentSigner;
import org.entente.crypto.Digests;
import org.entente.crypto.VerificationException;
import org.entente.crypto.VerificationException.Reason;

/** X.509 certificates: making self-signed ones, their digests, PEM, and whether one is within its time. */
public final class Certificates {
    private static final String BEGIN = "-----BEGIN CERTIFICATE-----";
    private static final String END = "-----END CERTIFICATE-----";

    private Certificates() {}

    /** What a certificate is for. */
    public enum Use {
        /** Signatures on messages and documents. */
        SIGNING,
        /** Both ends of TLS connections. */
        TLS
    }

    /**
     * A self-signed certificate.
     *
     * @param keys EC P-256 or Ed25519
     * @param distinguishedName RFC 4514 text, for instance {@code CN=ITA signing,O=Italy}
     * @param hosts DNS names or IP addresses for the subject alternative name; may be empty
     */
    public static X509Certificate selfSigned(
            KeyPair keys,
            String distinguishedName,
            Use use,
            List<String> hosts,
            Instant notBefore,
            Duration validity,
            SecureRandom random) {
        X500Name name = new X500Name(distinguishedName);
        X509v3CertificateBuilder builder = new X509v3CertificateBuilder(
                name,
                new BigInteger(127, random),
                Date.from(notBefore),
                Date.from(notBefore.plus(validity)),
                name,
                SubjectPublicKeyInfo.getInstance(keys.getPublic().getEncoded()));
        try {
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
            builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
            if (use == Use.TLS) {
                builder.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(new KeyPurposeId[] {
                    KeyPurposeId.id_kp_serverAuth, KeyPurposeId.id_kp_clientAuth
                }));
            }
            if (!hosts.isEmpty()) {
                builder.addExtension(Extension.subjectAlternativeName, false, alternativeNames(hosts));
            }
            ContentSigner signer = KeyCodec.contentSigner(keys.getPrivate(), keys.getPublic());
            return ofDer(builder.build(signer).getEncoded());
        } catch (IOException e) {
            throw new IllegalStateException("a certificate that was just built cannot be encoded", e);
        }
    }

    private static GeneralNames alternativeNames(List<String> hosts) {
        return new GeneralNames(hosts.stream()
                .map(host -> new GeneralName(
                        host.matches("[0-9.]+|.*:.*") ? GeneralName.iPAddress : GeneralName.dNSName, host))
                .toArray(GeneralName[]::new));
    }

    /** SHA-256 of the certificate's DER encoding. */
    public static byte[] sha256(X509Certificate certificate) {
        return Digests.sha256(der(certificate));
    }

    /** The certificate's DER encoding. */
    public static byte[] der(X509Certificate certificate) {
        try {
            return certificate.getEncoded();
        } catch (CertificateEncodingException e) {
            throw new IllegalArgumentException("the certificate has no encoding", e);
        }
    }

    /**
     * Reads a DER certificate.
     *
     * @throws IllegalArgumentException if the bytes are not exactly one certificate
     */
    public static X509Certificate ofDer(byte[] der) {
        ByteArrayInputStream in = new ByteArrayInputStream(der);
        try {
            X509Certificate certificate =
                    (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
            if (in.available() > 0) {
                throw new IllegalArgumentException("bytes follow the certificate");
            }
            return certificate;
        } catch (CertificateException e) {
            throw new IllegalArgumentException("not an X.509 certificate: " + e.getMessage(), e);
        }
    }

    /** PEM text (RFC 7468) of the certificates, in order. */
    public static String toPem(List<X509Certificate> certificates) {
        Base64.Encoder base64 = Base64.getMimeEncoder(64, new byte[] {'\n'});
        StringBuilder text = new StringBuilder();
        for (X509Certificate certificate : certificates) {
            text.append(BEGIN).append('\n');
            text.append(base64.encodeToString(der(certificate))).append('\n');
            text.append(END).append('\n');
        }
        return text.toString();
    }

    /** PEM text of one certificate. */
    public static String toPem(X509Certificate certificate) {
        return toPem(List.of(certificate));
    }

    /** PEM text of a public key (SubjectPublicKeyInfo). */
    public static String toPem(PublicKey key) {
        return "-----BEGIN PUBLIC KEY-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(key.getEncoded())
                + "\n-----END PUBLIC KEY-----\n";
    }

    /**
     * All certificates of a PEM text, in order.
     *
     * @throws IllegalArgumentException if there is none or one cannot be read
     */
    public static List<X509Certificate> fromPem(String pem) {
        List<X509Certificate> found = new ArrayList<>();
        int from = pem.indexOf(BEGIN);
        while (from >= 0) {
            int to = pem.indexOf(END, from);
            if (to < 0) {
                throw new IllegalArgumentException("a certificate in the PEM text has no end line");
            }
            String body = pem.substring(from + BEGIN.length(), to);
            found.add(ofDer(Base64.getMimeDecoder().decode(body.getBytes(StandardCharsets.US_ASCII))));
            from = pem.indexOf(BEGIN, to);
        }
        if (found.isEmpty()) {
            throw new IllegalArgumentException("the PEM text holds no certificate");
        }
        return List.copyOf(found);
    }

    /** Refuses a certificate that is not valid at the time, naming the certificate, its window and the time. */
    public static void checkValid(X509Certificate certificate, Instant now) throws VerificationException {
        Instant from = certificate.getNotBefore().toInstant();
        Instant to = certificate.getNotAfter().toInstant();
        if (now.isBefore(from) || now.isAfter(to)) {
            throw new VerificationException(
                    Reason.CERTIFICATE_INVALID,
                    "the certificate " + describe(certificate) + " is valid from " + from + " to " + to
                            + ", and the clock says " + now);
        }
    }

    /** Subject and short fingerprint, for messages to people. */
    public static String describe(X509Certificate certificate) {
        return certificate.getSubjectX500Principal().getName() + " (" + Fingerprint.of(sha256(certificate)) + ")";
    }
}
