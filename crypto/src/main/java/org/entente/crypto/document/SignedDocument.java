package org.entente.crypto.document;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.entente.crypto.Base64Url;
import org.entente.crypto.Digests;
import org.entente.crypto.VerificationException;
import org.entente.crypto.VerificationException.Reason;
import org.entente.crypto.canonical.CanonicalJson;
import org.entente.crypto.keys.CertifiedKey;

/**
 * A canonical JSON payload and its signatures, in the general JSON serialisation of JWS (RFC 7515 section 7.2.1). There
 * are no unprotected headers, and every part has one form only, so that two documents that mean the same are the same.
 *
 * @param payload canonical JSON (RFC 8785)
 * @param signatures none twice from one key; a document that is read has at least one
 */
@SuppressWarnings("ArrayRecordComponent")
public record SignedDocument(byte[] payload, List<DocumentSignature> signatures) {
    private static final Set<String> DOCUMENT_NAMES = Set.of("payload", "signatures");
    private static final Set<String> SIGNATURE_NAMES = Set.of("protected", "signature");

    /** Checks the payload's form and that no key signs twice. */
    public SignedDocument {
        signatures = List.copyOf(signatures);
        if (!CanonicalJson.isCanonical(payload)) {
            throw new IllegalArgumentException("the payload of a signed document is canonical JSON");
        }
        Set<ByteBuffer> keys = new HashSet<>();
        for (DocumentSignature signature : signatures) {
            if (!keys.add(ByteBuffer.wrap(signature.certificate().getPublicKey().getEncoded()))) {
                throw new IllegalArgumentException("one key signs the document twice");
            }
        }
    }

    /** Reads the JSON form strictly. The signatures are read, and not yet verified. */
    public static SignedDocument parse(byte[] json) throws VerificationException {
        JsonNode document;
        try {
            document = CanonicalJson.parseStrict(json);
        } catch (IllegalArgumentException e) {
            throw new VerificationException(Reason.MALFORMED, "the signed document: " + e.getMessage(), e);
        }
        requireMembers("the signed document", document, DOCUMENT_NAMES);
        byte[] payload = Base64Url.decode("payload", text(document, "payload"));
        canonicalObject("the payload", payload);
        JsonNode list = document.path("signatures");
        if (!list.isArray() || list.isEmpty()) {
            throw new VerificationException(Reason.SIGNATURE_MISSING, "the document carries no signature");
        }
        List<DocumentSignature> signatures = new ArrayList<>();
        for (JsonNode entry : list) {
            requireMembers("a signature", entry, SIGNATURE_NAMES);
            signatures.add(DocumentSignature.read(text(entry, "protected"), text(entry, "signature")));
        }
        try {
            return new SignedDocument(payload, signatures);
        } catch (IllegalArgumentException e) {
            throw new VerificationException(Reason.SIGNATURE_UNEXPECTED, "the signed document: " + e.getMessage(), e);
        }
    }

    /**
     * Signs a payload.
     *
     * @param payload canonical JSON
     * @param contentType the {@code cty} header, for instance {@code json}
     * @param key an EC P-256 key with its certificate
     * @param issuedAt the signer's time; kept in whole seconds
     */
    public static DocumentSignature sign(byte[] payload, String contentType, CertifiedKey key, Instant issuedAt) {
        return DocumentSignature.sign(payload, contentType, key, issuedAt);
    }

    /** The JSON form, canonical. */
    public byte[] toJson() {
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        document.put("payload", Base64Url.encode(payload));
        ArrayNode list = document.putArray("signatures");
        signatures.forEach(signature -> list.add(signature.toJson()));
        return CanonicalJson.encode(document);
    }

    /**
     * Verifies every signature under the certificate it carries, and that each was made within that certificate's
     * time. Whether the certificates are those of the right people is the caller's question.
     *
     * @throws VerificationException for the first signature that does not hold, or if there is none
     */
    public void verify() throws VerificationException {
        if (signatures.isEmpty()) {
            throw new VerificationException(Reason.SIGNATURE_MISSING, "the document carries no signature");
        }
        for (DocumentSignature signature : signatures) {
            signature.verify(payload);
        }
    }

    /** SHA-256 of the payload. */
    public byte[] digest() {
        return Digests.sha256(payload);
    }

    /**
     * This document with one more signature.
     *
     * @throws IllegalArgumentException if that key has signed already
     */
    public SignedDocument with(DocumentSignature more) {
        List<DocumentSignature> all = new ArrayList<>(signatures);
        all.add(more);
        return new SignedDocument(payload, all);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SignedDocument document && Arrays.equals(document.toJson(), toJson());
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(payload);
    }

    static JsonNode canonicalObject(String what, byte[] bytes) throws VerificationException {
        JsonNode node;
        try {
            node = CanonicalJson.parseStrict(bytes);
        } catch (IllegalArgumentException e) {
            throw new VerificationException(Reason.MALFORMED, what + ": " + e.getMessage(), e);
        }
        if (!node.isObject()) {
            throw new VerificationException(Reason.MALFORMED, what + " is no JSON object");
        }
        if (!CanonicalJson.isCanonical(bytes)) {
            throw new VerificationException(Reason.NOT_CANONICAL, what + " is not canonical JSON (RFC 8785)");
        }
        return node;
    }

    static void requireMembers(String what, JsonNode node, Set<String> names) throws VerificationException {
        Set<String> found = new TreeSet<>();
        node.fieldNames().forEachRemaining(found::add);
        if (!node.isObject() || !found.equals(names)) {
            throw new VerificationException(
                    Reason.MALFORMED,
                    what + " has the members " + found + ", and must have exactly " + new TreeSet<>(names));
        }
    }

    private static String text(JsonNode node, String name) throws VerificationException {
        JsonNode member = node.path(name);
        if (!member.isTextual()) {
            throw new VerificationException(Reason.MALFORMED, name + " is no text");
        }
        return member.asText();
    }
}
