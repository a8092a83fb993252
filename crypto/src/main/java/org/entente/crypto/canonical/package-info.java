/** RFC 8785 canonical JSON: the one byte form that is hashed and signed. */
@NullMarked
package org.entente.crypto.canonical;

import org.jspecify.annotations.NullMarked;
