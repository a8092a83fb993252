package org.entente.gateway.exchange;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.entente.crypto.VerificationException;
import org.entente.crypto.canonical.CanonicalJson;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
import org.jspecify.annotations.Nullable;

/**
 * Signed messages on their way between two nodes by e-mail or on a stick (docs/protocol.md section 12): first the requests, and when the
 * other side has dealt with them, each with its response. What seals the file are the signatures of its messages; it is not
 * encrypted.
 *
 * @param from party that has signed the requests
 * @param to party to which they are addressed
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record SealedFile(String format, String from, String to, List<Letter> letters) {
    /** Value of {@link #format}. */
    public static final String FORMAT = "entente-sealed/1";

    /** Most messages in one file. */
    public static final int MOST_LETTERS = 1_000;

    public SealedFile {
        letters = List.copyOf(letters);
    }

    /**
     * A request, and its response once there is one.
     *
     * @param report base64url of the report of the release that answered, for whoever cannot fetch it; the response's proved record names its
     *     digest
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Letter(
            Filed.Request request,
            Filed.@Nullable Response response,
            @Nullable String report) {
        /** A request that nobody has answered. */
        public static Letter of(Filed.Request request) {
            return new Letter(request, null, null);
        }
    }

    /** A file with these messages. */
    public static SealedFile of(String from, String to, List<Letter> letters) {
        return new SealedFile(FORMAT, from, to, letters);
    }

    /**
     * Reads a file. It must be its own canonical form, so that no byte is without meaning.
     *
     * @throws EntenteException {@code file-unusable}
     */
    public static SealedFile parse(byte[] bytes) {
        try {
            JsonNode tree = CanonicalJson.parseCanonical(bytes);
            SealedFile file = RecordCodec.value(tree, SealedFile.class);
            boolean whole = FORMAT.equals(file.format) && RecordCodec.tree(file).equals(tree);
            if (whole && !file.letters.isEmpty() && file.letters.size() <= MOST_LETTERS) {
                return file;
            }
        } catch (IllegalArgumentException | NullPointerException | VerificationException e) {
            throw unusable("The file is not of the form " + FORMAT + ": " + e.getMessage(), e);
        }
        throw unusable(
                "The file is not of the form " + FORMAT + ", or holds none or more than " + MOST_LETTERS + " messages.",
                null);
    }

    /** The bytes of the file: canonical JSON (RFC 8785). */
    public byte[] encode() {
        return CanonicalJson.encode(RecordCodec.tree(this));
    }

    /** Refuses a file with {@code file-unusable}. */
    public static EntenteException unusable(String detail, @Nullable Throwable cause) {
        return new EntenteException(ErrorCode.FILE_UNUSABLE, detail, cause);
    }
}
