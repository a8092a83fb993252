/** Tests of the journal's mathematics and codecs, against published vectors and by law. */
@NullMarked
package org.entente.crypto.journal;

import org.jspecify.annotations.NullMarked;
