package org.entente.gateway.evidence;

import java.util.List;

/**
 * What a verifier did with an evidence file, step by step, until one step failed.
 *
 * @param steps in the order of docs/evidence.md; only the last can have failed
 */
public record VerificationReport(List<Step> steps) {
    /** Copies the list. */
    public VerificationReport {
        steps = List.copyOf(steps);
    }

    /**
     * One step.
     *
     * @param name stable name, for example {@code response-signature}
     * @param holds whether it held
     * @param sentence what was found, for a person
     */
    public record Step(String name, boolean holds, String sentence) {}

    /** Whether every step held. */
    public boolean holds() {
        return !steps.isEmpty() && steps.stream().allMatch(Step::holds);
    }

    /** The step that failed; null if none did. */
    public org.entente.gateway.evidence.VerificationReport.@org.jspecify.annotations.Nullable Step failure() {
        return steps.stream().filter(step -> !step.holds).findFirst().orElse(null);
    }
}
