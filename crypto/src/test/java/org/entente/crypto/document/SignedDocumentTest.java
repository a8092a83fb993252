package org.entente.crypto.document;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.function.Consumer;
import org.entente.crypto.VerificationException;
import org.entente.crypto.VerificationException.Reason;
import org.entente.crypto.canonical.CanonicalJson;
import org.entente.crypto.keys.CertifiedKey;
import org.entente.crypto.keys.KeyRing;
import org.junit.jupiter.api.Test;

class SignedDocumentTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final byte[] PAYLOAD = "{\"a\":1,\"text\":\"Filipinos in Italy\"}".getBytes(UTF_8);
    private final CertifiedKey italy = signer("ITA");
    private final CertifiedKey philippines = signer("PHL");

    private static CertifiedKey signer(String party) {
        return KeyRing.generate(party, NOW, Duration.ofDays(10), new SecureRandom())
                .signing();
    }

    private SignedDocument signed() {
        return new SignedDocument(PAYLOAD, List.of(SignedDocument.sign(PAYLOAD, "json", italy, NOW.plusMillis(1500))));
    }

    private static void refused(Reason reason, byte[] json) {
        VerificationException refusal = assertThrows(
                VerificationException.class, () -> SignedDocument.parse(json).verify());
        assertEquals(reason, refusal.reason(), refusal.sentence());
    }

    private byte[] changed(Consumer<ObjectNode> change) {
        ObjectNode document = (ObjectNode) CanonicalJson.parseStrict(signed().toJson());
        change.accept(document);
        return CanonicalJson.encode(document);
    }

    private byte[] withHeader(Consumer<ObjectNode> change) {
        ObjectNode header = (ObjectNode)
                CanonicalJson.parseStrict(signed().signatures().getFirst().protectedHeader());
        change.accept(header);
        return withHeaderBytes(CanonicalJson.encode(header));
    }

    /** Signed properly, so that the header alone is the reason to refuse. */
    private byte[] withHeaderBytes(byte[] header) {
        Base64.Encoder url = Base64.getUrlEncoder().withoutPadding();
        byte[] input = (url.encodeToString(header) + "." + url.encodeToString(PAYLOAD)).getBytes(UTF_8);
        byte[] signature = italy.key().sign(input);
        return changed(document -> firstSignature(document)
                .put("protected", url.encodeToString(header))
                .put("signature", url.encodeToString(signature)));
    }

    private static ObjectNode firstSignature(ObjectNode document) {
        return (ObjectNode) document.withArray("signatures").required(0);
    }

    @Test
    void aDocumentSignedByTwoIsReadAndVerified() throws VerificationException {
        SignedDocument both = signed().with(SignedDocument.sign(PAYLOAD, "json", philippines, NOW));
        SignedDocument read = SignedDocument.parse(both.toJson());
        read.verify();
        assertEquals(both, read);
        assertArrayEquals(PAYLOAD, read.payload());
        assertEquals(NOW.plusSeconds(1), read.signatures().getFirst().issuedAt());
        assertEquals(philippines.certificate(), read.signatures().getLast().certificate());
    }

    @Test
    void aChangedPayloadOrSignatureIsRefused() {
        Base64.Encoder url = Base64.getUrlEncoder().withoutPadding();
        refused(
                Reason.SIGNATURE_INVALID,
                changed(d -> d.put("payload", url.encodeToString("{\"a\":2}".getBytes(UTF_8)))));
        refused(
                Reason.SIGNATURE_INVALID,
                changed(d -> firstSignature(d).put("signature", url.encodeToString(new byte[64]))));
        refused(Reason.SIGNATURE_INVALID, withHeaderChangedAfterSigning());
    }

    private byte[] withHeaderChangedAfterSigning() {
        ObjectNode header = (ObjectNode)
                CanonicalJson.parseStrict(signed().signatures().getFirst().protectedHeader());
        header.put("iat", NOW.getEpochSecond() + 9);
        String encoded = Base64.getUrlEncoder().withoutPadding().encodeToString(CanonicalJson.encode(header));
        return changed(d -> firstSignature(d).put("protected", encoded));
    }

    @Test
    void anythingButTheOneFormIsRefused() {
        refused(Reason.MALFORMED, "{}".getBytes(UTF_8));
        refused(Reason.MALFORMED, "[]".getBytes(UTF_8));
        refused(Reason.MALFORMED, "not json".getBytes(UTF_8));
        refused(Reason.MALFORMED, changed(d -> d.put("more", 1)));
        refused(
                Reason.MALFORMED,
                changed(d -> firstSignature(d).putObject("header").put("kid", "x")));
        refused(Reason.SIGNATURE_MISSING, changed(d -> d.putArray("signatures")));
        refused(
                Reason.NOT_CANONICAL,
                changed(d -> d.put("payload", d.path("payload").asText() + "=")));
        refused(
                Reason.NOT_CANONICAL,
                changed(d -> d.put("payload", strayBits(d.path("payload").asText()))));
        refused(
                Reason.MALFORMED,
                changed(d -> d.put("payload", "!" + d.path("payload").asText())));
        String loose = Base64.getUrlEncoder().withoutPadding().encodeToString("{ \"a\":1}".getBytes(UTF_8));
        refused(Reason.NOT_CANONICAL, changed(d -> d.put("payload", loose)));
        String duplicate = new String(signed().toJson(), UTF_8).replaceFirst("\\{", "{\"payload\":\"e30\",");
        refused(Reason.MALFORMED, duplicate.getBytes(UTF_8));
    }

    /** The same bytes with another last character: its unused bits are set. */
    private static String strayBits(String base64) {
        assertEquals(3, base64.length() % 4);
        String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        int last = alphabet.indexOf(base64.charAt(base64.length() - 1));
        return base64.substring(0, base64.length() - 1) + alphabet.charAt(last | 1);
    }

    @Test
    void anyOtherHeaderIsRefused() {
        refused(Reason.ALGORITHM_MISMATCH, withHeader(h -> h.put("alg", "none")));
        refused(Reason.ALGORITHM_MISMATCH, withHeader(h -> h.put("alg", "EdDSA")));
        refused(Reason.MALFORMED, withHeader(h -> h.remove("iat")));
        refused(Reason.MALFORMED, withHeader(h -> h.put("iat", 1.5)));
        refused(Reason.MALFORMED, withHeader(h -> h.put("iat", "now")));
        refused(Reason.MALFORMED, withHeader(h -> h.putArray("crit").add("x")));
        refused(Reason.MALFORMED, withHeader(h -> h.put("kid", "x")));
        refused(Reason.MALFORMED, withHeader(h -> h.putArray("x5c")));
        refused(Reason.MALFORMED, withHeader(h -> h.putArray("x5c").add("AAAA")));
        refused(Reason.CERTIFICATE_INVALID, withHeader(h -> h.put("x5t#S256", "AAAA")));
        refused(
                Reason.NOT_CANONICAL,
                withHeaderBytes(new String(signed().signatures().getFirst().protectedHeader(), UTF_8)
                        .replace(",", ", ")
                        .getBytes(UTF_8)));
    }

    @Test
    void aSignatureOutsideItsCertificatesTimeIsRefused() {
        SignedDocument late = new SignedDocument(
                PAYLOAD, List.of(SignedDocument.sign(PAYLOAD, "json", italy, NOW.plus(Duration.ofDays(11)))));
        refused(Reason.CERTIFICATE_INVALID, late.toJson());
    }

    @Test
    void oneKeySignsOnlyOnce() {
        SignedDocument once = signed();
        assertThrows(IllegalArgumentException.class, () -> once.with(SignedDocument.sign(PAYLOAD, "json", italy, NOW)));
        refused(Reason.SIGNATURE_UNEXPECTED, changed(d -> {
            ArrayNode list = d.withArray("signatures");
            list.add(list.required(0).deepCopy());
        }));
    }

    @Test
    void onlyCanonicalPayloadsAreSigned() {
        assertThrows(IllegalArgumentException.class, () -> new SignedDocument("{ }".getBytes(UTF_8), List.of()));
    }
}
