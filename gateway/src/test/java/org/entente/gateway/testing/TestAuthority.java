package org.entente.gateway.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.CRLReason;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.X509v2CRLBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.entente.crypto.keys.Certificates;
import org.entente.crypto.keys.CertifiedKey;
import org.entente.crypto.keys.SigningKey;

/** A certification authority: issues certificates for keys that are there, and lists of those it has revoked. */
public final class TestAuthority {
    private static final String SIGNATURE = "SHA256withECDSA";

    private final X500Name name;
    private final KeyPair keys;
    private final X509Certificate certificate;
    private final AtomicInteger serial = new AtomicInteger(1);

    /** @param name of the authority; two with one name have different keys all the same */
    public TestAuthority(String name, Instant now) {
        this.name = new X500Name("CN=" + name);
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            this.keys = generator.generateKeyPair();
            this.certificate =
                    certificate(this.name, keys, now, new BasicConstraints(0), KeyUsage.keyCertSign | KeyUsage.cRLSign);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private X509Certificate certificate(
            X500Name subject, KeyPair subjectKeys, Instant now, BasicConstraints constraints, int usage) {
        try {
            JcaX509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                    name,
                    BigInteger.valueOf(serial.getAndIncrement()),
                    Date.from(now.minusSeconds(3600)),
                    Date.from(now.plus(Duration.ofDays(900))),
                    subject,
                    subjectKeys.getPublic());
            builder.addExtension(Extension.basicConstraints, true, constraints);
            builder.addExtension(Extension.keyUsage, true, new KeyUsage(usage));
            return new JcaX509CertificateConverter()
                    .getCertificate(builder.build(new JcaContentSignerBuilder(SIGNATURE).build(keys.getPrivate())));
        } catch (GeneralSecurityException | OperatorCreationException | CertIOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A certificate for a key, which the key ring then holds under it. */
    public CertifiedKey certify(CertifiedKey key, String subject, Instant now) {
        X509Certificate issued = certificate(
                new X500Name("CN=" + subject),
                new KeyPair(key.certificate().getPublicKey(), key.privateKey()),
                now,
                new BasicConstraints(false),
                KeyUsage.digitalSignature);
        return new CertifiedKey(
                SigningKey.of(key.privateKey(), issued.getPublicKey()), List.of(issued), key.privateKey());
    }

    /** The authority's own certificate. */
    public X509Certificate certificate() {
        return certificate;
    }

    /** The same as a PEM file. */
    public Path certificateFile(Path file) {
        try {
            return Files.writeString(file, Certificates.toPem(certificate));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A list, DER. */
    public byte[] list(Instant made, Instant next, X509Certificate... revoked) {
        X509v2CRLBuilder builder = new X509v2CRLBuilder(name, Date.from(made));
        builder.setNextUpdate(Date.from(next));
        for (X509Certificate one : revoked) {
            builder.addCRLEntry(one.getSerialNumber(), Date.from(made.minusSeconds(60)), CRLReason.keyCompromise);
        }
        try {
            return builder.build(new JcaContentSignerBuilder(SIGNATURE).build(keys.getPrivate()))
                    .getEncoded();
        } catch (IOException | OperatorCreationException e) {
            throw new IllegalStateException(e);
        }
    }
}
