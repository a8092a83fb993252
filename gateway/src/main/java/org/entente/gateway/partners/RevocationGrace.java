package org.entente.gateway.partners;

import java.time.Duration;
import java.util.Optional;

/** How long an outdated list of revoked certificates still counts towards a partner. Asked upward: agreements say it. */
public interface RevocationGrace {
    /** The shortest that an agreement with it says; empty if no agreement that applies says anything. */
    Optional<Duration> with(String party);
}
