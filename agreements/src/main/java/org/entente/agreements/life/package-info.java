/** Acts on an agreement and the state they lead to; pure, so that both sides compute the same state from the same acts. */
@NullMarked
package org.entente.agreements.life;

import org.jspecify.annotations.NullMarked;
