/** A whole node: its listeners and their TLS, start-up, and the command line. */
@NullMarked
package org.entente.gateway.node;

import org.jspecify.annotations.NullMarked;
