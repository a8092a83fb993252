/**
 * Migration profiles: what a round has brought, put side by side and added up where that is fair, signed, and provable to the single
 * figure. Described in {@code docs/secretariat.md}.
 */
@NullMarked
package org.entente.gateway.region.profile;

import org.jspecify.annotations.NullMarked;
