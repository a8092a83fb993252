/** Tests of envelopes. */
@NullMarked
package org.entente.crypto.envelope;

import org.jspecify.annotations.NullMarked;
