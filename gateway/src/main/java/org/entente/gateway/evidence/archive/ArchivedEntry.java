package org.entente.gateway.evidence.archive;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Arrays;
import java.util.Base64;
import org.entente.crypto.VerificationException;
import org.entente.crypto.VerificationException.Reason;
import org.entente.crypto.canonical.CanonicalJson;
import org.entente.crypto.journal.SaltedRecord;
import org.entente.gateway.journal.JournalEntry;
import org.jspecify.annotations.Nullable;

/**
 * A journal entry as a line of an archive.
 *
 * @param index of the entry
 * @param kind of act
 * @param subject what it is about
 * @param appended when, RFC 3339
 * @param entry base64url of the 32 bytes in the tree
 * @param opening base64url of salt and record; absent if they were deleted
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record ArchivedEntry(
        long index,
        String kind,
        @Nullable String subject,
        String appended,
        String entry,
        @Nullable String opening) {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    static ArchivedEntry of(JournalEntry entry) {
        SaltedRecord opening = entry.opening();
        Base64.Encoder base64 = Base64.getUrlEncoder().withoutPadding();
        return new ArchivedEntry(
                entry.index(),
                entry.kind(),
                entry.subject().orElse(null),
                entry.appended().toString(),
                base64.encodeToString(entry.entry()),
                opening == null ? null : base64.encodeToString(opening.encode()));
    }

    byte[] line() {
        return CanonicalJson.encode(MAPPER.valueToTree(this));
    }

    static ArchivedEntry parse(String line) throws VerificationException {
        try {
            return MAPPER.readValue(line, ArchivedEntry.class);
        } catch (JsonProcessingException e) {
            throw new VerificationException(Reason.MALFORMED, "A journal line of the archive cannot be read.", e);
        }
    }

    byte[] entryBytes() throws VerificationException {
        return decode(entry);
    }

    /** Salt and record, checked against the entry; null if they were deleted. */
    @Nullable
    SaltedRecord checked() throws VerificationException {
        if (opening == null) {
            return null;
        }
        SaltedRecord salted = SaltedRecord.parse(decode(opening));
        if (!Arrays.equals(salted.entry(), entryBytes())) {
            throw new VerificationException(
                    Reason.PROOF_INVALID, "Entry " + index + " does not commit to its salt and record.");
        }
        return salted;
    }

    private static byte[] decode(String text) throws VerificationException {
        try {
            return Base64.getUrlDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            throw new VerificationException(Reason.MALFORMED, "A journal line of the archive is not base64url.", e);
        }
    }
}
