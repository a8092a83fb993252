package org.entente.gateway.exchange;

import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.util.concurrent.atomic.AtomicLong;

/** Counters of exchanges, by partner and outcome, and gauges of what waits for a person. */
@Singleton
final class ExchangeMetrics {
    private final MeterRegistry registry;
    private final AtomicLong waiting = new AtomicLong();
    private final AtomicLong overdue = new AtomicLong();

    ExchangeMetrics(MeterRegistry registry) {
        this.registry = registry;
        registry.gauge("entente.requests.waiting", waiting);
        registry.gauge("entente.requests.overdue", overdue);
    }

    void answered(String partner, String outcome) {
        registry.counter("entente.exchange.answered", "partner", partner, "outcome", outcome)
                .increment();
    }

    void deferred(String partner) {
        registry.counter("entente.exchange.deferred", "partner", partner).increment();
    }

    void waiting(long requests, long ofThemOverdue) {
        waiting.set(requests);
        overdue.set(ofThemOverdue);
    }

    void repeated(String partner) {
        registry.counter("entente.exchange.repeated", "partner", partner).increment();
    }

    void received(String partner, String outcome) {
        registry.counter("entente.exchange.received", "partner", partner, "outcome", outcome)
                .increment();
    }

    void rejected(String partner, String reason) {
        registry.counter("entente.exchange.rejected", "partner", partner, "reason", reason)
                .increment();
    }

    void neverReceived(String partner) {
        registry.counter("entente.exchange.never.received", "partner", partner).increment();
    }

    void receipted(String partner) {
        registry.counter("entente.exchange.receipted", "partner", partner).increment();
    }
}
