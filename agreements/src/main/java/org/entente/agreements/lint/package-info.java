/** Finds contradictions and gaps in an agreement before anybody signs it. Pure: an agreement and what is known around it go in, findings come out. */
@NullMarked
package org.entente.agreements.lint;

import org.jspecify.annotations.NullMarked;
