/**
 * What everybody may read of published profiles, on a listener of its own: pages, files, a feed and SDMX. Nothing here asks anybody or
 * changes anything. Described in {@code docs/secretariat.md}.
 */
@NullMarked
package org.entente.gateway.region.site;

import org.jspecify.annotations.NullMarked;
