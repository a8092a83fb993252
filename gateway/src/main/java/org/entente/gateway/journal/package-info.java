/**
 * The node's journal: an append-only Merkle log in the database (C2SP tlog-tiles), into which every act is written that
 * changes state.
 *
 * <p>An act and its rows become durable in one transaction or not at all. Appends that wait at the same time share a
 * transaction (group commit); the checkpoint is signed after it is durable, never before.
 */
@NullMarked
package org.entente.gateway.journal;

import org.jspecify.annotations.NullMarked;
