/** Tests of the journal against a real MariaDB server. */
@NullMarked
package org.entente.gateway.journal;

import org.jspecify.annotations.NullMarked;
