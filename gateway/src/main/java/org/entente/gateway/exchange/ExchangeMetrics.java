package org.entente.gateway.exchange;

import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;

/** Counters of exchanges, by partner and outcome. */
@Singleton
final class ExchangeMetrics {
    private final MeterRegistry registry;

    ExchangeMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    void answered(String partner, String outcome) {
        registry.counter("entente.exchange.answered", "partner", partner, "outcome", outcome)
                .increment();
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

    void receipted(String partner) {
        registry.counter("entente.exchange.receipted", "partner", partner).increment();
    }
}
