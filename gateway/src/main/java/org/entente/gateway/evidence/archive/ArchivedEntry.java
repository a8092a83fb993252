package org.entente.gateway.evidence.archive;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Arrays;
import java.util.Objects;
import org.entente.crypto.Base64Url;
import org.entente.crypto.VerificationException;
import org.entente.crypto.VerificationException.Reason;
import org.entente.crypto.canonical.CanonicalJson;
import org.entente.crypto.journal.Hash;
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
 * @param entry base64url of the 32 bytes that were appended; absent if the entry was lost
 * @param leaf base64url of its leaf hash, where the entry was lost and the tree alone still knows it; otherwise absent
 * @param opening base64url of salt and record; absent if they were deleted, or lost with the entry
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record ArchivedEntry(
        long index,
        String kind,
        @Nullable String subject,
        String appended,
        @Nullable String entry,
        @Nullable String leaf,
        @Nullable String opening) {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    /**
     * An entry as it is archived.
     *
     * @param leaf its leaf hash
     */
    static ArchivedEntry of(JournalEntry entry, Hash leaf) {
        SaltedRecord opening = entry.opening();
        byte[] bytes = entry.entry();
        return new ArchivedEntry(
                entry.index(),
                entry.kind(),
                entry.subject().orElse(null),
                entry.appended().toString(),
                bytes == null ? null : Base64Url.encode(bytes),
                bytes == null ? Base64Url.encode(leaf.bytes()) : null,
                opening == null ? null : Base64Url.encode(opening.encode()));
    }

    byte[] line() {
        return CanonicalJson.encode(MAPPER.valueToTree(this));
    }

    static ArchivedEntry parse(String line) throws VerificationException {
        ArchivedEntry read;
        try {
            read = MAPPER.readValue(line, ArchivedEntry.class);
        } catch (JsonProcessingException e) {
            throw new VerificationException(Reason.MALFORMED, "A journal line of the archive cannot be read.", e);
        }
        if ((read.entry == null) == (read.leaf == null) || (read.entry == null && read.opening != null)) {
            throw new VerificationException(
                    Reason.MALFORMED, "Entry " + read.index + " of the archive is neither there nor marked as lost.");
        }
        return read;
    }

    /** The 32 bytes that were appended; null if the entry was lost. */
    byte @Nullable [] entryBytes() throws VerificationException {
        return entry == null ? null : decode(entry);
    }

    /** What the tree holds for it. */
    Hash leafHash() throws VerificationException {
        byte[] bytes = entryBytes();
        if (bytes != null) {
            return Hash.leaf(bytes);
        }
        byte[] hash = decode(Objects.requireNonNull(leaf));
        if (hash.length != Hash.LENGTH) {
            throw new VerificationException(Reason.MALFORMED, "The leaf of entry " + index + " is no hash.");
        }
        return Hash.of(hash);
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
            return Base64Url.decode(text);
        } catch (IllegalArgumentException e) {
            throw new VerificationException(Reason.MALFORMED, "A journal line of the archive is not base64url.", e);
        }
    }
}
