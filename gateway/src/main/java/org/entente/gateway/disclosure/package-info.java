/**
 * Statistical disclosure control of count tables: which cells are withheld so that no person can be recognised, and the
 * proof that nothing withheld can be recomputed.
 *
 * <p>A {@link org.entente.gateway.disclosure.CountTable} and its {@link
 * org.entente.gateway.disclosure.Specification} make a universe of cells and sums. {@link
 * org.entente.gateway.disclosure.Protector} chooses a pattern in exact arithmetic; an audit by linear and integer
 * programming, which did not choose it, proves or refutes it. Pure: no database, no network, no clock.
 */
@NullMarked
package org.entente.gateway.disclosure;

import org.jspecify.annotations.NullMarked;
