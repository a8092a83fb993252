/** Signed messages to addresses outside that a new public edition of a profile is there. */
@NullMarked
package org.entente.gateway.region.webhook;

import org.jspecify.annotations.NullMarked;
