package org.entente.gateway.bench;

import io.micronaut.context.annotation.Requires;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.entente.crypto.keys.CertifiedKey;
import org.entente.crypto.keys.KeyRing;
import org.entente.crypto.keys.SignatureAlgorithm;
import org.entente.crypto.keys.SignatureVerifier;
import org.entente.crypto.message.Content;
import org.entente.gateway.testing.TestNode;
import org.entente.gateway.testing.TestTls;
import org.jspecify.annotations.Nullable;

/** What a node's half of the stripped exchange knows of the other node: address, signing key, connections. */
@Singleton
@Requires(property = StrippedPeer.SWITCH)
final class StrippedPeer {
    static final String SWITCH = "bench.stripped";
    static final String SIGNATURE = "bench-signature";
    static final String PATH = "/bench/stripped";

    private final CertifiedKey own;
    private final CertifiedKey tls;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private @Nullable CertifiedKey theirs;
    private @Nullable URI address;
    private @Nullable HttpClient client;

    StrippedPeer(KeyRing keys) {
        this.own = keys.signing();
        this.tls = keys.tls();
    }

    void meet(TestNode other) {
        theirs = other.bean(KeyRing.class).signing();
        address = other.node();
        client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .sslContext(TestTls.context(tls, "TLS"))
                .executor(threads)
                .build();
    }

    HttpResponse<byte[]> ask(String id) throws IOException, InterruptedException {
        HttpClient open = client;
        if (open == null || address == null) {
            throw new IllegalStateException("the other node is not known yet");
        }
        HttpRequest request = HttpRequest.newBuilder(address.resolve(PATH + "/" + id))
                .header(SIGNATURE, sign(id, Content.EMPTY))
                .build();
        return open.send(request, HttpResponse.BodyHandlers.ofByteArray());
    }

    /** A signature over as many bytes as the base of an exchange's request has. */
    String sign(String id, Content content) {
        return Base64.getEncoder().encodeToString(own.key().sign(base(id, content)));
    }

    void verify(String id, Content content, String signature) throws GeneralSecurityException {
        if (theirs == null
                || !SignatureVerifier.verify(
                        SignatureAlgorithm.ECDSA_P256_SHA256,
                        theirs.key().publicKey(),
                        base(id, content),
                        Base64.getDecoder().decode(signature))) {
            throw new GeneralSecurityException("the signature does not hold");
        }
    }

    private static byte[] base(String id, Content content) {
        byte[] base = new byte[700];
        byte[] start = id.getBytes(java.nio.charset.StandardCharsets.US_ASCII);
        System.arraycopy(start, 0, base, 0, start.length);
        System.arraycopy(content.sha256(), 0, base, 100, 32);
        return base;
    }
}
