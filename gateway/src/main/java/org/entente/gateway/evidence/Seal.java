package org.entente.gateway.evidence;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.entente.crypto.Digests;
import org.entente.crypto.canonical.CanonicalJson;
import org.entente.crypto.document.SignedDocument;
import org.entente.crypto.keys.CertifiedKey;

/** The exporting node's signature over an evidence file: it covers what no other signature covers. */
final class Seal {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private Seal() {}

    /** What is signed: the digest of the canonical form of everything but the seal. */
    static byte[] payload(EvidenceFile evidence) {
        return CanonicalJson.encode(Map.of(
                "type",
                EvidenceFile.SEAL_TYPE,
                "exchange",
                evidence.exchange(),
                "sha256",
                EvidenceFile.encodeBytes(Digests.sha256(evidence.sealed()))));
    }

    static EvidenceFile on(EvidenceFile unsealed, CertifiedKey key, Instant now) {
        byte[] payload = payload(unsealed);
        SignedDocument document = new SignedDocument(payload, List.of(SignedDocument.sign(payload, "json", key, now)));
        return unsealed.withSeal(tree(document.toJson()));
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
}
