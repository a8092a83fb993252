package org.entente.gateway.evidence;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.SortedMap;
import org.entente.crypto.VerificationException;
import org.jspecify.annotations.Nullable;

/**
 * The provider's evidence of a crisis pack, version {@code entente-pack-delivery/1} (docs/evidence.md): that the consumer had it and that its
 * officer declared it opened. Canonical JSON, like {@link EvidenceFile}. What the consumer's node entered on opening it is not in it, since
 * nobody else has that.
 *
 * @param pack UUIDv7 of the pack
 * @param exported when and by which party, the provider, the file was made
 * @param document the canonical document with decision and figures, base64url
 * @param made the provider's journal proof that it made the document
 * @param received the consumer's journal proof that it held the document, sealed, as it gave it to the provider
 * @param declaration the act with which the consumer's officer opened it, as nodes exchange it
 * @param stamps as in {@link EvidenceFile}, of {@code made}; absent if there are none
 * @param agreement the signed agreement, as JWS
 * @param companions post-quantum signatures of officers beside those on the agreement, as in {@link EvidenceFile}; absent if there are none
 * @param cards each party's cards from root to current, as JWS
 * @param page the same in words, in the languages of the agreement, HTML
 * @param seal JWS of the exporting node over the digest of everything else; null while the file is being made
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record DeliveredPackFile(
        String format,
        String pack,
        EvidenceFile.Exported exported,
        String document,
        EvidenceFile.Entry made,
        EvidenceFile.Entry received,
        JsonNode declaration,
        @Nullable List<EvidenceFile.Stamp> stamps,
        JsonNode agreement,
        @Nullable JsonNode companions,
        SortedMap<String, List<JsonNode>> cards,
        String page,
        @Nullable JsonNode seal) {
    /** Value of {@link #format}. */
    public static final String FORMAT = "entente-pack-delivery/1";

    private static final List<String> REQUIRED =
            List.of("pack", "exported", "document", "made", "received", "declaration", "agreement", "cards", "page");

    /**
     * Reads a file. It must be its own canonical form, so that no byte is without meaning.
     *
     * @throws VerificationException with NOT_CANONICAL or MALFORMED
     */
    static DeliveredPackFile parse(byte[] file) throws VerificationException {
        return EvidenceJson.read(file, DeliveredPackFile.class, FORMAT, REQUIRED);
    }

    /** The bytes of the file. */
    public byte[] encode() {
        return EvidenceJson.encode(this);
    }

    /** The canonical bytes of everything but the seal: what the seal covers. */
    byte[] sealed() {
        return EvidenceJson.withoutSeal(this);
    }

    DeliveredPackFile with(String newPage, @Nullable JsonNode newSeal) {
        return new DeliveredPackFile(
                format,
                pack,
                exported,
                document,
                made,
                received,
                declaration,
                stamps,
                agreement,
                companions,
                cards,
                newPage,
                newSeal);
    }
}
