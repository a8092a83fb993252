package org.entente.gateway.disclosure;

import org.jspecify.annotations.Nullable;

/** Linear and integer programming, as the audit needs it. One thread uses an instance at a time. */
interface Solver {

    /** Name and version as reports show it. */
    String name();

    /**
     * A program: minimise {@code cost x} with {@code rowLow <= A x <= rowHigh} and {@code low <= x <= high}.
     *
     * @param rowStart where each row begins in {@code column} and {@code coefficient}; one more entry than rows
     */
    record Program(
            double[] low,
            double[] high,
            double[] cost,
            int[] rowStart,
            int[] column,
            double[] coefficient,
            double[] rowLow,
            double[] rowHigh) {

        int columns() {
            return low.length;
        }

        int rows() {
            return rowLow.length;
        }
    }

    /** An optimal vertex, or null if the program has no solution or none was found. */
    double @Nullable [] minimise(Program program);

    /**
     * An optimal or at least feasible integer solution, found within a fixed amount of work.
     *
     * @return null if there is none or none was found: {@link Integers#NONE} or {@link Integers#UNRESOLVED}
     */
    Integers integers(Program program);

    /**
     * What integer programming found.
     *
     * @param outcome whether the solution is optimal, or why there is none
     * @param solution the solution, empty if there is none
     */
    record Integers(Outcome outcome, long[] solution) {
        /** Ends of a search. */
        enum Outcome {
            OPTIMAL,
            FEASIBLE,
            NONE,
            UNRESOLVED
        }

        static final Integers NONE = new Integers(Outcome.NONE, new long[0]);
        static final Integers UNRESOLVED = new Integers(Outcome.UNRESOLVED, new long[0]);

        boolean found() {
            return outcome == Outcome.OPTIMAL || outcome == Outcome.FEASIBLE;
        }
    }

    /** OR-Tools if its native library can be loaded, else ojAlgo. */
    static Solver best() {
        return OrToolsSolver.available() ? new OrToolsSolver() : new OjAlgoSolver();
    }
}
