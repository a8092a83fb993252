package org.entente.crypto.message;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Objects;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.entente.crypto.SharedFolder;
import org.entente.crypto.VerificationException;
import org.entente.crypto.canonical.CanonicalJson;
import org.entente.crypto.keys.SignatureAlgorithm;
import org.entente.crypto.keys.SigningKey;
import org.entente.crypto.keys.VerificationKey;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The examples of RFC 9421 and the conformance vectors of C2SP httpsig-pq. */
class PublishedVectorsTest {
    private static JsonNode read(String name) {
        return CanonicalJson.parseStrict(SharedFolder.bytes("standards/vectors/" + name));
    }

    @TestFactory
    Stream<DynamicTest> rfc9421() {
        JsonNode file = read("vectors-rfc9421.json");
        return file.path("vectors")
                .valueStream()
                .map(vector -> DynamicTest.dynamicTest(
                        vector.path("name").asText(), () -> verifyAndTamper(vector, file.path("keys"))));
    }

    private static void verifyAndTamper(JsonNode vector, JsonNode keys) throws Exception {
        HttpRequestMessage request = vector.has("request") ? request(vector.path("request")) : null;
        HttpResponseMessage response = vector.has("response") ? response(vector.path("response")) : null;
        Headers signed = response != null
                ? response.headers()
                : assertNotNullAnd(request).headers();
        String label =
                vector.path("label").asText(MessageSignatures.labels(signed).getFirst());
        VerificationKey key =
                key(keys.path(keyid(signed, label)), vector.path("alg").asText());

        verify(request, response, label, key);
        VerificationKey refusing = new VerificationKey() {
            @Override
            public String httpAlgorithm() {
                return key.httpAlgorithm();
            }

            @Override
            public boolean verify(byte[] data, byte[] signature) {
                byte[] changed = data.clone();
                changed[changed.length / 2] ^= 1;
                return key.verify(changed, signature);
            }
        };
        assertThrows(VerificationException.class, () -> verify(request, response, label, refusing));
    }

    private static void verify(
            @Nullable HttpRequestMessage request,
            @Nullable HttpResponseMessage response,
            String label,
            VerificationKey key)
            throws VerificationException {
        if (response != null) {
            MessageSignatures.verify(response, request, label, key);
        } else {
            MessageSignatures.verify(assertNotNullAnd(request), label, key);
        }
    }

    private static <T> T assertNotNullAnd(@Nullable T value) {
        assertNotNull(value);
        return Objects.requireNonNull(value);
    }

    private static String keyid(Headers headers, String label) throws VerificationException {
        return SignatureInput.read(headers).stream()
                .filter(input -> input.label().equals(label))
                .findFirst()
                .flatMap(input -> input.text("keyid"))
                .orElseThrow();
    }

    private static Headers headers(JsonNode node) {
        Headers.Builder builder = Headers.builder();
        node.properties()
                .forEach(field -> builder.add(field.getKey(), field.getValue().asText()));
        return builder.build();
    }

    private static HttpRequestMessage request(JsonNode node) {
        return new HttpRequestMessage(
                node.path("method").asText(),
                node.path("url").asText(),
                headers(node.path("headers")),
                Content.of(node.path("body").asText().getBytes(UTF_8)));
    }

    private static HttpResponseMessage response(JsonNode node) {
        return new HttpResponseMessage(
                node.path("status").asInt(),
                headers(node.path("headers")),
                Content.of(node.path("body").asText().getBytes(UTF_8)));
    }

    private static VerificationKey key(JsonNode key, String algorithm) throws Exception {
        if (algorithm.equals("hmac-sha256")) {
            return hmac(Base64.getDecoder().decode(key.path("secret").asText()));
        }
        SignatureAlgorithm known = SignatureAlgorithm.ofHttpName(algorithm).orElseThrow();
        return VerificationKey.of(known, publicKey(key.path("pem").asText(), known));
    }

    private static PublicKey publicKey(String pem, SignatureAlgorithm algorithm)
            throws IOException, GeneralSecurityException {
        byte[] der = Base64.getMimeDecoder().decode(pem.replaceAll("-----[^-]+-----", ""));
        if (pem.contains("RSA PUBLIC KEY")) {
            der = new SubjectPublicKeyInfo(
                            new AlgorithmIdentifier(PKCSObjectIdentifiers.rsaEncryption),
                            ASN1Primitive.fromByteArray(der))
                    .getEncoded();
        }
        String family = switch (algorithm) {
            case ECDSA_P256_SHA256 -> "EC";
            case ED25519 -> "Ed25519";
            default -> "RSA";
        };
        return KeyFactory.getInstance(family).generatePublic(new X509EncodedKeySpec(der));
    }

    /** Shared secrets are no part of this house; the published example with one still tests the base. */
    private static VerificationKey hmac(byte[] secret) {
        return new VerificationKey() {
            @Override
            public String httpAlgorithm() {
                return "hmac-sha256";
            }

            @Override
            public boolean verify(byte[] data, byte[] signature) {
                try {
                    Mac mac = Mac.getInstance("HmacSHA256");
                    mac.init(new SecretKeySpec(secret, "HmacSHA256"));
                    return MessageDigest.isEqual(mac.doFinal(data), signature);
                } catch (GeneralSecurityException e) {
                    throw new IllegalStateException(e);
                }
            }
        };
    }

    @TestFactory
    Stream<DynamicTest> httpsigPq() {
        return read("vectors-httpsig-pq.json")
                .path("vectors")
                .valueStream()
                .map(vector -> DynamicTest.dynamicTest(vector.path("id").asText(), () -> postQuantum(vector)));
    }

    private static void postQuantum(JsonNode vector) throws Exception {
        SignatureAlgorithm algorithm =
                SignatureAlgorithm.ofHttpName(vector.path("algorithm").asText()).orElseThrow();
        VerificationKey key = VerificationKey.ofRaw(
                algorithm,
                Base64.getDecoder().decode(vector.path("public_key_base64").asText()));
        byte[] expected =
                Base64.getDecoder().decode(vector.path("signature_base_base64").asText());
        String signature = vector.path("deterministic_signature_base64").asText();
        HttpRequestMessage request = new HttpRequestMessage(
                "GET",
                "https://example.com/foo?param=Value&Pet=dog",
                Headers.of(
                        "host",
                        "example.com",
                        "date",
                        "Mon, 06 Jul 2026 20:00:00 GMT",
                        "signature-input",
                        vector.path("serialized_signature_input").asText().replaceFirst("^[^:]+: ", ""),
                        "signature",
                        "sig1=:" + signature + ":"),
                Content.EMPTY);
        assertEquals(new String(expected, UTF_8), new String(MessageSignatures.verify(request, "sig1", key), UTF_8));

        byte[] seed =
                HexFormat.of().parseHex(vector.path("private_key_seed_hex").asText());
        SigningKey signer = SigningKey.mlDsa(algorithm, seed);
        assertArrayEquals(Base64.getDecoder().decode(signature), signer.sign(expected));
        VerificationKey fromKeyObject = VerificationKey.of(algorithm, signer.publicKey());
        assertEquals(true, fromKeyObject.verify(expected, Base64.getDecoder().decode(signature)));
        assertThrows(
                VerificationException.class,
                () -> MessageSignatures.verify(
                        new HttpRequestMessage("PUT", request.targetUri(), request.headers(), Content.EMPTY),
                        "sig1",
                        key));
    }
}
