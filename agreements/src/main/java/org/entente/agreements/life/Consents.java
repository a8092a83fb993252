package org.entente.agreements.life;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.entente.agreements.Agreement;

/** Who has consented to a text, in which form and when. Each map holds the earliest time by party. */
final class Consents {
    final SortedMap<String, Instant> initialled = new TreeMap<>();
    final SortedMap<String, Instant> signed = new TreeMap<>();
    final SortedMap<String, Instant> completed = new TreeMap<>();
    final SortedMap<String, Instant> provisional = new TreeMap<>();
    final boolean proposed;
    private final Agreement agreement;
    private final List<Instrument> acts;

    Consents(Agreement agreement, List<Instrument> acts) {
        this.agreement = agreement;
        this.acts = acts;
        boolean forward = false;
        for (Instrument act : acts) {
            switch (act) {
                case Conclusion.Proposed p -> forward = true;
                case Conclusion.Initialled i -> first(initialled, i);
                case Conclusion.Signed s -> first(signed, s);
                case Conclusion.SignedOnPaper s -> first(signed, s);
                case TextChange.LetterSent l -> first(signed, l);
                case Conclusion.ProceduresCompleted c -> first(completed, c);
                case Conclusion.ProvisionalApplication p -> first(provisional, p);
                default -> {
                    // The other acts are no consent to a text.
                }
            }
        }
        this.proposed = forward;
    }

    private static void first(SortedMap<String, Instant> times, Instrument act) {
        times.merge(act.party(), act.at(), (a, b) -> a.isBefore(b) ? a : b);
    }

    boolean allSigned() {
        return all(signed);
    }

    /** Have all parties that the text names done this? */
    boolean all(SortedMap<String, Instant> times) {
        return agreement.parties().stream().allMatch(p -> times.containsKey(p.id()));
    }

    static Instant last(SortedMap<String, Instant> times) {
        return Collections.max(times.values());
    }

    /** Does a correction that brought this text about still wait for somebody's consent? */
    boolean correctionOpen(Set<String> bound) {
        return acts.stream()
                .filter(TextChange.CorrectionProposed.class::isInstance)
                .anyMatch(c -> !correctedBy((TextChange.CorrectionProposed) c).containsAll(bound));
    }

    private Set<String> correctedBy(TextChange.CorrectionProposed correction) {
        List<String> consents = new ArrayList<>(List.of(correction.party()));
        for (Instrument act : acts) {
            if (act instanceof TextChange.CorrectionConsented c
                    && c.digest().equals(correction.digest())
                    && c.replaces().equals(correction.replaces())) {
                consents.add(c.party());
            }
        }
        return new HashSet<>(consents);
    }
}
