package org.entente.gateway.disclosure;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BiFunction;
import java.util.function.Supplier;

/**
 * Runs independent pieces of work with a solver each, on all processors. Results come in the order of the pieces, so the
 * number of processors changes nothing but the time.
 *
 * @param make makes a solver for one thread
 */
record Solvers(Supplier<Solver> make) {

    /** OR-Tools where it runs, else ojAlgo. */
    static Solvers best() {
        return new Solvers(Solver::best);
    }

    <T, R> List<R> each(List<T> pieces, BiFunction<T, Solver, R> work) {
        int threads = Math.min(Runtime.getRuntime().availableProcessors(), pieces.size());
        if (threads <= 1) {
            Solver solver = make.get();
            return pieces.stream().map(piece -> work.apply(piece, solver)).toList();
        }
        try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
            List<Future<R>> running = new ArrayList<>();
            pieces.forEach(piece -> running.add(pool.submit(() -> work.apply(piece, make.get()))));
            List<R> results = new ArrayList<>();
            for (Future<R> one : running) {
                results.add(one.get());
            }
            return results;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("the work was interrupted", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new IllegalStateException("the solver failed", e.getCause());
        }
    }
}
