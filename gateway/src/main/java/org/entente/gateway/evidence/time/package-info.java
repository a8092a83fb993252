/**
 * Timestamps on the journal's checkpoints (RFC 3161): taking and renewing them, counting how long they are missing, and what
 * follows when they are missing for too long. Described in {@code docs/evidence.md} and {@code docs/administrator.md}.
 */
@NullMarked
package org.entente.gateway.evidence.time;

import org.jspecify.annotations.NullMarked;
