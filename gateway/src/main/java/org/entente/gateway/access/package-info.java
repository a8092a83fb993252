/** Staff users of a node: who they are, which roles they hold for which authority, how they sign in. */
@NullMarked
package org.entente.gateway.access;

import org.jspecify.annotations.NullMarked;
