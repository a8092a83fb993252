package org.entente.gateway.journal;

import org.entente.crypto.journal.Hash;

/**
 * The head row: the committed state of the journal.
 *
 * @param size entries
 * @param root root of the tree over them
 * @param epoch how often a person has recovered the journal
 */
record Head(long size, Hash root, long epoch) {}
