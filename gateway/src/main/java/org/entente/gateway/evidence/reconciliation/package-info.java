/** Both sides' records of their exchanges, compared: what one has and the other has not. */
@NullMarked
package org.entente.gateway.evidence.reconciliation;

import org.jspecify.annotations.NullMarked;
