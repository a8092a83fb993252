package org.entente.gateway.region.deposit;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import org.entente.crypto.VerificationException;
import org.entente.crypto.VerificationException.Reason;
import org.entente.crypto.canonical.CanonicalJson;

/**
 * What the secretariat signs of figures that a member without a node has put in: that this person, for this member, has handed over this
 * file and confirmed these sums. It is the secretariat's word and not the member's signature.
 *
 * @param format {@link #FORMAT}
 * @param id of the deposit
 * @param party the secretariat
 * @param member whose figures they are
 * @param round id of the round
 * @param programme with version, as {@code ID/VERSION}
 * @param year that the round asks for
 * @param table of the programme
 * @param agreement id of the framework
 * @param leg by which the member would answer
 * @param depositor post and office of whoever has put them in and confirmed the sums; the person's name stays with the secretariat
 * @param confirmed when, UTC
 * @param workbook SHA-256 of the file that was handed over, base64url
 * @param content SHA-256 of the figures as SDMX-CSV, base64url
 * @param figures how many numbers there are
 * @param withheld how many cells the member withholds
 * @param unofficial how many figures are not from the member's official source
 * @param total the sum of all numbers, as confirmed
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record DepositDocument(
        String format,
        String id,
        String party,
        String member,
        String round,
        String programme,
        int year,
        String table,
        String agreement,
        String leg,
        String depositor,
        String confirmed,
        String workbook,
        String content,
        long figures,
        long withheld,
        long unofficial,
        double total) {
    /** The only format so far. */
    public static final String FORMAT = "entente-deposit/1";

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .build();

    /** The canonical bytes, as they are signed. */
    byte[] encode() {
        return CanonicalJson.encode(MAPPER.valueToTree(this));
    }

    /**
     * Reads one.
     *
     * @throws VerificationException if it has not this form
     */
    public static DepositDocument parse(byte[] json) throws VerificationException {
        try {
            DepositDocument document = MAPPER.readValue(json, DepositDocument.class);
            if (!FORMAT.equals(document.format())) {
                throw new VerificationException(Reason.MALFORMED, "The deposit is not of the format " + FORMAT);
            }
            return document;
        } catch (JsonProcessingException e) {
            throw new VerificationException(Reason.MALFORMED, "The deposit cannot be read: " + e.getOriginalMessage());
        } catch (IOException e) {
            throw new VerificationException(Reason.MALFORMED, "The deposit cannot be read");
        }
    }
}
