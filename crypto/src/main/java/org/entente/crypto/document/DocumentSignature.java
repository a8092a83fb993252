package org.entente.crypto.document;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import org.entente.crypto.Base64Url;
import org.entente.crypto.VerificationException;
import org.entente.crypto.VerificationException.Reason;
import org.entente.crypto.canonical.CanonicalJson;
import org.entente.crypto.keys.Certificates;
import org.entente.crypto.keys.CertifiedKey;
import org.entente.crypto.keys.SignatureAlgorithm;
import org.entente.crypto.keys.SignatureVerifier;

/**
 * One signature on a document. Its header is exactly {@code alg cty iat x5c x5t#S256}, which makes it a
 * JAdES-BASELINE-B signature (ETSI TS 119 182-1).
 *
 * @param protectedHeader canonical JSON of the header, as signed
 * @param signature r||s, 64 bytes
 * @param chain the signer's certificate first
 * @param contentType the {@code cty} of the header
 * @param issuedAt the {@code iat} of the header, in whole seconds: the signer's claim
 */
@SuppressWarnings("ArrayRecordComponent")
public record DocumentSignature(
        byte[] protectedHeader, byte[] signature, List<X509Certificate> chain, String contentType, Instant issuedAt) {
    private static final SignatureAlgorithm ALGORITHM = SignatureAlgorithm.ECDSA_P256_SHA256;
    private static final String THUMBPRINT = "x5t#S256";
    private static final Set<String> HEADER_NAMES = Set.of("alg", "cty", "iat", "x5c", THUMBPRINT);

    /** Keeps the chain unchangeable. */
    public DocumentSignature {
        chain = List.copyOf(chain);
    }

    /** The signer's certificate. */
    public X509Certificate certificate() {
        return chain.getFirst();
    }

    static DocumentSignature sign(byte[] payload, String contentType, CertifiedKey key, Instant issuedAt) {
        if (key.key().algorithm() != ALGORITHM) {
            throw new IllegalArgumentException("documents are signed with " + ALGORITHM.joseName());
        }
        ObjectNode header = JsonNodeFactory.instance.objectNode();
        header.put("alg", ALGORITHM.joseName());
        header.put("cty", contentType);
        header.put("iat", issuedAt.getEpochSecond());
        ArrayNode x5c = header.putArray("x5c");
        key.chain().forEach(c -> x5c.add(Base64.getEncoder().encodeToString(Certificates.der(c))));
        header.put(THUMBPRINT, Base64Url.encode(Certificates.sha256(key.certificate())));
        byte[] bytes = CanonicalJson.encode(header);
        byte[] signature = key.key().sign(signingInput(bytes, payload));
        return new DocumentSignature(
                bytes, signature, key.chain(), contentType, Instant.ofEpochSecond(issuedAt.getEpochSecond()));
    }

    static DocumentSignature read(String protectedHeader, String signature) throws VerificationException {
        byte[] bytes = Base64Url.decode("protected", protectedHeader);
        JsonNode header = SignedDocument.canonicalObject("the protected header", bytes);
        SignedDocument.requireMembers("the protected header", header, HEADER_NAMES);
        if (!header.path("alg").asText().equals(ALGORITHM.joseName())) {
            throw new VerificationException(
                    Reason.ALGORITHM_MISMATCH,
                    "a document signature has alg " + ALGORITHM.joseName() + ", not "
                            + header.path("alg").asText());
        }
        JsonNode issuedAt = header.path("iat");
        if (!header.path("cty").isTextual() || !issuedAt.isIntegralNumber() || !issuedAt.canConvertToLong()) {
            throw new VerificationException(Reason.MALFORMED, "cty must be a text and iat whole seconds");
        }
        List<X509Certificate> chain = chain(header.path("x5c"));
        byte[] thumbprint = Base64Url.decode(THUMBPRINT, header.path(THUMBPRINT).asText());
        if (!Arrays.equals(thumbprint, Certificates.sha256(chain.getFirst()))) {
            throw new VerificationException(
                    Reason.CERTIFICATE_INVALID, "x5t#S256 is not the digest of the first certificate in x5c");
        }
        return new DocumentSignature(
                bytes,
                Base64Url.decode("signature", signature),
                chain,
                header.path("cty").asText(),
                Instant.ofEpochSecond(issuedAt.longValue()));
    }

    private static List<X509Certificate> chain(JsonNode x5c) throws VerificationException {
        List<X509Certificate> chain = new ArrayList<>();
        for (JsonNode entry : x5c) {
            try {
                byte[] der = Base64.getDecoder().decode(entry.asText());
                if (!Base64.getEncoder().encodeToString(der).equals(entry.asText())) {
                    throw new VerificationException(Reason.NOT_CANONICAL, "x5c is not in its one base64 form");
                }
                chain.add(Certificates.ofDer(der));
            } catch (IllegalArgumentException e) {
                throw new VerificationException(Reason.MALFORMED, "x5c holds no certificate: " + e.getMessage(), e);
            }
        }
        if (!x5c.isArray() || chain.isEmpty()) {
            throw new VerificationException(Reason.MALFORMED, "x5c must be a list of at least one certificate");
        }
        return chain;
    }

    void verify(byte[] payload) throws VerificationException {
        Certificates.checkValid(certificate(), issuedAt);
        boolean holds;
        try {
            holds = SignatureVerifier.verify(
                    ALGORITHM, certificate().getPublicKey(), signingInput(protectedHeader, payload), signature);
        } catch (IllegalArgumentException e) {
            throw new VerificationException(
                    Reason.ALGORITHM_MISMATCH,
                    "the key of " + Certificates.describe(certificate()) + " is none for " + ALGORITHM.joseName(),
                    e);
        }
        if (!holds) {
            throw new VerificationException(
                    Reason.SIGNATURE_INVALID,
                    "the signature of " + Certificates.describe(certificate()) + " does not verify");
        }
    }

    ObjectNode toJson() {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("protected", Base64Url.encode(protectedHeader));
        node.put("signature", Base64Url.encode(signature));
        return node;
    }

    /** RFC 7515 section 5.1 step 5. */
    static byte[] signingInput(byte[] header, byte[] payload) {
        return (Base64Url.encode(header) + "." + Base64Url.encode(payload)).getBytes(StandardCharsets.US_ASCII);
    }
}
