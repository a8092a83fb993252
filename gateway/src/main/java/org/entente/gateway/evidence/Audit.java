package org.entente.gateway.evidence;

import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import org.entente.gateway.exchange.DecisionReplay;
import org.entente.gateway.journal.Journal;
import org.entente.gateway.journal.JournalEntry;

/** Goes through this node's own journal and holds what it says against what can be computed. */
@Singleton
public class Audit {
    private static final int PAGE = 500;
    /** Most findings that one report lists; all are counted. */
    static final int LISTED = 1_000;

    private final Journal journal;
    private final DecisionReplay decisions;

    Audit(Journal journal, DecisionReplay decisions) {
        this.journal = journal;
        this.decisions = decisions;
    }

    /**
     * Journaled decisions, made again.
     *
     * @param from first entry that was looked at
     * @param to first entry that was not
     * @param size of the journal when the report was begun
     * @param decisions how many entries record a decision
     * @param same how many of them came out the same
     * @param different how many did not
     * @param notReplayable how many could not be made again
     * @param quotasChecked whether the charges against quotas were counted too, which takes every entry from the first on, and every
     *     record
     * @param findings what did not come out the same, in order, {@value #LISTED} at most
     */
    public record Report(
            long from,
            long to,
            long size,
            long decisions,
            long same,
            long different,
            long notReplayable,
            boolean quotasChecked,
            List<DecisionReplay.Verdict> findings) {
        public Report {
            findings = List.copyOf(findings);
        }
    }

    /**
     * Makes every decision again that is recorded in [from, to), as far as the journal reaches.
     *
     * @throws org.entente.gateway.base.EntenteException {@code journal-unavailable}, {@code database-unavailable}
     */
    public Report replay(long from, long to) {
        long size = journal.size();
        long end = Math.min(to, size);
        DecisionReplay.Pass pass = decisions.pass(from == 0);
        Counts counts = new Counts();
        long next = from;
        while (next < end) {
            List<JournalEntry> page = journal.entries(next, (int) Math.min(PAGE, end - next));
            if (page.isEmpty()) {
                break;
            }
            page.forEach(entry -> pass.replay(entry).ifPresent(counts::add));
            next = page.getLast().index() + 1;
        }
        return new Report(
                from,
                Math.max(from, next),
                size,
                counts.all(),
                counts.same,
                counts.different,
                counts.missing,
                pass.countsQuotas(),
                counts.findings);
    }

    private static final class Counts {
        private final List<DecisionReplay.Verdict> findings = new ArrayList<>();
        private long same;
        private long different;
        private long missing;

        void add(DecisionReplay.Verdict verdict) {
            switch (verdict.outcome()) {
                case SAME -> same++;
                case DIFFERENT -> different++;
                case NOT_REPLAYABLE -> missing++;
            }
            if (verdict.outcome() != DecisionReplay.Outcome.SAME && findings.size() < LISTED) {
                findings.add(verdict);
            }
        }

        long all() {
            return same + different + missing;
        }
    }
}
