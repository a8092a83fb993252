/** An agreement as readable text, one resource bundle per language. */
@NullMarked
package org.entente.agreements.prose;

import org.jspecify.annotations.NullMarked;
