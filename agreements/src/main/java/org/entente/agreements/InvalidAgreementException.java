package org.entente.agreements;

import java.util.List;
import java.util.stream.Collectors;

/** A document that is no agreement, with every reason found, each at its place. */
public final class InvalidAgreementException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient List<Problem> problems;

    public InvalidAgreementException(List<Problem> problems) {
        super(problems.stream().map(Problem::toString).collect(Collectors.joining("; ")));
        this.problems = List.copyOf(problems);
    }

    InvalidAgreementException(Reason reason, String pointer, String sentence) {
        this(List.of(new Problem(reason, pointer, sentence)));
    }

    /** What is wrong, in document order; at least one. */
    public List<Problem> problems() {
        return problems;
    }

    /** What sort of fault it is. */
    public enum Reason {
        /** Not JSON (or, for authors, YAML) at all. */
        UNREADABLE,
        /** JSON, but not in RFC 8785 form. */
        NOT_CANONICAL,
        /** Against the JSON Schema. */
        SCHEMA,
        /** Follows the schema but contradicts itself. */
        MEANING
    }

    /** One fault at one place, named by JSON pointer (RFC 6901). */
    public record Problem(Reason reason, String pointer, String sentence) {
        @Override
        public String toString() {
            return (pointer.isEmpty() ? "document" : pointer) + ": " + sentence;
        }
    }
}
