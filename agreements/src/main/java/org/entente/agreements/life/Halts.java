package org.entente.agreements.life;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.entente.agreements.Agreement;
import org.entente.agreements.Terms;
import org.entente.agreements.life.State.Stop;
import org.jspecify.annotations.Nullable;

/** What stands still: suspensions, holds and recalled releases. */
final class Halts {
    private final Agreement agreement;
    private final List<Instrument> acts;
    private final Days days;
    private final List<Stop> stops = new ArrayList<>();
    private final Set<String> recalled = new HashSet<>();

    Halts(Agreement agreement, List<Instrument> acts, Days days) {
        this.agreement = agreement;
        this.acts = acts;
        this.days = days;
        for (Instrument act : acts) {
            if (act instanceof Interruption interruption) {
                apply(interruption);
            } else if (act instanceof FigureAct.ReleaseRecalled recall) {
                recalled.add(recall.release());
            }
        }
    }

    private void apply(Interruption act) {
        switch (act) {
            case Interruption.LegSuspended s ->
                stops.add(new Stop(Stop.Sort.SUSPENSION, s.leg(), null, s.party(), suspendedFrom(s), s.reason()));
            case Interruption.LegResumed r -> lift(Stop.Sort.SUSPENSION, r.leg(), null, r.party());
            case Interruption.HoldSet h ->
                stops.add(new Stop(Stop.Sort.HOLD, h.leg(), h.release(), h.party(), h.at(), h.reason()));
            case Interruption.HoldLifted l -> lift(Stop.Sort.HOLD, l.leg(), l.release(), l.party());
        }
    }

    /** After the agreed notice; at once when another party has notified a breach and clause 27 allows it. */
    private Instant suspendedFrom(Interruption.LegSuspended act) {
        Terms.Breach clause = agreement.terms().breach();
        boolean breached = clause != null
                && clause.suspendAtOnce()
                && acts.stream()
                        .anyMatch(b -> b instanceof FigureAct.BreachNotified
                                && !b.party().equals(act.party())
                                && !b.at().isAfter(act.at()));
        return breached
                ? act.at()
                : days.after(act.at(), agreement.course().suspension().noticeDays());
    }

    private void lift(Stop.Sort sort, @Nullable String leg, @Nullable String release, String party) {
        stops.removeIf(s -> s.sort() == sort
                && Objects.equals(s.leg(), leg)
                && Objects.equals(s.release(), release)
                && s.party().equals(party));
    }

    List<Stop> stops() {
        return stops;
    }

    Set<String> recalled() {
        return recalled;
    }
}
