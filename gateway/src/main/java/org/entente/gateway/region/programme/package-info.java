/**
 * Programmes of a regional process and their rounds: what is asked of all members at once, when, and what became of each question.
 * Described in {@code docs/secretariat.md}.
 */
@NullMarked
package org.entente.gateway.region.programme;

import org.jspecify.annotations.NullMarked;
