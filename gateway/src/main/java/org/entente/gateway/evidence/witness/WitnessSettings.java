package org.entente.gateway.evidence.witness;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.time.Duration;

/**
 * How partners' journals are followed: {@code entente.witness.*}.
 *
 * @param interval how often a partner is asked for its newest checkpoint although it has shown none; at most an hour
 * @param patience how often in a row tiles may contradict the signed checkpoint, or the journal be shorter than it was, before that is
 *     a finding
 * @param pause between two such looks, and the first wait for a partner that does not answer
 */
@ConfigurationProperties("entente.witness")
record WitnessSettings(
        @Bindable(defaultValue = "1h") Duration interval,
        @Bindable(defaultValue = "3") int patience,
        @Bindable(defaultValue = "2s") Duration pause) {
    private static final Duration LONGEST_INTERVAL = Duration.ofHours(1);

    /** Keeps the promise of a look in every hour. */
    WitnessSettings {
        if (interval.compareTo(LONGEST_INTERVAL) > 0 || interval.isNegative() || patience < 1) {
            throw new IllegalArgumentException(
                    "entente.witness.interval is at most 1h, and entente.witness.patience at least 1");
        }
    }
}
