/**
 * One file that proves one exchange to a third party, offline. The format is described in {@code docs/evidence.md}.
 */
@NullMarked
package org.entente.gateway.evidence;

import org.jspecify.annotations.NullMarked;
