package org.entente.gateway.disclosure;

import com.google.ortools.Loader;
import com.google.ortools.linearsolver.MPConstraint;
import com.google.ortools.linearsolver.MPObjective;
import com.google.ortools.linearsolver.MPSolver;
import com.google.ortools.linearsolver.MPVariable;
import com.google.ortools.sat.CpModel;
import com.google.ortools.sat.CpSolver;
import com.google.ortools.sat.CpSolverStatus;
import com.google.ortools.sat.IntVar;
import com.google.ortools.sat.LinearExpr;
import com.google.ortools.util.Domain;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** GLOP for linear and CP-SAT for integer programs (OR-Tools): one worker, fixed seed, limits counted in work. */
final class OrToolsSolver implements Solver {

    private static final double INFINITE = 1e12;
    private static final long GREATEST = 1_000_000_000L;
    private static final double WORK = 4;

    /** Holds whether the native library could be loaded, which is tried once. */
    private static final class Native {
        static final boolean LOADED = load();

        private static boolean load() {
            try {
                Loader.loadNativeLibraries();
                return true;
            } catch (RuntimeException | LinkageError e) {
                System.getLogger(OrToolsSolver.class.getName())
                        .log(System.Logger.Level.INFO, "OR-Tools cannot be loaded; ojAlgo is used instead.", e);
                return false;
            }
        }
    }

    /** Whether this machine can run it. */
    static boolean available() {
        return Native.LOADED;
    }

    @Override
    public String name() {
        return "OR-Tools GLOP and CP-SAT";
    }

    @Override
    public double @Nullable [] minimise(Program program) {
        MPSolver solver = MPSolver.createSolver("GLOP");
        try {
            MPVariable[] variables = new MPVariable[program.columns()];
            MPObjective objective = solver.objective();
            for (int i = 0; i < variables.length; i++) {
                variables[i] = solver.makeNumVar(bound(program.low()[i]), bound(program.high()[i]), "");
                if (program.cost()[i] != 0) {
                    objective.setCoefficient(variables[i], program.cost()[i]);
                }
            }
            objective.setMinimization();
            for (int row = 0; row < program.rows(); row++) {
                MPConstraint constraint =
                        solver.makeConstraint(bound(program.rowLow()[row]), bound(program.rowHigh()[row]), "");
                for (int i = program.rowStart()[row]; i < program.rowStart()[row + 1]; i++) {
                    constraint.setCoefficient(variables[program.column()[i]], program.coefficient()[i]);
                }
            }
            if (solver.solve() != MPSolver.ResultStatus.OPTIMAL) {
                return null;
            }
            return Arrays.stream(variables)
                    .mapToDouble(MPVariable::solutionValue)
                    .toArray();
        } finally {
            solver.delete();
        }
    }

    private static double bound(double bound) {
        return bound >= INFINITE ? MPSolver.infinity() : bound <= -INFINITE ? -MPSolver.infinity() : bound;
    }

    @Override
    public Integers integers(Program program) {
        CpModel model = new CpModel();
        IntVar[] variables = new IntVar[program.columns()];
        long[] costs = new long[variables.length];
        for (int i = 0; i < variables.length; i++) {
            variables[i] = model.newIntVar(whole(program.low()[i]), whole(program.high()[i]), "");
            costs[i] = Math.round(program.cost()[i]);
        }
        for (int row = 0; row < program.rows(); row++) {
            int from = program.rowStart()[row];
            int count = program.rowStart()[row + 1] - from;
            IntVar[] of = new IntVar[count];
            long[] with = new long[count];
            for (int i = 0; i < count; i++) {
                of[i] = variables[program.column()[from + i]];
                with[i] = Math.round(program.coefficient()[from + i]);
            }
            model.addLinearExpressionInDomain(
                    LinearExpr.weightedSum(of, with),
                    new Domain(whole(program.rowLow()[row]), whole(program.rowHigh()[row])));
        }
        model.minimize(LinearExpr.weightedSum(variables, costs));
        CpSolver solver = new CpSolver();
        solver.getParameters()
                .setNumWorkers(1)
                .setRandomSeed(1)
                .setMaxDeterministicTime(WORK)
                .setMaxTimeInSeconds(Double.POSITIVE_INFINITY);
        CpSolverStatus status = solver.solve(model);
        return switch (status) {
            case OPTIMAL -> new Integers(Integers.Outcome.OPTIMAL, values(solver, variables));
            case FEASIBLE -> new Integers(Integers.Outcome.FEASIBLE, values(solver, variables));
            case INFEASIBLE -> Integers.NONE;
            default -> Integers.UNRESOLVED;
        };
    }

    private static long[] values(CpSolver solver, IntVar[] variables) {
        return Arrays.stream(variables).mapToLong(solver::value).toArray();
    }

    private static long whole(double bound) {
        return bound >= GREATEST ? GREATEST : bound <= -GREATEST ? -GREATEST : Math.round(bound);
    }
}
