package org.entente.gateway.evidence;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Base64;
import java.util.List;
import java.util.SortedMap;
import org.entente.crypto.Base64Url;
import org.entente.crypto.VerificationException;
import org.entente.crypto.VerificationException.Reason;
import org.entente.crypto.message.Content;
import org.entente.crypto.message.HttpRequestMessage;
import org.entente.crypto.message.HttpResponseMessage;
import org.entente.gateway.exchange.StoredMessage;
import org.jspecify.annotations.Nullable;

/**
 * The evidence of one exchange, version {@code entente-evidence/1} (docs/evidence.md). The file is the canonical form (RFC 8785) of
 * this record. Binary parts are base64url without padding, proofs are texts.
 *
 * @param exchange UUIDv7
 * @param exported when and by which party the file was made
 * @param request the request as the provider received it
 * @param response the answer as the consumer received it
 * @param answered the provider's journal proof
 * @param received the consumer's journal proof; absent if the consumer's receipt is not at hand
 * @param deleted the consumer's journal proof that it has deleted the figures; then the response has no body
 * @param notes signed acts about the figures, as nodes exchanged them; absent if there are none
 * @param stamps proofs that entries of the exporting node's journal are under checkpoints that timestamp authorities have stamped; absent
 *     if there are none
 * @param agreement the signed agreement, as JWS; absent if there was none
 * @param companions post-quantum signatures over the agreement, beside those in it: JWS general JSON without payload; absent if there are
 *     none
 * @param cards each party's cards from root to current, as JWS
 * @param page the same in words, in the languages of the agreement, HTML
 * @param seal JWS of the exporting node over the digest of everything else; null while the file is being made
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record EvidenceFile(
        String format,
        String exchange,
        Exported exported,
        Request request,
        Response response,
        Entry answered,
        @Nullable Entry received,
        @Nullable Entry deleted,
        @Nullable List<JsonNode> notes,
        @Nullable List<Stamp> stamps,
        @Nullable JsonNode agreement,
        @Nullable JsonNode companions,
        SortedMap<String, List<JsonNode>> cards,
        String page,
        @Nullable JsonNode seal) {
    /** Value of {@link #format}. */
    public static final String FORMAT = "entente-evidence/1";

    /** Content type of the seal's payload. */
    static final String SEAL_TYPE = "entente-evidence-seal";

    /** Who made the file, and when (RFC 3339). */
    public record Exported(String by, String time) {}

    /** A request: its head and its content. */
    public record Request(String method, String url, List<List<String>> headers, String body) {
        HttpRequestMessage message() throws VerificationException {
            return new HttpRequestMessage(
                    method, url, headersOf(headers), Content.of(Base64Url.decode("request.body", body)));
        }
    }

    /**
     * A response: its head and its content.
     *
     * @param body absent when the figures were deleted; their digest is in the head
     * @param length bytes of a body that is absent
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Response(
            int status,
            List<List<String>> headers,
            @Nullable String body,
            @Nullable Integer length) {
        HttpResponseMessage message() throws VerificationException {
            if (body == null) {
                org.entente.crypto.message.Headers head = headersOf(headers);
                return new HttpResponseMessage(status, head, absent(head, length));
            }
            return new HttpResponseMessage(
                    status, headersOf(headers), Content.of(Base64Url.decode("response.body", body)));
        }
    }

    /**
     * A journal entry: the record as it can be read, and the tlog-proof that carries it with its salt and leads to a signed
     * checkpoint.
     */
    public record Entry(JsonNode record, String proof) {}

    /**
     * A time that was attested for one of the entries.
     *
     * @param entry {@code answered}, {@code received} or {@code deleted}
     * @param proof tlog-proof of the entry, without its record, under the stamped checkpoint. What is stamped is the text after the
     *     proof's first empty line
     * @param tokens RFC 3161 tokens, base64url: the first stamps the checkpoint, each later one the token before it
     * @param certificates the certificates behind the tokens, base64url of DER; trusted only if the verifier names them
     */
    public record Stamp(String entry, String proof, List<String> tokens, List<String> certificates) {}

    /**
     * Reads a file. It must be its own canonical form, so that no byte is without meaning.
     *
     * @throws VerificationException with NOT_CANONICAL or MALFORMED
     */
    public static EvidenceFile parse(byte[] file) throws VerificationException {
        return EvidenceJson.read(file, EvidenceFile.class, FORMAT, List.of());
    }

    /** The bytes of the file. */
    public byte[] encode() {
        return EvidenceJson.encode(this);
    }

    /** The canonical bytes of everything but the seal: what the seal covers. */
    byte[] sealed() {
        return EvidenceJson.withoutSeal(this);
    }

    EvidenceFile with(String newPage, @Nullable JsonNode newSeal) {
        return new EvidenceFile(
                format,
                exchange,
                exported,
                request,
                response,
                answered,
                received,
                deleted,
                notes,
                stamps,
                agreement,
                companions,
                cards,
                newPage,
                newSeal);
    }

    /** Content that is not in the file: by the digest that its message states, which the signature covers. */
    private static Content absent(org.entente.crypto.message.Headers head, @Nullable Integer length)
            throws VerificationException {
        String field = head.get("content-digest").orElse("");
        if (length == null || length < 0 || !field.matches("sha-256=:[A-Za-z0-9+/]{43}=:")) {
            throw new VerificationException(
                    Reason.MALFORMED, "A response without a body states its length and its SHA-256 digest.");
        }
        return new Content(length, Base64.getDecoder().decode(field.substring(9, field.length() - 1)));
    }

    private static org.entente.crypto.message.Headers headersOf(List<List<String>> lines) throws VerificationException {
        try {
            return StoredMessage.headers(lines);
        } catch (IllegalArgumentException e) {
            throw new VerificationException(Reason.MALFORMED, "A header line is not a name and a value.", e);
        }
    }
}
