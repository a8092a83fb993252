package org.entente.gateway.evidence;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.SortedMap;
import org.entente.crypto.VerificationException;
import org.jspecify.annotations.Nullable;

/**
 * The evidence of figures from an opened crisis pack, version {@code entente-pack-evidence/1} (docs/evidence.md). Nobody asked for them: the
 * clause that orders the pack and the officer's declaration stand in the place of a request. Canonical JSON, like {@link EvidenceFile}.
 *
 * @param pack UUIDv7 of the pack
 * @param exported when and by which party, the consumer, the file was made
 * @param delivery the provider's signed message; its body is the document with the figures
 * @param received the consumer's journal proof that it held the pack, sealed
 * @param declaration the act with which the consumer's officer opened it, as nodes exchange it
 * @param opened the consumer's journal proof that it was opened, under which act
 * @param stamps as in {@link EvidenceFile}, of {@code received} and {@code opened}; absent if there are none
 * @param agreement the signed agreement, as JWS
 * @param companions post-quantum signatures of officers beside those on the agreement, as in {@link EvidenceFile}; absent if there are none
 * @param cards each party's cards from root to current, as JWS
 * @param page the same in words, in the languages of the agreement, HTML
 * @param seal JWS of the exporting node over the digest of everything else; null while the file is being made
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record PackEvidenceFile(
        String format,
        String pack,
        EvidenceFile.Exported exported,
        EvidenceFile.Request delivery,
        EvidenceFile.Entry received,
        JsonNode declaration,
        EvidenceFile.Entry opened,
        @Nullable List<EvidenceFile.Stamp> stamps,
        JsonNode agreement,
        @Nullable JsonNode companions,
        SortedMap<String, List<JsonNode>> cards,
        String page,
        @Nullable JsonNode seal) {
    /** Value of {@link #format}. */
    public static final String FORMAT = "entente-pack-evidence/1";

    private static final List<String> REQUIRED =
            List.of("pack", "exported", "delivery", "received", "declaration", "opened", "agreement", "cards", "page");

    /**
     * Reads a file. It must be its own canonical form, so that no byte is without meaning.
     *
     * @throws VerificationException with NOT_CANONICAL or MALFORMED
     */
    static PackEvidenceFile parse(byte[] file) throws VerificationException {
        return EvidenceJson.read(file, PackEvidenceFile.class, FORMAT, REQUIRED);
    }

    /** The bytes of the file. */
    public byte[] encode() {
        return EvidenceJson.encode(this);
    }

    /** The canonical bytes of everything but the seal: what the seal covers. */
    byte[] sealed() {
        return EvidenceJson.withoutSeal(this);
    }

    PackEvidenceFile with(String newPage, @Nullable JsonNode newSeal) {
        return new PackEvidenceFile(
                format,
                pack,
                exported,
                delivery,
                received,
                declaration,
                opened,
                stamps,
                agreement,
                companions,
                cards,
                newPage,
                newSeal);
    }
}
