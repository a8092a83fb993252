/** Content that only the holder of one key can read: hybrid public key encryption (RFC 9180). */
@NullMarked
package org.entente.crypto.envelope;

import org.jspecify.annotations.NullMarked;
