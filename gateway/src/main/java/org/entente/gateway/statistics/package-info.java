/**
 * The in-memory model of aggregates: code lists, structures, and immutable columnar cubes of observations.
 *
 * <p>Nothing here knows SDMX's formats, HTTP or the database. Nothing outside a {@link
 * org.entente.gateway.statistics.Structure}'s declared roles knows a dimension by name.
 */
@NullMarked
package org.entente.gateway.statistics;

import org.jspecify.annotations.NullMarked;
