package org.entente.gateway.journal;

import org.jspecify.annotations.Nullable;

/**
 * A row change that becomes durable together with its journal entry.
 *
 * <p>The writes of one draft are carried out in order. Drafts that wait at the same time share a transaction: inserts
 * that stand before any update in their draft are sent ahead in bulk, everything else follows draft by draft in the order of
 * the entries. A write therefore carries its whole condition itself, as a unique key or in its WHERE clause.
 *
 * <p>Parameters are those of {@link org.entente.gateway.base.Database}, and {@link #INDEX}.
 */
public sealed interface Write {
    /** As a parameter: the index that the draft's entry gets. */
    Object INDEX = Placeholder.INDEX;

    /** The statement, with a question mark for each parameter. */
    String sql();

    /** The values for the question marks. */
    @Nullable
    Object[] parameters();

    /**
     * Adds one row. A duplicate key fails only its own draft, with {@link DuplicateWriteException}. Equal statements of
     * a batch are sent as one, so give the text as a constant.
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Insert(String sql, @Nullable Object... parameters) implements Write {}

    /**
     * Changes or deletes rows. Another number of rows than expected fails only its own draft, with {@link
     * ConflictingWriteException}.
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Update(String sql, int expectedRows, @Nullable Object... parameters) implements Write {}

    /** Values that are known only when the entry is sequenced. */
    enum Placeholder {
        /** The index of the draft's entry. */
        INDEX
    }
}
