package org.entente.agreements.life;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.entente.agreements.Agreement;
import org.entente.agreements.CrisisClause;

/** The crises that were declared under clause 32. */
final class Crises {
    private final Agreement agreement;
    private final Days days;

    Crises(Agreement agreement, Days days) {
        this.agreement = agreement;
        this.days = days;
    }

    List<Crisis> of(List<Instrument> acts) {
        CrisisClause clause = agreement.crisis();
        List<Crisis> crises = new ArrayList<>();
        if (clause != null) {
            for (Instrument act : acts) {
                if (act instanceof CrisisAct.CrisisDeclared declared) {
                    crises.add(crisis(clause, declared, acts));
                }
            }
        }
        return crises;
    }

    private Crisis crisis(CrisisClause clause, CrisisAct.CrisisDeclared declared, List<Instrument> acts) {
        SortedMap<String, Instant> consents = new TreeMap<>();
        clause.countersigned().forEach(party -> consents.put(party, declared.at()));
        consents.put(declared.party(), declared.at());
        SortedSet<String> reviewed = new TreeSet<>();
        Instant ends = days.after(declared.at(), Math.min(declared.days(), clause.maxDays()));
        for (Instrument act : acts) {
            if (act instanceof CrisisAct.CrisisCountersigned c && c.crisis().equals(declared.id())) {
                consents.putIfAbsent(c.party(), c.at());
            } else if (act instanceof CrisisAct.CrisisEnded e && e.crisis().equals(declared.id())) {
                ends = e.at().isBefore(ends) ? e.at() : ends;
            } else if (act instanceof CrisisAct.CrisisReviewed r && r.crisis().equals(declared.id())) {
                reviewed.add(r.party());
            }
        }
        return new Crisis(
                declared.id(),
                declared.party(),
                declared.at(),
                declared.reason(),
                Collections.unmodifiableSortedSet(legs(clause, declared)),
                Collections.unmodifiableSortedMap(consents),
                ends,
                days.after(ends, clause.reviewDays()),
                Collections.unmodifiableSortedSet(reviewed));
    }

    /** The legs that the declaration names, or all that the clause widens. */
    static SortedSet<String> legs(CrisisClause clause, CrisisAct.CrisisDeclared declared) {
        SortedSet<String> legs = new TreeSet<>(declared.legs());
        if (legs.isEmpty()) {
            clause.widenings().forEach(w -> legs.add(w.leg()));
        }
        return legs;
    }
}
