/** What every other package stands on: errors and their catalogue, settings, the database, listener markers, the clock. */
@NullMarked
package org.entente.gateway.base;

import org.jspecify.annotations.NullMarked;
