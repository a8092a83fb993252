package org.entente.gateway.bench;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.LongAdder;
import org.entente.gateway.base.Sql;
import org.entente.gateway.journal.Appended;
import org.entente.gateway.journal.Draft;
import org.entente.gateway.journal.Journal;
import org.entente.gateway.journal.JournalCheck;
import org.entente.gateway.journal.JournalFixture;

/**
 * How many entries a second become durable, each with its signed checkpoint and proof, against how often the same server
 * commits one row. Distinct records of about 1 kB.
 */
public final class JournalBench {
    private static final int WRITERS = 64;
    private static final int IN_FLIGHT = 512;
    private static final int READERS = 4;
    private static final String PADDING = "0123456789abcdef".repeat(44);

    private final Duration warmUp;
    private final Duration measured;

    /** A benchmark that measures each figure for so long, after so much running in. */
    public JournalBench(Duration warmUp, Duration measured) {
        this.warmUp = warmUp;
        this.measured = measured;
    }

    /** The figures by name, per second. */
    public Map<String, Double> run() throws Exception {
        Map<String, Double> figures = new LinkedHashMap<>();
        try (JournalFixture fixture = new JournalFixture()) {
            Journal journal = fixture.begin();
            figures.put("limit.commitsPerSecond", commits(fixture));
            synchronous(journal, warmUp);
            figures.put("journal.appendsPerSecond", synchronous(journal, measured));
            inFlight(journal, warmUp.dividedBy(2));
            figures.put("journal.appendsInFlight512PerSecond", inFlight(journal, measured));
            figures.put("limit.commitsAfterwardsPerSecond", commits(fixture));
            proofs(journal, warmUp.dividedBy(4));
            figures.put("journal.proofsPerSecond", proofs(journal, measured.dividedBy(2)));
            checked(fixture, JournalCheck.Depth.TREE);
            figures.put("journal.fsckLeavesPerSecond", checked(fixture, JournalCheck.Depth.TREE));
            figures.put("journal.fsckRecordsPerSecond", checked(fixture, JournalCheck.Depth.RECORDS));
        }
        return figures;
    }

    /** Proofs of entries all over the journal at its newest checkpoint, each read from stored tiles. */
    private static double proofs(Journal journal, Duration duration) throws InterruptedException {
        long size = journal.size();
        LongAdder count = new LongAdder();
        Pace pace = new Pace(duration);
        List<Thread> readers = new ArrayList<>();
        for (int i = 0; i < READERS; i++) {
            SplittableRandom random = new SplittableRandom(i);
            readers.add(Thread.startVirtualThread(() -> {
                while (pace.goesOn()) {
                    journal.prove(random.nextLong(size));
                    count.increment();
                }
            }));
        }
        for (Thread reader : readers) {
            reader.join();
        }
        return pace.perSecond(count.sum());
    }

    private static double checked(JournalFixture fixture, JournalCheck.Depth depth) {
        long begin = System.nanoTime();
        JournalCheck.Report report = fixture.check(depth);
        if (!report.passes()) {
            throw new IllegalStateException(String.join("; ", report.findings()));
        }
        return report.entries() / ((System.nanoTime() - begin) / 1e9);
    }

    private double commits(JournalFixture fixture) throws SQLException {
        try (Connection c = fixture.database().source().getConnection()) {
            Sql.update(
                    c,
                    "CREATE TABLE IF NOT EXISTS bare (id BIGINT AUTO_INCREMENT PRIMARY KEY, v BIGINT) ENGINE=InnoDB");
            try (PreparedStatement insert = c.prepareStatement("INSERT INTO bare (v) VALUES (?)")) {
                Pace pace = new Pace(measured.dividedBy(2));
                long count = 0;
                for (; pace.goesOn(); count++) {
                    insert.setLong(1, count);
                    insert.executeUpdate();
                }
                return pace.perSecond(count);
            }
        }
    }

    private static double synchronous(Journal journal, Duration duration) throws InterruptedException {
        LongAdder count = new LongAdder();
        Pace pace = new Pace(duration);
        List<Thread> writers = new ArrayList<>();
        for (int i = 0; i < WRITERS; i++) {
            writers.add(Thread.startVirtualThread(() -> {
                while (pace.goesOn()) {
                    journal.append(draft());
                    count.increment();
                }
            }));
        }
        for (Thread writer : writers) {
            writer.join();
        }
        return pace.perSecond(count.sum());
    }

    private static double inFlight(Journal journal, Duration duration) {
        Pace pace = new Pace(duration);
        ArrayDeque<CompletableFuture<Appended>> waiting = new ArrayDeque<>();
        long count = 0;
        while (pace.goesOn()) {
            while (waiting.size() < IN_FLIGHT) {
                waiting.add(journal.appendAsync(draft()));
            }
            waiting.remove().join();
            count++;
            while (!waiting.isEmpty() && waiting.peek().isDone()) {
                waiting.remove().join();
                count++;
            }
        }
        double perSecond = pace.perSecond(count);
        waiting.forEach(CompletableFuture::join);
        return perSecond;
    }

    private static Draft draft() {
        String exchange = UUID.randomUUID().toString();
        return new Draft(
                "answered",
                Map.of(
                        "kind",
                        "answered",
                        "exchange",
                        exchange,
                        "digests",
                        PADDING,
                        "time",
                        "2026-03-01T12:00:00Z",
                        "status",
                        200,
                        "agreement",
                        exchange),
                exchange,
                List.of());
    }

    /** A stretch of time. */
    private static final class Pace {
        private final long start = System.nanoTime();
        private final long end;

        Pace(Duration duration) {
            this.end = start + duration.toNanos();
        }

        boolean goesOn() {
            return System.nanoTime() < end;
        }

        double perSecond(long count) {
            return count / ((System.nanoTime() - start) / 1e9);
        }
    }

    /** Runs alone: {@code JournalBench [seconds]}. */
    public static void main(String[] arguments) throws Exception {
        int seconds = arguments.length == 0 ? 6 : Integer.parseInt(arguments[0]);
        Map<String, Double> figures = new JournalBench(Duration.ofSeconds(4), Duration.ofSeconds(seconds)).run();
        figures.forEach((name, value) -> System.out.printf("%-40s %,12.0f%n", name, value));
        System.exit(0);
    }
}
