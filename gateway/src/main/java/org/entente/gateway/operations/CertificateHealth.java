package org.entente.gateway.operations;

import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import org.entente.gateway.partners.Expiries;

/** Whether the node's certificates and its card are valid, and for how much longer; a warning 60, 30 and 7 days ahead. */
@Singleton
final class CertificateHealth implements HealthCheck {

    private final Expiries expiries;
    private final Clock clock;

    CertificateHealth(Expiries expiries, Clock clock) {
        this.expiries = expiries;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "certificates";
    }

    @Override
    public Finding look() {
        Expiries.Expiry first = expiries.own().stream()
                .min(Comparator.comparing(Expiries.Expiry::ends))
                .orElseThrow();
        Instant now = clock.instant();
        String note = "the first of certificates and card ends " + first.ends() + " (" + first.what() + ")";
        if (!now.isBefore(first.ends())) {
            return new Finding(Status.DOWN, note);
        }
        Duration left = Duration.between(now, first.ends());
        return ExpiryWatch.DAYS.stream()
                .filter(days -> left.compareTo(Duration.ofDays(days)) <= 0)
                .findFirst()
                .map(days -> new Finding(Status.DEGRADED, note + ", in less than " + days + " days"))
                .orElse(new Finding(Status.UP, note));
    }
}
