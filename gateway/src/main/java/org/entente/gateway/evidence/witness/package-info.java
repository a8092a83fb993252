/**
 * Witnesses: this node recomputes its partners' journals and cosigns them, partners and outside witnesses do the same with its own, and
 * at start partners say what they have seen of it.
 */
@NullMarked
package org.entente.gateway.evidence.witness;

import org.jspecify.annotations.NullMarked;
