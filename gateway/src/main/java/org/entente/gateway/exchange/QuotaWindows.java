package org.entente.gateway.exchange;

import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.entente.agreements.CrisisClause;
import org.entente.agreements.Leg;
import org.entente.agreements.Quota;
import org.entente.agreements.decision.Facts;
import org.entente.agreements.life.AgreementFile;
import org.jspecify.annotations.Nullable;

/** In which windows quotas are counted: periods of the UTC calendar. Pure. */
public final class QuotaWindows {
    private QuotaWindows() {}

    /** Where the use of a leg in a window is kept. */
    @FunctionalInterface
    public interface Use {
        /** What was used since the window began. */
        Facts.QuotaUse of(String agreement, String leg, Instant window);
    }

    /** What has been used under each leg that has a quota and may be meant. */
    public static SortedMap<String, Facts.QuotaUse> state(
            @Nullable AgreementFile file, @Nullable Leg leg, Instant now, Use use) {
        SortedMap<String, Facts.QuotaUse> state = new TreeMap<>();
        if (file == null) {
            return state;
        }
        for (Leg candidate : leg == null ? file.agreement().legs() : List.of(leg)) {
            Quota quota = counted(file, candidate);
            if (quota != null) {
                String agreement = file.agreement().id();
                state.put(
                        Facts.quotaKey(agreement, candidate.id()),
                        use.of(agreement, candidate.id(), quota.per().startAt(now)));
            }
        }
        return state;
    }

    /** The leg's quota, or the one that it has in a crisis only; where it has both, they are counted in the same window. */
    public static @Nullable Quota counted(AgreementFile file, Leg leg) {
        CrisisClause crisis = file.agreement().crisis();
        if (leg.quota() != null || crisis == null) {
            return leg.quota();
        }
        return crisis.widenings().stream()
                .filter(widening -> widening.leg().equals(leg.id()))
                .findFirst()
                .map(CrisisClause.Widening::quota)
                .orElse(null);
    }
}
