package org.entente.gateway.operations;

import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.entente.crypto.keys.CertifiedKey;
import org.entente.crypto.keys.KeyRing;
import org.entente.gateway.partners.NodeIdentity;

/** Whether the node's certificates and its card are valid, and for how much longer. */
@Singleton
final class CertificateHealth implements HealthCheck {

    private static final Duration SOON = Duration.ofDays(30);

    private final KeyRing keys;
    private final NodeIdentity identity;
    private final Clock clock;

    CertificateHealth(KeyRing keys, NodeIdentity identity, Clock clock) {
        this.keys = keys;
        this.identity = identity;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "certificates";
    }

    @Override
    public Finding look() {
        Instant first = identity.card().validUntil();
        for (CertifiedKey key : List.of(keys.signing(), keys.tls())) {
            Instant end = key.certificate().getNotAfter().toInstant();
            first = end.isBefore(first) ? end : first;
        }
        Instant now = clock.instant();
        Status status =
                !now.isBefore(first) ? Status.DOWN : now.plus(SOON).isAfter(first) ? Status.DEGRADED : Status.UP;
        return new Finding(status, "the first of certificates and card ends " + first);
    }
}
