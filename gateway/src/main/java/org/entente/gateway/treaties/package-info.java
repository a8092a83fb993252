/**
 * Agreements and the acts on them, at rest and in negotiation between nodes. The node only carries and keeps what officers have
 * signed; it never signs an agreement itself.
 */
@NullMarked
package org.entente.gateway.treaties;

import org.jspecify.annotations.NullMarked;
