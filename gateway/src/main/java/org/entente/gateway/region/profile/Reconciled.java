package org.entente.gateway.region.profile;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.entente.gateway.region.comparison.Corridor;
import org.entente.gateway.region.comparison.FigureConcept;
import org.entente.gateway.region.comparison.ReconciliationMethod;
import org.entente.gateway.region.programme.Programme;
import org.entente.gateway.region.programme.ReconciliationRule;
import org.jspecify.annotations.Nullable;

/**
 * A mirror pair reconciled into one figure, or why it is not. It stands beside both figures and goes into no total.
 *
 * @param rule id in the programme
 * @param digest of the rule, base64url SHA-256, as consents name it
 * @param method with version
 * @param prefer the side that the rule prefers; null where the method prefers none
 * @param note why the method is fair for this pair, as the programme says
 * @param origin what the state of origin counts
 * @param destination what the state of destination counts
 * @param value the reconciled figure; null where there is none
 * @param consents of both members, withdrawn ones included
 * @param reason why there is no figure; null where there is one
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Reconciled(
        String rule,
        String digest,
        String method,
        ReconciliationMethod.@Nullable Side prefer,
        String note,
        String table,
        String period,
        Input origin,
        Input destination,
        @Nullable Double value,
        List<Consent> consents,
        @Nullable String reason) {
    public Reconciled {
        consents = List.copyOf(consents);
    }

    /**
     * One side's figure, untouched.
     *
     * @param source id of the source in the profile
     * @param value null if it is withheld or missing
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Input(
            String party,
            String source,
            FigureConcept concept,
            @Nullable Double value) {}

    /**
     * A member's consent.
     *
     * @param act id of the officer's signed act
     * @param at when it was signed, UTC
     * @param journal index of the entry of the secretariat's journal that took it in
     * @param withdrawal id of the act that has withdrawn it; null while it stands
     * @param withdrawn when that was signed
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Consent(
            String party,
            String act,
            String at,
            long journal,
            @Nullable String withdrawal,
            @Nullable String withdrawn) {}

    /**
     * What the rules of a programme make of mirror pairs.
     *
     * @param consents by id of the rule
     */
    static List<Reconciled> of(
            Programme programme,
            List<Corridor> corridors,
            List<SourceFigures> sources,
            Map<String, List<Consent>> consents) {
        List<Reconciled> all = new ArrayList<>();
        for (ReconciliationRule rule : programme.reconciliation()) {
            for (Corridor corridor : corridors) {
                if (concerns(rule, corridor, sources)) {
                    all.add(of(programme, rule, corridor, consents.getOrDefault(rule.id(), List.of())));
                }
            }
        }
        return all;
    }

    private static boolean concerns(ReconciliationRule rule, Corridor corridor, List<SourceFigures> sources) {
        return corridor.origin().equals(rule.origin())
                && corridor.destination().equals(rule.destination())
                && isOf(rule, corridor.originSide().source(), sources)
                && isOf(rule, corridor.destinationSide().source(), sources);
    }

    private static boolean isOf(ReconciliationRule rule, String source, List<SourceFigures> sources) {
        return sources.stream()
                .map(SourceFigures::source)
                .anyMatch(one -> one.id().equals(source) && one.table().equals(rule.table()));
    }

    private static Reconciled of(
            Programme programme, ReconciliationRule rule, Corridor corridor, List<Consent> consents) {
        Double one = corridor.originSide().value();
        Double other = corridor.destinationSide().value();
        String reason = rule.parties().stream()
                .map(party -> lack(party, consents))
                .flatMap(Optional::stream)
                .findFirst()
                .orElse(one == null || other == null ? "One of both figures is withheld or missing." : null);
        Double value = reason != null
                ? null
                : (Double) ReconciliationMethod.find(rule.method())
                        .orElseThrow()
                        .of(Objects.requireNonNull(one), Objects.requireNonNull(other), rule.prefer());
        return new Reconciled(
                rule.id(),
                rule.of(programme.id()).digest(),
                rule.method(),
                rule.prefer(),
                rule.note(),
                rule.table(),
                corridor.period(),
                new Input(
                        corridor.origin(),
                        corridor.originSide().source(),
                        corridor.originSide().concept(),
                        one),
                new Input(
                        corridor.destination(),
                        corridor.destinationSide().source(),
                        corridor.destinationSide().concept(),
                        other),
                value,
                consents,
                reason);
    }

    private static Optional<String> lack(String party, List<Consent> consents) {
        Consent given = consents.stream()
                .filter(consent -> consent.party().equals(party))
                .findFirst()
                .orElse(null);
        if (given == null) {
            return Optional.of(party + " has not consented to this rule.");
        }
        return Optional.ofNullable(given.withdrawn()).map(at -> party + " has withdrawn its consent on " + at + ".");
    }

    /** Whether both figures are of these sources. */
    boolean rests(Corridor corridor) {
        return period.equals(corridor.period())
                && origin.source().equals(corridor.originSide().source())
                && origin.concept().equals(corridor.originSide().concept())
                && destination.source().equals(corridor.destinationSide().source())
                && destination.concept().equals(corridor.destinationSide().concept());
    }

    /** Whether this is about a corridor of the same profile. */
    public boolean isOf(Corridor corridor) {
        return origin.party().equals(corridor.origin())
                && destination.party().equals(corridor.destination())
                && rests(corridor);
    }
}
