package org.entente.crypto.document;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.entente.crypto.Digests;
import org.entente.crypto.VerificationException;
import org.entente.crypto.VerificationException.Reason;
import org.entente.crypto.keys.CertifiedKey;
import org.entente.crypto.keys.KeyRing;
import org.entente.crypto.keys.SignatureAlgorithm;
import org.entente.crypto.keys.SigningKey;
import org.junit.jupiter.api.Test;

/** Post-quantum signatures beside documents: detached JWS by ML-DSA-65. */
class CompanionSignatureTest {
    private static final byte[] PAYLOAD = "{\"text\":\"agreement\"}".getBytes(UTF_8);
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    private final CertifiedKey officer = KeyRing.generate("ITA", NOW, Duration.ofDays(10), new SecureRandom())
            .signing();
    private final SigningKey quantum = SigningKey.mlDsa(SignatureAlgorithm.ML_DSA_65, new byte[32]);
    private final AkpKey key = AkpKey.of(quantum);
    private final DocumentSignature beside = SignedDocument.sign(PAYLOAD, "json", officer, NOW);
    private final CompanionSignature signature = CompanionSignature.sign(PAYLOAD, beside, quantum);

    @Test
    void itIsReadAsWrittenAndHolds() throws VerificationException {
        CompanionSignature read = CompanionSignature.read(signature.toJson());
        assertEquals(signature, read);
        read.verify(PAYLOAD, beside, key);
        assertEquals(key, AkpKey.read(key.toJson()));
    }

    /** The signing input of RFC 7515 section 5.1, put together by hand, and the platform's own ML-DSA. */
    @Test
    void theSignedBytesAreThoseOfJws() throws GeneralSecurityException {
        String header = signature.toJson().path("protected").asText();
        assertEquals(
                "{\"alg\":\"ML-DSA-65\",\"cty\":\"json\",\"iat\":" + NOW.getEpochSecond() + ",\"kid\":\"" + key + "\"}",
                new String(Base64.getUrlDecoder().decode(header), UTF_8));
        String payload = Base64.getUrlEncoder().withoutPadding().encodeToString(PAYLOAD);
        Signature platform = Signature.getInstance("ML-DSA", "SUN");
        platform.initVerify(quantum.publicKey());
        platform.update((header + "." + payload).getBytes(US_ASCII));
        assertTrue(platform.verify(signature.signature()));
    }

    /** RFC 7638 over the members that RFC 9964 requires, in their order. */
    @Test
    void aKeyIsNamedByItsThumbprint() {
        String json = "{\"alg\":\"ML-DSA-65\",\"kty\":\"AKP\",\"pub\":\""
                + key.toJson().path("pub").asText() + "\"}";
        assertEquals(
                Base64.getUrlEncoder().withoutPadding().encodeToString(Digests.sha256(json.getBytes(UTF_8))),
                key.thumbprint());
    }

    @Test
    void anotherPayloadTimeOrKeyIsRefused() {
        refused(
                Reason.SIGNATURE_INVALID,
                () -> signature.verify("{\"text\":\"another\"}".getBytes(UTF_8), beside, key));
        DocumentSignature later = SignedDocument.sign(PAYLOAD, "json", officer, NOW.plusSeconds(1));
        refused(Reason.DIGEST_MISMATCH, () -> signature.verify(PAYLOAD, later, key));
        byte[] seed = new byte[32];
        seed[0] = 1;
        AkpKey other = AkpKey.of(SigningKey.mlDsa(SignatureAlgorithm.ML_DSA_65, seed));
        refused(Reason.KEY_UNKNOWN, () -> signature.verify(PAYLOAD, beside, other));
    }

    @Test
    void anotherAlgorithmOrFormIsRefused() {
        ObjectNode elsewhere = signature.toJson();
        elsewhere.put(
                "protected",
                Base64.getUrlEncoder()
                        .withoutPadding()
                        .encodeToString("{\"alg\":\"none\",\"cty\":\"json\",\"iat\":1,\"kid\":\"x\"}".getBytes(UTF_8)));
        refused(Reason.ALGORITHM_MISMATCH, () -> CompanionSignature.read(elsewhere));
        refused(
                Reason.MALFORMED,
                () -> CompanionSignature.read(signature.toJson().put("payload", "")));
        refused(Reason.ALGORITHM_MISMATCH, () -> AkpKey.read(key.toJson().put("alg", "ML-DSA-44")));
        refused(Reason.MALFORMED, () -> AkpKey.read(key.toJson().put("pub", "AAAA")));
        SigningKey small = SigningKey.mlDsa(SignatureAlgorithm.ML_DSA_44, new byte[32]);
        assertThrows(IllegalArgumentException.class, () -> AkpKey.of(small));
    }

    @Property(tries = 50)
    void aSignatureWithAnyBitChangedIsRefused(@ForAll @IntRange(max = 8 * 3309 - 1) int bit) {
        byte[] changed = signature.signature().clone();
        changed[bit / 8] ^= (byte) (1 << bit % 8);
        CompanionSignature forged =
                new CompanionSignature(signature.protectedHeader(), changed, signature.keyId(), signature.issuedAt());
        refused(Reason.SIGNATURE_INVALID, () -> forged.verify(PAYLOAD, beside, key));
    }

    private static void refused(Reason reason, org.junit.jupiter.api.function.Executable action) {
        assertEquals(reason, assertThrows(VerificationException.class, action).reason());
    }
}
