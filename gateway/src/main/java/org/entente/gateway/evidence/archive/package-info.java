/**
 * Archives: a period of the journal with its messages, bodies, timestamps and cards in one signed file that verifies offline and can
 * be taken back. Described in {@code docs/evidence.md}.
 */
@NullMarked
package org.entente.gateway.evidence.archive;

import org.jspecify.annotations.NullMarked;
