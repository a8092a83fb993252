/** Documents with several signatures: JWS general JSON serialisation (RFC 7515 section 7.2.1) over canonical JSON, with JAdES-B headers. */
@NullMarked
package org.entente.crypto.document;

import org.jspecify.annotations.NullMarked;
