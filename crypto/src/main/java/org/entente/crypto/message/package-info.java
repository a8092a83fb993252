/** HTTP message signatures (RFC 9421) and content digests (RFC 9530): a strict generic layer and the gateway profile on top of it. */
@NullMarked
package org.entente.crypto.message;

import org.jspecify.annotations.NullMarked;
