package org.entente.gateway.bench;

import java.time.Duration;

/**
 * How long a run measures. System properties, in seconds: {@code bench.warmup} (60), {@code bench.measured} (20, one round
 * of a figure under load), and {@code bench.rounds} (3).
 *
 * @param warmUp load before the first exchange that counts, at least; longer while the JVM still compiles much
 * @param measured one round of a figure
 * @param rounds how often figures that are compared with each other take turns
 */
record BenchSettings(Duration warmUp, Duration measured, int rounds) {

    static BenchSettings fromProperties() {
        return new BenchSettings(seconds("bench.warmup", 60), seconds("bench.measured", 20), number("bench.rounds", 3));
    }

    private static Duration seconds(String property, int otherwise) {
        return Duration.ofSeconds(number(property, otherwise));
    }

    private static int number(String property, int otherwise) {
        int value = Integer.getInteger(property, otherwise);
        if (value < 1) {
            throw new IllegalArgumentException(property + " is at least 1");
        }
        return value;
    }
}
