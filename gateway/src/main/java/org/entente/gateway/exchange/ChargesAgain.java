package org.entente.gateway.exchange;

import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import org.entente.agreements.Quota;
import org.entente.agreements.decision.Decision;
import org.entente.agreements.decision.Facts;
import org.jspecify.annotations.Nullable;

/**
 * Charges against quotas, counted once more in the order of the journal. Facts are captured before the charge, so others may have taken
 * something in the meantime: facts never know of more than was charged, and a permit needs room at the moment of its own charge.
 */
final class ChargesAgain {
    private final Map<String, Integer> requests = new HashMap<>();
    private final Map<String, Long> cells = new HashMap<>();
    private boolean counts;
    private boolean countsCells;
    private boolean cellsAreLimited;

    /** @param fromTheBeginning whether every permit of the journal will be seen */
    ChargesAgain(boolean fromTheBeginning) {
        this.counts = fromTheBeginning;
        this.countsCells = fromTheBeginning;
    }

    /** Whether all charges are known so far. */
    boolean whole() {
        return counts && (countsCells || !cellsAreLimited);
    }

    /** From here on it is not known what was charged. */
    void lose() {
        counts = false;
    }

    /** Do the facts know of more than was charged before? What is wrong, or null. */
    @Nullable
    String foreseen(Facts facts) {
        for (Map.Entry<String, Facts.QuotaUse> use : facts.quotas().entrySet()) {
            String window = window(use.getKey(), use.getValue());
            int charged = requests.getOrDefault(window, 0);
            if (counts && use.getValue().requests() > charged) {
                return "The facts say that " + use.getValue().requests() + " requests were charged under "
                        + use.getKey() + ", but the journal holds " + charged + " permits before.";
            }
            long given = cells.getOrDefault(window, 0L);
            if (counts && countsCells && use.getValue().cells() > given) {
                return "The facts say that " + use.getValue().cells() + " cells were charged under " + use.getKey()
                        + ", but the permits before gave " + given + ".";
            }
        }
        return null;
    }

    /**
     * Charges a permit on which figures were given.
     *
     * @param given how many cells; empty if that is not known any more
     * @return what is wrong with it, or null
     */
    @Nullable
    String charge(Decision.Permit permit, OptionalLong given) {
        Quota quota = permit.obligations().quota();
        String key = Facts.quotaKey(permit.agreement(), permit.leg());
        Facts.QuotaUse use = permit.facts().quotas().get(key);
        if (quota == null || use == null) {
            return null;
        }
        Long most = quota.cells();
        cellsAreLimited |= most != null;
        String window = window(key, use);
        int charged = requests.merge(window, 1, Integer::sum);
        if (given.isEmpty()) {
            countsCells = false;
        }
        long before = cells.getOrDefault(window, 0L);
        cells.merge(window, given.orElse(0), Long::sum);
        if (counts && charged > quota.requests()) {
            return "It is permit " + charged + " under " + key + " in a window that allows " + quota.requests() + ".";
        }
        if (counts && countsCells && most != null && before >= most) {
            return "The permits before it under " + key + " gave " + before + " cells in a window that allows " + most
                    + ".";
        }
        return null;
    }

    private static String window(String key, Facts.QuotaUse use) {
        return key + "@" + use.windowStart();
    }
}
