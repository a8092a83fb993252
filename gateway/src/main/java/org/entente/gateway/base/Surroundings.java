package org.entente.gateway.base;

import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Requires;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.Clock;

/** The clock and the source of randomness. Both are beans, so that a test sets its own. */
@Factory
final class Surroundings {

    @Singleton
    @Requires(missingBeans = Clock.class)
    Clock clock() {
        return Clock.systemUTC();
    }

    @Singleton
    @Requires(missingBeans = SecureRandom.class)
    SecureRandom random() {
        return new SecureRandom();
    }
}
