package org.entente.agreements.lint;

import org.jspecify.annotations.Nullable;

/**
 * One contradiction or gap.
 *
 * @param code stable name of the rule, for example {@code detail-unprotected}
 * @param clause number in the published list of clauses; absent for a fault of the whole document
 * @param pointer place in the document, a JSON pointer (RFC 6901)
 * @param sentence cause and remedy
 */
public record Finding(
        Severity severity, String code, @Nullable Integer clause, String pointer, String sentence) {

    /** One line: severity, code, clause, place, sentence. */
    @Override
    public String toString() {
        return severity + " " + code + (clause == null ? "" : " (clause " + clause + ")") + " at "
                + (pointer.isEmpty() ? "the document" : pointer) + ": " + sentence;
    }
}
