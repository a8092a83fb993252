/**
 * Asking and answering between nodes: the consumer's and the provider's half of an exchange, receipts, holdings and the
 * bodies that both keep. The wire is described in {@code docs/protocol.md}.
 */
@NullMarked
package org.entente.gateway.exchange;

import org.jspecify.annotations.NullMarked;
