/**
 * Who the partners are and how nodes speak to each other: cards and the chain of trust from root card to current card, pins,
 * holds, TLS, the door through which partners' calls come in, and the signed client through which ours go out.
 */
@NullMarked
package org.entente.gateway.partners;

import org.jspecify.annotations.NullMarked;
