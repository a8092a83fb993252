package org.entente.gateway.operations;

import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import org.entente.gateway.partners.Partners;
import org.entente.gateway.partners.Revocations;

/** Whether the lists of revoked certificates are there and not outdated, and every issuer of a partner's certificate has one. */
@Singleton
final class RevocationHealth implements HealthCheck {
    private final Revocations revocations;
    private final Partners partners;
    private final Clock clock;

    RevocationHealth(Revocations revocations, Partners partners, Clock clock) {
        this.revocations = revocations;
        this.partners = partners;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "revocation";
    }

    @Override
    public Finding look() {
        Instant now = clock.instant();
        for (Revocations.State state : revocations.states()) {
            Instant next = state.nextUpdate();
            if (next == null) {
                return degraded("the revocation list of " + state.authority() + " has never been fetched");
            }
            if (now.isAfter(next)) {
                return degraded("the revocation list of " + state.authority() + " is outdated since " + next
                        + "; partners with its certificates are refused when the agreed grace has passed");
            }
        }
        Map<String, String> unnamed = revocations.unnamedIssuers(partners.all());
        return unnamed.isEmpty()
                ? Finding.up()
                : degraded("entente.revocation.authorities names no list for certificates of " + unnamed);
    }

    private static Finding degraded(String note) {
        return new Finding(Status.DEGRADED, note);
    }
}
