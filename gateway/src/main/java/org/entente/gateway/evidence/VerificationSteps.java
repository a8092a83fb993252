package org.entente.gateway.evidence;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.entente.crypto.VerificationException;

/** The steps of one verification, each noted with what it found; the first that does not hold ends it. */
final class VerificationSteps {
    private final List<VerificationReport.Step> steps = new ArrayList<>();

    /** What a step does. */
    @FunctionalInterface
    interface Check<T> {
        T run() throws VerificationException;
    }

    /** A step did not hold; it is the last one in the report. */
    static final class Failed extends Exception {
        private static final long serialVersionUID = 1L;
    }

    /**
     * Does a step.
     *
     * @param sentence what was found, for a person
     * @throws Failed if it does not hold
     */
    <T> T step(String name, Check<T> check, Function<T, String> sentence) throws Failed {
        try {
            T result = check.run();
            steps.add(new VerificationReport.Step(name, true, sentence.apply(result)));
            return result;
        } catch (VerificationException e) {
            steps.add(new VerificationReport.Step(name, false, String.valueOf(e.getMessage())));
            throw new Failed();
        }
    }

    /**
     * For checks: what must hold for a proof to hold.
     *
     * @param otherwise what is said if it does not
     * @throws VerificationException with PROOF_INVALID
     */
    static void require(boolean holds, String otherwise) throws VerificationException {
        if (!holds) {
            throw new VerificationException(VerificationException.Reason.PROOF_INVALID, otherwise);
        }
    }

    /** What was done so far. */
    VerificationReport report() {
        return new VerificationReport(steps);
    }
}
