package org.entente.gateway.journal;

import java.time.Instant;
import java.util.Optional;
import org.entente.crypto.journal.SaltedRecord;
import org.jspecify.annotations.Nullable;

/**
 * A stored entry.
 *
 * @param index of the entry, from 0
 * @param kind what kind of act it is
 * @param subject what it is about, if anything
 * @param appended when it was sequenced, by this node's clock
 * @param entry the 32 bytes that stand in the tree: SHA-256(salt || record); null if the entry was lost and only its leaf hash is known
 * @param opening salt and record; null once they were deleted under a retention rule
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record JournalEntry(
        long index,
        String kind,
        Optional<String> subject,
        Instant appended,
        byte @Nullable [] entry,
        @Nullable SaltedRecord opening) {}
