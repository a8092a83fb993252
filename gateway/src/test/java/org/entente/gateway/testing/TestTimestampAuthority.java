package org.entente.gateway.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
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
import org.entente.crypto.keys.Certificates;
import org.entente.crypto.keys.Fingerprint;

/**
 * A timestamp authority on loopback (RFC 3161), for tests and the demonstration. Nobody should believe its clock, so it is not
 * part of the program.
 */
public final class TestTimestampAuthority implements AutoCloseable {
    private static final ASN1ObjectIdentifier POLICY = new ASN1ObjectIdentifier("1.3.6.1.4.1.55555.1");

    private final HttpServer server;
    private final KeyPair keys;
    private final X509Certificate certificate;
    private final Path trust;
    private final Clock clock;
    private final AtomicInteger answered = new AtomicInteger();
    private volatile boolean silent;

    private TestTimestampAuthority(
            HttpServer server, KeyPair keys, X509Certificate certificate, Path trust, Clock clock) {
        this.server = server;
        this.keys = keys;
        this.certificate = certificate;
        this.trust = trust;
        this.clock = clock;
    }

    /** An authority by that clock, whose certificate is valid for some time from now on. */
    public static TestTimestampAuthority start(Clock clock, Duration validity) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            KeyPair keys = generator.generateKeyPair();
            X509Certificate certificate = certificate(keys, clock.instant().minusSeconds(60), validity);
            Path trust = Files.createTempFile("tsa", ".pem");
            Files.writeString(trust, Certificates.toPem(certificate));
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            TestTimestampAuthority authority = new TestTimestampAuthority(server, keys, certificate, trust, clock);
            server.createContext("/", authority::answer);
            server.start();
            return authority;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException | OperatorCreationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static X509Certificate certificate(KeyPair keys, Instant from, Duration validity)
            throws OperatorCreationException, GeneralSecurityException, IOException {
        X500Name name = new X500Name("CN=Test clock");
        var builder = new JcaX509v3CertificateBuilder(
                name,
                BigInteger.valueOf(System.nanoTime()),
                Date.from(from),
                Date.from(from.plus(validity)),
                name,
                keys.getPublic());
        builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
        builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
        builder.addExtension(Extension.extendedKeyUsage, true, new ExtendedKeyUsage(KeyPurposeId.id_kp_timeStamping));
        return new JcaX509CertificateConverter()
                .getCertificate(builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate())));
    }

    private void answer(HttpExchange call) throws IOException {
        try (call) {
            byte[] request = call.getRequestBody().readAllBytes();
            if (silent) {
                call.sendResponseHeaders(503, -1);
                return;
            }
            byte[] reply = stamp(request);
            call.getResponseHeaders().set("Content-Type", "application/timestamp-reply");
            call.sendResponseHeaders(200, reply.length);
            call.getResponseBody().write(reply);
            answered.incrementAndGet();
        }
    }

    private byte[] stamp(byte[] request) throws IOException {
        try {
            TimeStampTokenGenerator tokens = new TimeStampTokenGenerator(
                    new JcaSimpleSignerInfoGeneratorBuilder().build("SHA256withECDSA", keys.getPrivate(), certificate),
                    new JcaDigestCalculatorProviderBuilder()
                            .build()
                            .get(new AlgorithmIdentifier(NISTObjectIdentifiers.id_sha256)),
                    POLICY);
            tokens.addCertificates(new JcaCertStore(List.of(certificate)));
            return new TimeStampResponseGenerator(tokens, Set.of(TSPAlgorithms.SHA256.getId()))
                    .generate(
                            new TimeStampRequest(request),
                            BigInteger.valueOf(System.nanoTime()),
                            Date.from(clock.instant()))
                    .getEncoded();
        } catch (TSPException | OperatorCreationException | GeneralSecurityException e) {
            throw new IOException(e);
        }
    }

    /** Where requests are posted. */
    public URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
    }

    /** PEM file with its certificate. */
    public Path trust() {
        return trust;
    }

    /** What a person compares. */
    public String fingerprint() {
        return Fingerprint.of(Certificates.sha256(certificate)).toString();
    }

    /** As an agreement lists it. */
    public String sha256() {
        return org.entente.crypto.timestamp.TimestampTrust.digest(certificate);
    }

    /** Whether it answers with 503 from now on. */
    public void silent(boolean silence) {
        this.silent = silence;
    }

    /** How many tokens it has given. */
    public int answered() {
        return answered.get();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
