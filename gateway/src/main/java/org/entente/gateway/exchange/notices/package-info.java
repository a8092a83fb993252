/** Notices between nodes that a release is out, or is recalled: made, delivered, taken in, and held against what is kept. */
@NullMarked
package org.entente.gateway.exchange.notices;

import org.jspecify.annotations.NullMarked;
