package org.entente.crypto.timestamp;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Set;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.jcajce.JcaCertStore;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.cms.jcajce.JcaSimpleSignerInfoGeneratorBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;
import org.bouncycastle.tsp.TSPAlgorithms;
import org.bouncycastle.tsp.TSPException;
import org.bouncycastle.tsp.TimeStampRequest;
import org.bouncycastle.tsp.TimeStampResponseGenerator;
import org.bouncycastle.tsp.TimeStampTokenGenerator;
import org.jspecify.annotations.Nullable;

/** A timestamp authority in a test's hands, under an issuer of its own; it answers for whatever time it is told. */
final class PlayedAuthority {
    static final String POLICY = "1.3.6.1.4.1.55555.1";

    final KeyPair keys;
    final X509Certificate issuer;
    final X509Certificate certificate;
    private long serial;

    private PlayedAuthority(KeyPair keys, X509Certificate issuer, X509Certificate certificate) {
        this.keys = keys;
        this.issuer = issuer;
        this.certificate = certificate;
    }

    static PlayedAuthority from(Instant start, Duration validity) {
        return from(start, validity, KeyPurposeId.id_kp_timeStamping);
    }

    static PlayedAuthority from(Instant start, Duration validity, KeyPurposeId use) {
        try {
            KeyPair above = pair();
            X509Certificate issuer =
                    certificate("CN=Issuer", above, "CN=Issuer", above, start, validity.multipliedBy(3), null);
            KeyPair keys = pair();
            return new PlayedAuthority(
                    keys, issuer, certificate("CN=Issuer", above, "CN=Clock", keys, start, validity, use));
        } catch (GeneralSecurityException | OperatorCreationException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static KeyPair pair() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        return generator.generateKeyPair();
    }

    private static X509Certificate certificate(
            String issuerName,
            KeyPair issuer,
            String subject,
            KeyPair keys,
            Instant start,
            Duration validity,
            @Nullable KeyPurposeId use)
            throws OperatorCreationException, GeneralSecurityException, IOException {
        var builder = new JcaX509v3CertificateBuilder(
                new X500Name(issuerName),
                BigInteger.valueOf(System.nanoTime()),
                Date.from(start),
                Date.from(start.plus(validity)),
                new X500Name(subject),
                keys.getPublic());
        builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(use == null));
        builder.addExtension(
                Extension.keyUsage,
                true,
                new KeyUsage(use == null ? KeyUsage.keyCertSign | KeyUsage.cRLSign : KeyUsage.digitalSignature));
        if (use != null) {
            builder.addExtension(Extension.extendedKeyUsage, true, new ExtendedKeyUsage(use));
        }
        return new JcaX509CertificateConverter()
                .getCertificate(
                        builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(issuer.getPrivate())));
    }

    /** The answer to a request, at a time. */
    byte[] answer(byte[] request, Instant time) {
        return answer(request, time, certificate, POLICY);
    }

    byte[] answer(byte[] request, Instant time, X509Certificate under, String policy) {
        try {
            TimeStampTokenGenerator tokens = new TimeStampTokenGenerator(
                    new JcaSimpleSignerInfoGeneratorBuilder().build("SHA256withECDSA", keys.getPrivate(), under),
                    new JcaDigestCalculatorProviderBuilder()
                            .build()
                            .get(new org.bouncycastle.asn1.x509.AlgorithmIdentifier(
                                    org.bouncycastle.asn1.nist.NISTObjectIdentifiers.id_sha256)),
                    new ASN1ObjectIdentifier(policy));
            tokens.addCertificates(new JcaCertStore(List.of(under, issuer)));
            return new TimeStampResponseGenerator(tokens, Set.of(TSPAlgorithms.SHA256.getId()))
                    .generate(new TimeStampRequest(request), BigInteger.valueOf(++serial), Date.from(time))
                    .getEncoded();
        } catch (TSPException | OperatorCreationException | GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
