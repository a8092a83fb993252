package org.entente.gateway.region.programme;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.List;
import org.entente.crypto.Base64Url;
import org.entente.crypto.Digests;
import org.entente.crypto.canonical.CanonicalJson;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
import org.entente.gateway.region.comparison.ReconciliationMethod;
import org.jspecify.annotations.Nullable;

/**
 * That the mirror pairs between two members are also shown reconciled, by which method and why. It has no effect before both members have
 * consented to exactly this, by its digest.
 *
 * @param id unique in the programme
 * @param method with version, as {@code MEAN/1}; see {@link ReconciliationMethod}
 * @param table that both figures are from
 * @param origin member that the people come from
 * @param destination member that they go to or live in
 * @param prefer the side whose figure counts; for the method {@code PREFERRED} alone
 * @param note why that method is fair for this pair
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ReconciliationRule(
        String id,
        String method,
        String table,
        String origin,
        String destination,
        ReconciliationMethod.@Nullable Side prefer,
        String note) {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    /** Both members. */
    public List<String> parties() {
        return List.of(origin, destination);
    }

    /**
     * What an officer consents to: the rule and the programme that it belongs to, whatever that programme's version.
     *
     * @param format {@link #FORMAT}
     */
    public record Document(String format, String programme, ReconciliationRule rule) {
        /** The only format so far. */
        public static final String FORMAT = "entente-reconciliation/1";

        /** The canonical bytes. */
        public byte[] encode() {
            return CanonicalJson.encode(MAPPER.valueToTree(this));
        }

        /** SHA-256 of the canonical bytes, base64url: what a consent names. */
        public String digest() {
            return Base64Url.encode(Digests.sha256(encode()));
        }

        /**
         * Reads one.
         *
         * @throws EntenteException {@code file-unusable}
         */
        public static Document read(byte[] json) {
            try {
                Document document = MAPPER.treeToValue(CanonicalJson.parseStrict(json), Document.class);
                if (!FORMAT.equals(document.format())
                        || ReconciliationMethod.find(document.rule().method()).isEmpty()) {
                    throw new IOException("it is not of the format " + FORMAT + ", or of no method that is known");
                }
                return document;
            } catch (IOException | RuntimeException e) {
                throw new EntenteException(
                        ErrorCode.FILE_UNUSABLE, "The file is no rule of reconciliation: " + e.getMessage(), e);
            }
        }
    }

    /** With the programme that it belongs to. */
    public Document of(String programme) {
        return new Document(Document.FORMAT, programme, this);
    }
}
