package org.entente.agreements.decision;

import org.entente.agreements.DisclosureRule;
import org.entente.agreements.DisclosureRule.Method;
import org.entente.agreements.DisclosureRule.Zeros;
import org.jspecify.annotations.Nullable;

/** Compares rules of disclosure control (clause 12): the stricter of agreement and national law holds. */
final class Protection {
    private Protection() {}

    /** The rule of the leg, raised to the floor of national law where that asks for more. */
    static DisclosureRule stricter(DisclosureRule rule, Facts.@Nullable NationalFloor floor) {
        if (floor == null) {
            return rule;
        }
        boolean suppresses = rule.method() == Method.NONE && floor.threshold() != null;
        return new DisclosureRule(
                rule.by(),
                suppresses ? Method.SUPPRESSION : rule.method(),
                rule.publicSourcesPass(),
                greater(rule.threshold(), floor.threshold()),
                floor.protectsZeros() ? Zeros.PROTECTED : rule.zeros(),
                greater(rule.width(), floor.width()),
                rule.roundingBase(),
                rule.secondary() || floor.secondary(),
                rule.narrowable() && !floor.forbidsNarrowing(),
                rule.consumerKnows());
    }

    private static @Nullable Integer greater(@Nullable Integer a, @Nullable Integer b) {
        if (a == null || b == null) {
            return a == null ? b : a;
        }
        return Math.max(a, b);
    }

    /** Does what was applied give at least the protection that is required? */
    static boolean enough(DisclosureRule applied, DisclosureRule required) {
        if (required.method() == Method.NONE) {
            return true;
        }
        return applied.method() == required.method()
                && reaches(applied.threshold(), required.threshold())
                && reaches(applied.width(), required.width())
                && reaches(applied.roundingBase(), required.roundingBase())
                && (applied.secondary() || !required.secondary())
                && reckons(applied, required)
                && (applied.zeros() == Zeros.PROTECTED || required.zeros() == Zeros.SHOWN);
    }

    /** Withholding must have reckoned with exactly what the consumer holds: who is thought to hold more is not kept from learning that. */
    private static boolean reckons(DisclosureRule applied, DisclosureRule required) {
        return required.method() != Method.SUPPRESSION
                || required.consumerKnows().stream()
                        .allMatch(held -> applied.consumerKnows().stream()
                                .anyMatch(attacker -> attacker.cells().equals(held.cells())));
    }

    private static boolean reaches(@Nullable Integer applied, @Nullable Integer required) {
        return required == null || (applied != null && applied >= required);
    }

    static String words(DisclosureRule rule) {
        return rule.method().name().toLowerCase(java.util.Locale.ROOT).replace('_', ' ')
                + (rule.threshold() == null ? "" : " below " + rule.threshold())
                + (rule.roundingBase() == null ? "" : " to base " + rule.roundingBase())
                + (rule.width() == null ? "" : " with width " + rule.width())
                + (rule.secondary() ? " with secondary protection" : "")
                + (rule.zeros() == Zeros.PROTECTED ? ", zeros protected" : "")
                + (rule.consumerKnows().isEmpty()
                        ? ""
                        : ", against who holds "
                                + rule.consumerKnows().stream()
                                        .map(one -> one.source().best("en"))
                                        .collect(java.util.stream.Collectors.joining("; ")));
    }
}
