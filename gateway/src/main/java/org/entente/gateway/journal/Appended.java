package org.entente.gateway.journal;

import org.entente.crypto.journal.TlogProof;

/**
 * A durable entry.
 *
 * @param index of the entry, from 0
 * @param salt 32 random bytes
 * @param record the canonical JSON of the record
 * @param proof that the entry is in the tree of the checkpoint signed for its batch; the extra line holds salt and
 *     record
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Appended(long index, byte[] salt, byte[] record, TlogProof proof) {}
