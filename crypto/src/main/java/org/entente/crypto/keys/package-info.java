/** Keys, certificates and the key ring. Elliptic curves and ML-DSA by Bouncy Castle's own engines, never through an installed provider. */
@NullMarked
package org.entente.crypto.keys;

import org.jspecify.annotations.NullMarked;
