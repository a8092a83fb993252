package org.entente.crypto.journal;

import java.security.MessageDigest;
import java.util.Arrays;
import org.entente.crypto.Digests;
import org.entente.crypto.VerificationException;
import org.entente.crypto.VerificationException.Reason;

/**
 * What a journal entry commits to: a record and the salt that hides it. The entry itself is SHA-256(salt || record),
 * so the tree can be public while a record is shown only to those it concerns. Immutable, compared by value.
 */
public final class SaltedRecord {
    /** Length of the salt in bytes. */
    public static final int SALT_LENGTH = 32;

    private final byte[] salt;
    private final byte[] record;

    private SaltedRecord(byte[] salt, byte[] record) {
        this.salt = salt;
        this.record = record;
    }

    /**
     * A record with its salt.
     *
     * @param salt 32 bytes
     * @param record the canonical JSON (RFC 8785) of the record
     */
    public static SaltedRecord of(byte[] salt, byte[] record) {
        if (salt.length != SALT_LENGTH) {
            throw new IllegalArgumentException("a salt has 32 bytes, not " + salt.length);
        }
        return new SaltedRecord(salt.clone(), record.clone());
    }

    /**
     * Reads what {@link #encode()} writes.
     *
     * @throws VerificationException with MALFORMED if it is not longer than a salt
     */
    public static SaltedRecord parse(byte[] saltAndRecord) throws VerificationException {
        if (saltAndRecord.length <= SALT_LENGTH) {
            throw new VerificationException(Reason.MALFORMED, "There is no record after the salt.");
        }
        return new SaltedRecord(
                Arrays.copyOf(saltAndRecord, SALT_LENGTH),
                Arrays.copyOfRange(saltAndRecord, SALT_LENGTH, saltAndRecord.length));
    }

    /** The journal entry: SHA-256(salt || record), 32 bytes. */
    public byte[] entry() {
        MessageDigest digest = Digests.sha256();
        digest.update(salt);
        return digest.digest(record);
    }

    /** The hash of the journal entry in the tree. */
    public Hash leaf() {
        return Hash.leaf(entry());
    }

    /** A copy of the salt. */
    public byte[] salt() {
        return salt.clone();
    }

    /** A copy of the record. */
    public byte[] record() {
        return record.clone();
    }

    /** salt || record, as the extra line of a proof carries it. */
    public byte[] encode() {
        byte[] bytes = Arrays.copyOf(salt, salt.length + record.length);
        System.arraycopy(record, 0, bytes, salt.length, record.length);
        return bytes;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SaltedRecord that
                && Arrays.equals(salt, that.salt)
                && Arrays.equals(record, that.record);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(salt);
    }
}
