package org.entente.gateway.releases;

import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import org.entente.agreements.ConsumerKnowledge;
import org.entente.agreements.DisclosureRule;
import org.entente.agreements.DisclosureRule.By;
import org.entente.agreements.DisclosureRule.Method;
import org.entente.agreements.DisclosureRule.Zeros;
import org.entente.agreements.Leg;
import org.entente.agreements.decision.Facts;
import org.entente.agreements.life.AgreementFile;
import org.entente.agreements.life.State;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
import org.entente.gateway.partners.NodeIdentity;
import org.entente.gateway.treaties.Treaties;
import org.jspecify.annotations.Nullable;

/** How strictly a dataset's figures must be protected: the strictest of national law, every leg that may ask for them, and the office. */
@Singleton
class RequiredProtection {
    private static final Set<State.Phase> BINDING = EnumSet.of(
            State.Phase.SIGNED,
            State.Phase.PROCEDURES_COMPLETED,
            State.Phase.PROVISIONALLY_APPLIED,
            State.Phase.IN_EFFECT);

    private final Treaties treaties;
    private final NodeIdentity identity;
    private final NationalLaw national;
    private final Clock clock;

    RequiredProtection(Treaties treaties, NodeIdentity identity, NationalLaw national, Clock clock) {
        this.treaties = treaties;
        this.identity = identity;
        this.national = national;
        this.clock = clock;
    }

    /**
     * The rule for a dataset.
     *
     * @param office what the office itself asks for; null if nothing
     * @throws EntenteException {@code release-unprotected} if nobody names a threshold or a rounding base, or if the methods differ
     */
    DisclosureRule of(Dataset dataset, @Nullable DisclosureRule office) {
        List<Asked> asked = asked(dataset);
        return strictest(rules(asked, office), national.floor()).knowing(ConsumerRegisters.attackers(asked));
    }

    /**
     * What a leg asks for.
     *
     * @param registers what its consumers hold themselves, by consumer
     */
    record Asked(
            String agreement, String leg, DisclosureRule rule, SortedMap<String, List<ConsumerKnowledge>> registers) {
        /** The same as if nobody held anything. */
        Asked unknowing() {
            return new Asked(agreement, leg, rule, Collections.emptySortedMap());
        }
    }

    /** What the binding legs that may ask for a dataset want of its protection. */
    List<Asked> asked(Dataset dataset) {
        List<Asked> asked = new ArrayList<>();
        Instant now = clock.instant();
        for (AgreementFile file : treaties.files()) {
            State state = file.at(now);
            if (BINDING.contains(state.phase())) {
                file.agreement().legs().stream()
                        .filter(leg -> mayAsk(leg, dataset))
                        .filter(leg -> leg.disclosure().method() != Method.NONE)
                        .forEach(leg -> asked.add(new Asked(
                                file.agreement().id(),
                                leg.id(),
                                leg.disclosure(),
                                ConsumerRegisters.of(file, state, leg, identity.party()))));
            }
        }
        return asked;
    }

    /**
     * The rule that would have been enough without one leg.
     *
     * @param applied the rule that was applied; where the legs and the law do not explain it, the office has asked for it
     * @return null if nobody else asks for protection
     */
    @Nullable
    DisclosureRule without(Asked one, List<Asked> asked, DisclosureRule applied) {
        List<Asked> others = new ArrayList<>(asked);
        others.remove(one);
        return among(others, asked, applied);
    }

    /** The rule that would have been enough if the consumers of one leg held nothing themselves. */
    @Nullable
    DisclosureRule unknowing(Asked one, List<Asked> asked, DisclosureRule applied) {
        List<Asked> others = new ArrayList<>(asked);
        others.set(others.indexOf(one), one.unknowing());
        return among(others, asked, applied);
    }

    /**
     * The rule that a leg of a text that nobody has signed would bring, together with all that binds now. What another version of the same
     * agreement asks for is left out.
     *
     * @param applied the rule that was applied
     * @return null if the methods differ, so that one pattern cannot serve both
     */
    @Nullable
    DisclosureRule with(Dataset dataset, AgreementFile text, Leg leg, DisclosureRule applied) {
        List<Asked> all = new ArrayList<>(asked(dataset));
        all.removeIf(one -> one.agreement().equals(text.agreement().id()));
        State foreseen = State.foreseen(text.agreement(), clock.instant());
        all.add(new Asked(
                text.agreement().id(),
                leg.id(),
                leg.disclosure(),
                ConsumerRegisters.of(text, foreseen, leg, identity.party())));
        try {
            return strictest(rules(all, applied), national.floor()).knowing(ConsumerRegisters.attackers(all));
        } catch (EntenteException e) {
            if (e.code() != ErrorCode.RELEASE_UNPROTECTED) {
                throw e;
            }
            return null;
        }
    }

    private @Nullable DisclosureRule among(List<Asked> others, List<Asked> asked, DisclosureRule applied) {
        try {
            DisclosureRule explained =
                    strictest(rules(asked, null), national.floor()).knowing(applied.consumerKnows());
            boolean byOffice = !essence(explained).equals(essence(applied));
            return strictest(rules(others, byOffice ? applied : null), national.floor())
                    .knowing(ConsumerRegisters.attackers(others));
        } catch (EntenteException e) {
            if (e.code() != ErrorCode.RELEASE_UNPROTECTED) {
                throw e;
            }
            return null;
        }
    }

    /** What of a rule decides which cells are shown. */
    static List<Object> essence(DisclosureRule rule) {
        Integer threshold = rule.threshold();
        Integer width = rule.width();
        Integer base = rule.roundingBase();
        return List.of(
                rule.method(),
                threshold == null ? 1 : threshold,
                width == null ? 1 : width,
                rule.zeros() == Zeros.PROTECTED,
                base == null ? 0 : base,
                rule.consumerKnows().stream().map(ConsumerKnowledge::cells).toList());
    }

    private static List<DisclosureRule> rules(List<Asked> asked, @Nullable DisclosureRule office) {
        List<DisclosureRule> rules = new ArrayList<>();
        if (office != null) {
            rules.add(office);
        }
        asked.forEach(one -> rules.add(one.rule()));
        return rules;
    }

    private boolean mayAsk(Leg leg, Dataset dataset) {
        boolean ours = leg.provider().equals(identity.party()) || leg.provider().equals(Leg.MEMBERS);
        return ours
                && leg.dataflow().id().equals(dataset.dataflow().id())
                && (leg.datasets().isEmpty() || leg.datasets().contains(dataset.id()));
    }

    /** The strictest of several rules and the law's floor. */
    static DisclosureRule strictest(List<DisclosureRule> asked, Facts.@Nullable NationalFloor floor) {
        Set<Method> methods = EnumSet.noneOf(Method.class);
        asked.forEach(rule -> methods.add(rule.method()));
        if (methods.size() > 1 || methods.contains(Method.CELL_KEY)) {
            throw new EntenteException(
                    ErrorCode.RELEASE_UNPROTECTED,
                    "One method protects a source; the office and its legs ask for " + methods
                            + ". Protect the figures in the office, by the method of the legs that are to get them.");
        }
        Integer threshold = floor == null ? null : floor.threshold();
        Integer width = floor == null ? null : floor.width();
        Integer base = null;
        boolean zeros = floor != null && floor.protectsZeros();
        for (DisclosureRule rule : asked) {
            threshold = greater(threshold, rule.threshold());
            width = greater(width, rule.width());
            base = greater(base, rule.roundingBase());
            zeros |= rule.zeros() == Zeros.PROTECTED;
        }
        if (threshold == null && base == null) {
            throw new EntenteException(
                    ErrorCode.RELEASE_UNPROTECTED,
                    "Neither the national law nor a signed leg nor the office names a threshold; say one with the rule, such as"
                            + " \"suppression threshold=5\".");
        }
        Method method =
                methods.isEmpty() ? Method.SUPPRESSION : methods.iterator().next();
        return new DisclosureRule(
                By.GATEWAY,
                method,
                false,
                threshold,
                zeros ? Zeros.PROTECTED : Zeros.SHOWN,
                width,
                base,
                method == Method.SUPPRESSION,
                false);
    }

    private static @Nullable Integer greater(@Nullable Integer a, @Nullable Integer b) {
        if (a == null || b == null) {
            return a == null ? b : a;
        }
        return Math.max(a, b);
    }
}
