package org.entente.gateway.disclosure;

import org.jspecify.annotations.Nullable;
import org.ojalgo.optimisation.Expression;
import org.ojalgo.optimisation.ExpressionsBasedModel;
import org.ojalgo.optimisation.Optimisation;
import org.ojalgo.optimisation.Variable;

/** Pure Java, for machines without the native library and as a cross-check. */
final class OjAlgoSolver implements Solver {

    private static final double INFINITE = 1e12;
    private static final int MOST_ITERATIONS = 20_000;

    @Override
    public String name() {
        return "ojAlgo";
    }

    @Override
    public double @Nullable [] minimise(Program program) {
        Optimisation.Result result = model(program, false).minimise();
        if (!result.getState().isOptimal()) {
            return null;
        }
        double[] values = new double[program.columns()];
        for (int i = 0; i < values.length; i++) {
            values[i] = result.doubleValue(i);
        }
        return values;
    }

    @Override
    public Integers integers(Program program) {
        Optimisation.Result result = model(program, true).minimise();
        if (result.getState() == Optimisation.State.INFEASIBLE) {
            return Integers.NONE;
        }
        if (!result.getState().isFeasible()) {
            return Integers.UNRESOLVED;
        }
        long[] values = new long[program.columns()];
        for (int i = 0; i < values.length; i++) {
            values[i] = Math.round(result.doubleValue(i));
        }
        return new Integers(
                result.getState().isOptimal() ? Integers.Outcome.OPTIMAL : Integers.Outcome.FEASIBLE, values);
    }

    private static ExpressionsBasedModel model(Program program, boolean whole) {
        ExpressionsBasedModel model = new ExpressionsBasedModel();
        model.options.iterations_abort = MOST_ITERATIONS;
        Variable[] variables = new Variable[program.columns()];
        for (int i = 0; i < variables.length; i++) {
            variables[i] = model.newVariable("x" + i).integer(whole).weight(program.cost()[i]);
            if (program.low()[i] > -INFINITE) {
                variables[i].lower(program.low()[i]);
            }
            if (program.high()[i] < INFINITE) {
                variables[i].upper(program.high()[i]);
            }
        }
        for (int row = 0; row < program.rows(); row++) {
            Expression expression = model.newExpression("r" + row);
            for (int i = program.rowStart()[row]; i < program.rowStart()[row + 1]; i++) {
                expression.add(variables[program.column()[i]], program.coefficient()[i]);
            }
            if (program.rowLow()[row] > -INFINITE) {
                expression.lower(program.rowLow()[row]);
            }
            if (program.rowHigh()[row] < INFINITE) {
                expression.upper(program.rowHigh()[row]);
            }
        }
        return model;
    }
}
