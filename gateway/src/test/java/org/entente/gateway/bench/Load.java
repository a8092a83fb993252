package org.entente.gateway.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** The same work again and again, for so long and at most so often: by several threads at once, or begun at a given rate. */
final class Load {

    /** One piece of work; an exception ends the run. */
    @FunctionalInterface
    interface Work {
        void run() throws Exception;
    }

    /**
     * What came of it.
     *
     * @param sortedNanos how long each piece took
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Result(long count, double perSecond, long[] sortedNanos) {

        /** The time within which this share of the pieces was done. */
        double millis(double share) {
            if (sortedNanos.length == 0) {
                return Double.NaN;
            }
            int at = (int) Math.ceil(share * sortedNanos.length) - 1;
            return sortedNanos[Math.clamp(at, 0, sortedNanos.length - 1)] / 1e6;
        }
    }

    private static final int MOST = 5_000_000;
    private static final int MOST_UNDER_WAY = 2_000;

    private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
    private final AtomicLong started = new AtomicLong();
    private final long begin = System.nanoTime();
    private final long end;
    private final Work work;

    private Load(Duration duration, Work work) {
        this.end = begin + duration.toNanos();
        this.work = work;
    }

    /** Runs the work on so many platform threads and waits for the last piece. */
    static Result run(int threads, Duration duration, Work work) throws Exception {
        Load load = new Load(duration, work);
        List<Asker> askers = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            Asker asker = load.new Asker();
            askers.add(asker);
            asker.thread.start();
        }
        for (Asker asker : askers) {
            asker.thread.join();
        }
        double seconds = (System.nanoTime() - load.begin) / 1e9;
        Exception failed = load.failure.get();
        if (failed != null) {
            throw failed;
        }
        long[] all = askers.stream()
                .flatMapToLong(asker -> Arrays.stream(asker.nanos, 0, asker.count))
                .sorted()
                .toArray();
        return new Result(all.length, all.length / seconds, all);
    }

    /**
     * Begins pieces of work at random moments, so many a second on average, however long those before take: an open loop. A piece's time is
     * counted from the moment at which it should have begun, so that a rate that is more than can be done shows in the times; more than
     * {@value #MOST_UNDER_WAY} are never under way at once.
     */
    static Result open(double perSecond, Duration duration, Work work) throws Exception {
        Load load = new Load(duration, work);
        Random arrivals = new Random(1);
        Queue<Long> nanos = new ConcurrentLinkedQueue<>();
        Semaphore underWay = new Semaphore(MOST_UNDER_WAY);
        List<Thread> all = new ArrayList<>();
        double due = load.begin;
        while (due < load.end && load.failure.get() == null && all.size() < MOST) {
            LockSupport.parkNanos((long) due - System.nanoTime());
            underWay.acquire();
            long from = (long) due;
            all.add(Thread.startVirtualThread(() -> {
                try {
                    work.run();
                    nanos.add(System.nanoTime() - from);
                } catch (Exception e) {
                    load.failure.compareAndSet(null, e);
                } finally {
                    underWay.release();
                }
            }));
            due -= Math.log(1 - arrivals.nextDouble()) / perSecond * 1e9;
        }
        for (Thread one : all) {
            one.join();
        }
        Exception failed = load.failure.get();
        if (failed != null) {
            throw failed;
        }
        long[] sorted = nanos.stream().mapToLong(Long::longValue).sorted().toArray();
        return new Result(sorted.length, sorted.length / ((System.nanoTime() - load.begin) / 1e9), sorted);
    }

    private final class Asker {
        final Thread thread = Thread.ofPlatform().name("asker").unstarted(this::work);
        long[] nanos = new long[4_096];
        int count;

        private void work() {
            while (failure.get() == null && System.nanoTime() < end && started.getAndIncrement() < MOST) {
                long from = System.nanoTime();
                try {
                    work.run();
                } catch (Exception e) {
                    failure.compareAndSet(null, e);
                    return;
                }
                if (count == nanos.length) {
                    nanos = Arrays.copyOf(nanos, 2 * count);
                }
                nanos[count++] = System.nanoTime() - from;
            }
        }
    }
}
