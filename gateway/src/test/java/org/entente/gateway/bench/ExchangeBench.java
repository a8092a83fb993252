package org.entente.gateway.bench;

import java.lang.management.CompilationMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.ToDoubleFunction;
import org.entente.gateway.base.Database;
import org.entente.gateway.evidence.Evidence;
import org.entente.gateway.evidence.EvidenceVerifier;
import org.entente.gateway.evidence.VerificationReport;
import org.entente.gateway.exchange.Asking;
import org.entente.gateway.exchange.Receipts;
import org.entente.gateway.partners.KeyRotation;
import org.entente.gateway.partners.NodeIdentity;
import org.entente.gateway.testing.Corridor;
import org.entente.gateway.testing.TestNode;

/**
 * Whole exchanges between two whole nodes: a member of staff of PHL asks the own gateway, which asks ITA's, each time
 * another question with another answer of about 20 kB, with journal and receipt on both sides. In turn with it, the stripped
 * exchange on the same nodes.
 */
final class ExchangeBench {
    private static final int ASKERS = 16;
    /** Of the rate of the closed loop. */
    private static final double OPEN_SHARE = 0.7;

    private static final Duration SLICE = Duration.ofSeconds(12);
    private static final int MOST_WARM_UPS = 6;
    /** Milliseconds of compilation in a millisecond of load. */
    private static final double COMPILES_LITTLE = 0.1;

    private static final int VERIFICATIONS = 101;
    private static final Duration ANNOUNCED = Duration.ofSeconds(3);

    private final BenchSettings settings;
    private final AtomicLong asked = new AtomicLong();
    private final AtomicLong bytes = new AtomicLong();

    ExchangeBench(BenchSettings settings) {
        this.settings = settings;
    }

    void run(Figures figures) throws Exception {
        try (Corridor corridor =
                Corridor.open(plan -> plan.property(StrippedPeer.SWITCH, true), Map.of("quota", "100000000"))) {
            BenchFigures.publish(corridor);
            try (StaffCaller analyst = StaffCaller.signIn(corridor.phl().staff(), "analyst", Corridor.PASSWORD);
                    StrippedExchange stripped = new StrippedExchange(corridor.phl(), corridor.ita())) {
                warmUp(analyst, stripped, figures);
                rounds(analyst, stripped, figures);
                settle(corridor, figures);
                openLoops(analyst, stripped, figures);
                figures.put("evidence.verifyMillis", evidence(corridor));
                companions(corridor);
                exchanges(analyst, settings.warmUp().dividedBy(4));
                figures.put(
                        "exchange.hybridPerSecond",
                        exchanges(analyst, settings.measured()).perSecond());
            }
            requireWhole(corridor);
        }
    }

    /**
     * Loads both kinds of exchange until the JVM compiles little besides, or for {@link #MOST_WARM_UPS} times as long as settings say: the code
     * of an exchange is so much that it is compiled for minutes under load, which then takes more time than the exchanges.
     */
    private void warmUp(StaffCaller analyst, StrippedExchange stripped, Figures figures) throws Exception {
        CompilationMXBean compiler = ManagementFactory.getCompilationMXBean();
        long begin = System.nanoTime();
        long least = settings.warmUp().toNanos();
        double compiling;
        do {
            long before = compiler.getTotalCompilationTime();
            long from = System.nanoTime();
            exchanges(analyst, SLICE);
            compiling = (compiler.getTotalCompilationTime() - before) / ((System.nanoTime() - from) / 1e6);
            stripped.run(ASKERS, SLICE.dividedBy(3));
        } while (System.nanoTime() - begin < least
                || (compiling > COMPILES_LITTLE && System.nanoTime() - begin < MOST_WARM_UPS * least));
        figures.put("exchange.warmUpSeconds", (System.nanoTime() - begin) / 1e9);
        figures.put("exchange.compilingShareAfterwards", compiling);
    }

    /** The median of so many verifications of one evidence file, offline. */
    private double evidence(Corridor corridor) {
        asked.incrementAndGet();
        UUID exchange = corridor.phl()
                .bean(Asking.class)
                .ask(corridor.question(Corridor.FILIPINOS).asFresh())
                .exchange();
        byte[] file = corridor.phl().bean(Evidence.class).ofAsked(exchange).encode();
        Map<String, String> roots = Map.of("PHL", root(corridor.phl()), "ITA", root(corridor.ita()));
        double[] millis = new double[VERIFICATIONS];
        for (int i = 0; i < VERIFICATIONS; i++) {
            long begin = System.nanoTime();
            VerificationReport report = EvidenceVerifier.verify(file, roots);
            millis[i] = (System.nanoTime() - begin) / 1e6;
            if (!report.holds()) {
                throw new IllegalStateException(String.valueOf(report.failure()));
            }
        }
        return Figures.median(millis);
    }

    private static String root(TestNode node) {
        return node.bean(NodeIdentity.class).chain().getFirst().fingerprint().toString();
    }

    /** From here on every message between the two carries a post-quantum signature as well. */
    private static void companions(Corridor corridor) throws InterruptedException {
        for (TestNode node : List.of(corridor.phl(), corridor.ita())) {
            node.bean(KeyRotation.class).withCompanion(ANNOUNCED, Duration.ofDays(700), "bench");
        }
        Corridor.introduce(corridor.phl(), corridor.ita());
        Corridor.introduce(corridor.ita(), corridor.phl());
        while (corridor.phl().bean(NodeIdentity.class).signers().size() < 2
                || corridor.ita().bean(NodeIdentity.class).signers().size() < 2) {
            Thread.sleep(100);
        }
    }

    /**
     * Both kinds of exchange at random moments, at a share of what each did as fast as possible; the whole one at half of that as well, since
     * what waits for others grows with the load.
     */
    private void openLoops(StaffCaller analyst, StrippedExchange stripped, Figures figures) throws Exception {
        double whole = OPEN_SHARE * figures.get("exchange.perSecond");
        Load.Result bare =
                stripped.open(OPEN_SHARE * figures.get("limit.strippedExchangePerSecond"), settings.measured());
        Load.Result open = Load.open(whole, settings.measured(), () -> ask(analyst));
        Load.Result half = Load.open(whole / 2, settings.measured(), () -> ask(analyst));
        figures.put("limit.strippedOpenLoopP50Millis", bare.millis(0.5));
        figures.put("limit.strippedOpenLoopP99Millis", bare.millis(0.99));
        figures.put("exchange.openLoopPerSecond", open.perSecond());
        figures.put("exchange.openLoopP50Millis", open.millis(0.5));
        figures.put("exchange.openLoopP99Millis", open.millis(0.99));
        figures.put("exchange.halfOpenLoopP50Millis", half.millis(0.5));
        figures.put("exchange.halfOpenLoopP99Millis", half.millis(0.99));
    }

    private void rounds(StaffCaller analyst, StrippedExchange stripped, Figures figures) throws Exception {
        List<Load.Result> bare = new ArrayList<>();
        List<Load.Result> whole = new ArrayList<>();
        for (int round = 0; round < settings.rounds(); round++) {
            bare.add(stripped.run(ASKERS, settings.measured().dividedBy(2)));
            bytes.set(0);
            whole.add(exchanges(analyst, settings.measured()));
        }
        figures.put("exchange.perSecond", median(whole, Load.Result::perSecond));
        figures.put("exchange.p50Millis", median(whole, result -> result.millis(0.5)));
        figures.put("exchange.p99Millis", median(whole, result -> result.millis(0.99)));
        figures.put("exchange.bodyBytes", (double) bytes.get() / whole.getLast().count());
        figures.put("limit.strippedExchangePerSecond", median(bare, Load.Result::perSecond));
        figures.put("limit.strippedP50Millis", median(bare, result -> result.millis(0.5)));
        figures.put("limit.strippedP99Millis", median(bare, result -> result.millis(0.99)));
    }

    private static double median(List<Load.Result> rounds, ToDoubleFunction<Load.Result> figure) {
        return Figures.median(rounds.stream().mapToDouble(figure).toArray());
    }

    private Load.Result exchanges(StaffCaller analyst, Duration duration) throws Exception {
        return Load.run(ASKERS, duration, () -> ask(analyst));
    }

    private void ask(StaffCaller analyst) throws Exception {
        bytes.addAndGet(analyst.get(BenchFigures.question(asked.getAndIncrement())).length);
    }

    private static void settle(Corridor corridor, Figures figures) throws InterruptedException {
        long begin = System.nanoTime();
        awaitReceipts(corridor);
        figures.put("exchange.receiptsDoneAfterMillis", (System.nanoTime() - begin) / 1e6);
    }

    private static void awaitReceipts(Corridor corridor) throws InterruptedException {
        long begin = System.nanoTime();
        Receipts receipts = corridor.phl().bean(Receipts.class);
        while (receipts.waiting() > 0) {
            if (System.nanoTime() - begin > Duration.ofMinutes(2).toNanos()) {
                throw new IllegalStateException(receipts.waiting() + " receipts were not accepted in two minutes");
            }
            Thread.sleep(20);
        }
    }

    /** Every exchange must have been journaled on both sides and receipted; otherwise the figures mean nothing. */
    private void requireWhole(Corridor corridor) throws InterruptedException {
        awaitReceipts(corridor);
        requireEntries(corridor.phl().bean(Database.class), "asked", "received");
        requireEntries(corridor.ita().bean(Database.class), "answered", "receipted");
    }

    private void requireEntries(Database database, String... kinds) {
        for (String kind : kinds) {
            long entries = database.one(
                            // The stripped exchange's entries are of the same kinds and have no pseudonym.
                            "SELECT COUNT(*) AS n FROM journal_entry WHERE kind = ? AND record NOT LIKE '%\"content\":\"0123%'",
                            row -> row.longValue("n"), kind)
                    .orElse(0L);
            if (entries != asked.get()) {
                throw new IllegalStateException(
                        asked.get() + " exchanges, but " + entries + " entries of kind " + kind);
            }
        }
    }
}
