package org.entente.gateway.evidence;

import static org.entente.gateway.evidence.VerificationSteps.require;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.entente.crypto.Base64Url;
import org.entente.crypto.Digests;
import org.entente.crypto.VerificationException;
import org.entente.crypto.VerificationException.Reason;
import org.entente.crypto.canonical.CanonicalJson;
import org.entente.crypto.document.DocumentSignature;
import org.entente.crypto.document.SignedDocument;
import org.entente.crypto.keys.CertifiedKey;
import org.entente.gateway.partners.CardDocument;
import org.jspecify.annotations.Nullable;

/** The exporting node's signature over an evidence file: it covers what no other signature covers. */
final class Seal {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private Seal() {}

    /** What is signed: the digest of the canonical form of everything but the seal. */
    static byte[] payload(EvidenceFile evidence) {
        return payload("exchange", evidence.exchange(), evidence.sealed());
    }

    /** The same for the evidence of a pack. */
    static byte[] payload(PackEvidenceFile evidence) {
        return payload("pack", evidence.pack(), evidence.sealed());
    }

    /** The same for a provider's evidence of a pack. */
    static byte[] payload(DeliveredPackFile evidence) {
        return payload("pack", evidence.pack(), evidence.sealed());
    }

    private static byte[] payload(String what, String id, byte[] sealed) {
        return CanonicalJson.encode(
                Map.of("type", EvidenceFile.SEAL_TYPE, what, id, "sha256", Base64Url.encode(Digests.sha256(sealed))));
    }

    static PackEvidenceFile on(PackEvidenceFile unsealed, CertifiedKey key, Instant now) {
        return unsealed.with(unsealed.page(), signed(payload(unsealed), key, now));
    }

    static DeliveredPackFile on(DeliveredPackFile unsealed, CertifiedKey key, Instant now) {
        return unsealed.with(unsealed.page(), signed(payload(unsealed), key, now));
    }

    private static JsonNode signed(byte[] payload, CertifiedKey key, Instant now) {
        return tree(new SignedDocument(payload, List.of(SignedDocument.sign(payload, "json", key, now))).toJson());
    }

    static EvidenceFile on(EvidenceFile unsealed, CertifiedKey key, Instant now) {
        return unsealed.with(unsealed.page(), signed(payload(unsealed), key, now));
    }

    static JsonNode tree(byte[] json) {
        try {
            return MAPPER.readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The seal of a file: over its content, by a key of the party that made it. */
    static String check(@Nullable JsonNode json, byte[] payload, String by, Map<String, List<CardDocument>> cards)
            throws VerificationException {
        if (json == null) {
            throw new VerificationException(Reason.SIGNATURE_MISSING, "The file has no seal.");
        }
        SignedDocument document = SignedDocument.parse(CanonicalJson.encode(json));
        document.verify();
        require(
                java.util.Arrays.equals(document.payload(), payload),
                "The seal is over another content; something that no other signature covers was changed.");
        sealedInTime(cards.getOrDefault(by, List.of()), document.signatures().getFirst(), by);
        return by;
    }

    /** The seal is over the cards, too: one by a key that they replace was made when the replacement was known, whatever time it names. */
    private static void sealedInTime(List<CardDocument> chain, DocumentSignature seal, String by)
            throws VerificationException {
        CardDocument listing = chain.stream()
                .filter(card -> card.card().signing().getFirst().certificate().equals(seal.certificate()))
                .findFirst()
                .orElseThrow(() -> new VerificationException(
                        Reason.PROOF_INVALID, "The seal is not by a signing key on the cards of " + by + "."));
        KeyWindow window = KeyWindow.of(chain, listing.digest());
        require(!window.replaced(), "The seal is by a key of " + by + " that was lost or stolen.");
        window.check(by, seal.issuedAt(), null);
    }
}
