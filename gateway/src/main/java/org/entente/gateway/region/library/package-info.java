/**
 * A library of migration profiles that others have made: entered by staff, published, and harvested among nodes by signed lists.
 */
@NullMarked
package org.entente.gateway.region.library;

import org.jspecify.annotations.NullMarked;
