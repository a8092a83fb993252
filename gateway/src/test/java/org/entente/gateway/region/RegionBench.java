package org.entente.gateway.region;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.entente.gateway.region.programme.Round;

/**
 * A round of many members on the loopback, all in this process: one dead, one slow, one that refuses, one at which somebody forges. The
 * round's time is measured to the end of its turn, which waits for the slow member as long as the programme says. A round before it, in which
 * nobody is disturbed, meets nodes that have never exchanged anything.
 */
public final class RegionBench {
    private static final int MEMBERS = 50;
    private static final int YEARS = 30;
    private static final int ATTEMPT_SECONDS = 60;
    private static final Duration HOLD = Duration.ofSeconds(20);

    private RegionBench() {}

    /** The figures by name; {@code -Dbench.members=} for another number of members. */
    public static Map<String, Double> run() {
        int members = Integer.getInteger("bench.members", MEMBERS);
        Map<String, Double> figures = new TreeMap<>();
        long begin = System.nanoTime();
        try (ManyMembers many = ManyMembers.open(members, YEARS, ATTEMPT_SECONDS)) {
            figures.put("region.openSeconds", (System.nanoTime() - begin) / 1e9);
            figures.put("region.observationsEach", (double) many.observationsEach());
            String name = "round.members" + members + "Seconds";
            figures.put(name + "First", many.roundBefore().seconds());
            many.disturb(HOLD);
            ManyMembers.Run run = many.round();
            figures.put(name, run.seconds());
            figures.put(name + "BesideTheSlow", run.secondsBeside());
            figures.put("round.answered", count(run, Round.Outcome.ANSWERED));
            figures.put("round.refused", count(run, Round.Outcome.REFUSED));
            figures.put("round.invalid", count(run, Round.Outcome.INVALID));
            figures.put("round.missing", count(run, Round.Outcome.MISSING));
            begin = System.nanoTime();
            many.region()
                    .secretariat()
                    .bean(org.entente.gateway.region.profile.Profiles.class)
                    .make(run.round(), many.region().statistician(MemberStates.SECRETARIAT));
            figures.put("round.profileSeconds", (System.nanoTime() - begin) / 1e9);
            System.gc();
            Runtime runtime = Runtime.getRuntime();
            figures.put("region.heapMiB", (runtime.totalMemory() - runtime.freeMemory()) / (double) (1 << 20));
        }
        return figures;
    }

    private static double count(ManyMembers.Run run, Round.Outcome outcome) {
        return run.tasks().values().stream()
                .filter(task -> task.state() == outcome)
                .count();
    }
}
