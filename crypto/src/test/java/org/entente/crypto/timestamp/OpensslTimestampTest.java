package org.entente.crypto.timestamp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.entente.crypto.Digests;
import org.entente.crypto.keys.Certificates;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tokens go both ways between this code and {@code openssl ts}. */
class OpensslTimestampTest {
    private static final byte[] STAMPED = "a checkpoint\n".getBytes(UTF_8);

    private static final String CONFIGURATION = """
            [ tsa ]
            default_tsa = tsa1
            [ tsa1 ]
            dir = %1$s
            serial = %1$s/serial
            crypto_device = builtin
            signer_cert = %1$s/tsa.pem
            certs = %1$s/ca.pem
            signer_key = %1$s/tsa.key
            signer_digest = sha256
            default_policy = 1.2.3.4.1
            digests = sha256
            accuracy = secs:1
            ordering = yes
            tsa_name = yes
            ess_cert_id_chain = no
            ess_cert_id_alg = sha256
            [ timestamping ]
            basicConstraints = critical,CA:FALSE
            keyUsage = critical,digitalSignature
            extendedKeyUsage = critical,timeStamping
            """;

    @TempDir
    Path folder;

    private String openssl(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("openssl"));
        command.addAll(List.of(arguments));
        Process process;
        try {
            process = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .start();
        } catch (IOException e) {
            assumeTrue(System.getenv("CI") != null, "openssl is not installed");
            throw e;
        }
        String said = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertTrue(process.waitFor(60, TimeUnit.SECONDS));
        assertEquals(0, process.exitValue(), said);
        return said;
    }

    @Test
    void openssLsTokenIsAcceptedHere() throws Exception {
        Files.writeString(folder.resolve("tsa.cnf"), CONFIGURATION.formatted(folder));
        Files.writeString(folder.resolve("serial"), "01\n");
        openssl(
                "req",
                "-x509",
                "-newkey",
                "ec",
                "-pkeyopt",
                "ec_paramgen_curve:P-256",
                "-nodes",
                "-subj",
                "/CN=CA",
                "-keyout",
                "ca.key",
                "-out",
                "ca.pem",
                "-days",
                "30");
        openssl("req", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=TSA", "-keyout", "tsa.key", "-out", "tsa.csr");
        openssl(
                "x509",
                "-req",
                "-in",
                "tsa.csr",
                "-CA",
                "ca.pem",
                "-CAkey",
                "ca.key",
                "-CAcreateserial",
                "-extfile",
                "tsa.cnf",
                "-extensions",
                "timestamping",
                "-days",
                "10",
                "-out",
                "tsa.pem");
        TimestampRequest request = TimestampRequest.over(Digests.sha256(STAMPED), "1.2.3.4.1", new SecureRandom());
        Files.write(folder.resolve("query.tsq"), request.encode());
        openssl("ts", "-reply", "-config", "tsa.cnf", "-queryfile", "query.tsq", "-out", "reply.tsr");
        TimestampToken token = request.accept(Files.readAllBytes(folder.resolve("reply.tsr")));
        var ca =
                Certificates.fromPem(Files.readString(folder.resolve("ca.pem"))).getFirst();
        assertEquals(ca, TimestampTrust.of(List.of(ca)).check(token));
        assertTrue(Duration.between(token.genTime(), Instant.now()).abs().toMinutes() < 5);
    }

    @Test
    void ourTokenIsAcceptedByOpenssl() throws Exception {
        Instant now = Instant.now();
        PlayedAuthority authority = PlayedAuthority.from(now.minusSeconds(60), Duration.ofDays(30));
        TimestampRequest request = TimestampRequest.over(Digests.sha256(STAMPED), null, new SecureRandom());
        TimestampToken token = request.accept(authority.answer(request.encode(), now));
        Files.write(folder.resolve("token.der"), token.encode());
        Files.write(folder.resolve("note"), STAMPED);
        Files.writeString(folder.resolve("issuer.pem"), Certificates.toPem(authority.issuer));
        String said =
                openssl("ts", "-verify", "-token_in", "-in", "token.der", "-data", "note", "-CAfile", "issuer.pem");
        assertTrue(said.contains("Verification: OK"), said);
    }
}
