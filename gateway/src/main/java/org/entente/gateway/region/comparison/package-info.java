/**
 * What two figures on the same people have to do with each other, and what may be added up. Pure: it knows dimensions by their roles and
 * takes no figure from anywhere.
 */
@NullMarked
package org.entente.gateway.region.comparison;

import org.jspecify.annotations.NullMarked;
