package org.entente.gateway.exchange;

import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import org.entente.agreements.Leg;
import org.entente.agreements.Quota;
import org.entente.agreements.decision.Decision;
import org.entente.agreements.decision.Facts;
import org.entente.agreements.life.AgreementFile;
import org.entente.gateway.base.Database;
import org.entente.gateway.base.Micros;
import org.entente.gateway.journal.Write;
import org.jspecify.annotations.Nullable;

/**
 * How much of a leg's quota is used. The window is a period of the UTC calendar; a permit is charged once, in the transaction of its
 * {@code answered} entry, so the quota holds across processes and restarts.
 */
@Singleton
class Quotas {
    private final Database database;
    private final Clock clock;

    Quotas(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** What has been used under each leg that has a quota and may be meant. */
    SortedMap<String, Facts.QuotaUse> state(@Nullable AgreementFile file, @Nullable Leg leg) {
        return QuotaWindows.state(file, leg, clock.instant(), this::used);
    }

    private Facts.QuotaUse used(String agreement, String leg, Instant window) {
        return database.one(
                        "SELECT requests, cells FROM quota_use WHERE agreement_id = ? AND leg = ? AND window_us = ?",
                        r -> new Facts.QuotaUse(window, r.intValue("requests"), r.longValue("cells")),
                        agreement,
                        leg,
                        window)
                .orElse(new Facts.QuotaUse(window, 0, 0));
    }

    /**
     * The charge for a permit, on the condition that the quota still has room when the row is locked. If it has none by then, the answer
     * is not recorded and the request is judged again.
     */
    List<Write> charge(Decision.Permit permit, @Nullable Quota quota, long cells) {
        Facts.QuotaUse use = permit.facts().quotas().get(Facts.quotaKey(permit.agreement(), permit.leg()));
        if (use == null || quota == null) {
            return List.of();
        }
        if (use.requests() == 0) {
            database.update(
                    "INSERT IGNORE INTO quota_use (agreement_id, leg, window_us, requests, cells) VALUES (?, ?, ?, 0, 0)",
                    permit.agreement(),
                    permit.leg(),
                    use.windowStart());
        }
        return List.of(new Write.Update(
                "UPDATE quota_use SET requests = requests + 1, cells = cells + ? WHERE agreement_id = ? AND leg = ?"
                        + " AND window_us = ? AND requests < ? AND cells < ?",
                1,
                cells,
                permit.agreement(),
                permit.leg(),
                Micros.of(use.windowStart()),
                quota.requests(),
                quota.cells() == null ? Long.MAX_VALUE : quota.cells()));
    }
}
