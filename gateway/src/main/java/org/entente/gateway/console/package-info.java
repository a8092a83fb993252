/** The web pages for staff: rendered on the server, usable without scripts. */
@NullMarked
package org.entente.gateway.console;

import org.jspecify.annotations.NullMarked;
