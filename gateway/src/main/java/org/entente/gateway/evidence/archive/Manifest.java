package org.entente.gateway.evidence.archive;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.SortedMap;
import java.util.TreeMap;
import org.entente.crypto.VerificationException;
import org.entente.crypto.VerificationException.Reason;
import org.entente.crypto.canonical.CanonicalJson;

/**
 * What an archive says of itself; signed.
 *
 * @param format {@link #FORMAT}
 * @param party whose journal it is
 * @param origin the journal's origin
 * @param from beginning of the period, RFC 3339
 * @param until its end, exclusive
 * @param first index of the first entry
 * @param end index after the last entry; the size of the checkpoint in {@code journal/checkpoint}
 * @param files SHA-256, base64url, of every file but the manifest, by name
 */
record Manifest(
        String format,
        String party,
        String origin,
        String from,
        String until,
        long first,
        long end,
        SortedMap<String, String> files) {
    static final String FORMAT = "entente-archive/1";

    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .build();

    Manifest {
        files = new TreeMap<>(files);
    }

    byte[] encode() {
        return CanonicalJson.encode(MAPPER.valueToTree(this));
    }

    static Manifest parse(byte[] json) throws VerificationException {
        try {
            Manifest manifest = MAPPER.treeToValue(CanonicalJson.parseStrict(json), Manifest.class);
            if (!FORMAT.equals(manifest.format)) {
                throw new VerificationException(Reason.MALFORMED, "The archive is not of format " + FORMAT + ".");
            }
            return manifest;
        } catch (JsonProcessingException | IllegalArgumentException e) {
            throw new VerificationException(Reason.MALFORMED, "The manifest of the archive cannot be read.", e);
        }
    }
}
