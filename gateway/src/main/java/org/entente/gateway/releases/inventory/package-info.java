/** What a party's authorities hold, without a single figure: for partners who think about an agreement. */
@NullMarked
package org.entente.gateway.releases.inventory;

import org.jspecify.annotations.NullMarked;
