package org.entente.agreements.decision;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.entente.agreements.Agreement;
import org.entente.agreements.CrisisClause;
import org.entente.agreements.Kind;
import org.entente.agreements.Leg;
import org.entente.agreements.Party;
import org.entente.agreements.life.AgreementFile;
import org.entente.agreements.life.State;
import org.jspecify.annotations.Nullable;

/** One leg of one text with everything worked out that depends neither on the request nor on the time. */
final class LegTerms {
    private final AgreementFile file;
    private final Agreement agreement;
    private final Leg leg;
    private final ZoneId zone;
    private final String quotaKey;
    private final CompiledCube cube;
    private final CrisisClause.@Nullable Widening widening;
    private final @Nullable CompiledCube widened;
    private final List<ClauseRef> clauses;
    private final List<ClauseRef> clausesInCrisis;

    LegTerms(AgreementFile file, Leg leg) {
        this(file, leg, widening(file.agreement(), leg));
    }

    private LegTerms(AgreementFile file, Leg leg, CrisisClause.@Nullable Widening widening) {
        this.file = file;
        this.agreement = file.agreement();
        this.leg = leg;
        this.zone = ZoneId.of(agreement.timeZone());
        this.quotaKey = Facts.quotaKey(agreement.id(), leg.id());
        CompiledCube.Sides sides = agreement.kind() == Kind.BILATERAL
                ? new CompiledCube.Sides(areas(leg.provider()), areas(leg.consumer()))
                : null;
        this.cube = new CompiledCube(leg.cube(), sides);
        this.widening = widening;
        this.widened = widening == null ? null : new CompiledCube(widening.cube(), sides);
        this.clauses = clauses(false);
        this.clausesInCrisis = clauses(true);
    }

    private List<String> areas(String party) {
        return agreement.party(party).map(Party::areas).orElse(List.of());
    }

    /** The terms of a crisis pack: the pack is the wider detail, so a declared crisis widens it no further. */
    static LegTerms ofPack(AgreementFile file, Leg leg) {
        return new LegTerms(file, leg, null);
    }

    private static CrisisClause.@Nullable Widening widening(Agreement agreement, Leg leg) {
        CrisisClause clause = agreement.crisis();
        return clause == null
                ? null
                : clause.widenings().stream()
                        .filter(w -> w.leg().equals(leg.id()))
                        .findFirst()
                        .orElse(null);
    }

    private List<ClauseRef> clauses(boolean crisis) {
        List<ClauseRef> relied = new ArrayList<>(List.of(
                ofAgreement(2, "parties"),
                ofAgreement(37, "course"),
                clause(5, "purposes"),
                clause(7, "cube"),
                clause(12, "disclosure"),
                clause(13, "access"),
                clause(16, "answering"),
                clause(21, "onward"),
                clause(26, "retention")));
        if (!leg.cube().neverCross().isEmpty()) {
            relied.add(clause(8, "cube"));
        }
        if (leg.quota() != null) {
            relied.add(clause(16, "quota"));
        }
        if (crisis) {
            relied.add(ofAgreement(32, "crisis"));
        }
        relied.sort(Comparator.comparingInt(ClauseRef::number).thenComparing(ClauseRef::member));
        return List.copyOf(relied);
    }

    AgreementFile file() {
        return file;
    }

    Agreement agreement() {
        return agreement;
    }

    Leg leg() {
        return leg;
    }

    ZoneId zone() {
        return zone;
    }

    String quotaKey() {
        return quotaKey;
    }

    CompiledCube cube() {
        return cube;
    }

    /** What a crisis changes for this leg, if anything. */
    CrisisClause.@Nullable Widening widens() {
        return widening;
    }

    @Nullable
    CompiledCube widened() {
        return widened;
    }

    List<ClauseRef> relied(boolean crisis) {
        return crisis ? clausesInCrisis : clauses;
    }

    /** The areas of both sides as they are at this time. */
    CompiledCube.Sides sides(State state, DataRequest request) {
        return new CompiledCube.Sides(areas(state, request.provider()), areas(state, request.consumer()));
    }

    private List<String> areas(State state, String party) {
        return state.party(party).map(Party::areas).orElseGet(() -> areas(party));
    }

    /** A clause of this leg. */
    ClauseRef clause(int number, String member) {
        return new ClauseRef(number, agreement.id(), leg.id(), member);
    }

    /** A clause of the whole agreement. */
    ClauseRef ofAgreement(int number, String member) {
        return new ClauseRef(number, agreement.id(), null, member);
    }
}
