/** Standing requests of analysts, which ask by themselves when a partner tells of a newer release or a due day has come. */
@NullMarked
package org.entente.gateway.exchange.subscriptions;

import org.jspecify.annotations.NullMarked;
