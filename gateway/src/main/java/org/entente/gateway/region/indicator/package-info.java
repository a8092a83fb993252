/** Core indicators of a migration profile that no member counts itself: from a reference release, each with its source and as-of date. */
@NullMarked
package org.entente.gateway.region.indicator;

import org.jspecify.annotations.NullMarked;
