package org.entente.gateway.disclosure;

/**
 * How a total relates to its parts in the published table.
 *
 * @param kind the sort of relation
 * @param tolerance largest absolute difference for {@code TOLERANCE}, else 0
 */
public record Additivity(Kind kind, long tolerance) {

    /** Sorts of relations. */
    public enum Kind {
        /** The parts add up to the total; any other figure is refused. */
        EXACT,
        /** The parts add up to within a tolerance; the difference is slack to an attacker and is never repaired. */
        TOLERANCE,
        /** The total holds more than the parts shown; what is left is a cell that is never shown but may be inferred. */
        REMAINDER,
        /** Nothing ties the total to the parts. */
        NONE
    }

    /** The parts add up. */
    public static final Additivity EXACT = new Additivity(Kind.EXACT, 0);

    /** The total holds more than its parts. */
    public static final Additivity REMAINDER = new Additivity(Kind.REMAINDER, 0);

    /** No relation. */
    public static final Additivity NONE = new Additivity(Kind.NONE, 0);

    public Additivity {
        if (tolerance < 0 || (tolerance > 0) != (kind == Kind.TOLERANCE)) {
            throw new IllegalArgumentException("a tolerance is a positive number and goes with TOLERANCE");
        }
    }

    /** The parts add up to within this many. */
    public static Additivity within(long tolerance) {
        return new Additivity(Kind.TOLERANCE, tolerance);
    }
}
