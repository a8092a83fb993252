/**
 * Figures of members that have no node: the form of a round that is handed out, what comes back, and the focal point's confirmation that
 * makes it count.
 */
@NullMarked
package org.entente.gateway.region.deposit;

import org.jspecify.annotations.NullMarked;
