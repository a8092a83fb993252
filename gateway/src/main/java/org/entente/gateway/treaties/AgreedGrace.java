package org.entente.gateway.treaties;

import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Comparator;
import java.util.Objects;
import java.util.Optional;
import org.entente.gateway.partners.RevocationGrace;

/** Clause 18 of the agreements that apply: days for which an outdated revocation list is put up with. */
@Singleton
final class AgreedGrace implements RevocationGrace {
    private final AgreementsInForce agreements;

    AgreedGrace(AgreementsInForce agreements) {
        this.agreements = agreements;
    }

    @Override
    public Optional<Duration> with(String party) {
        return agreements.with(party).stream()
                .map(inForce -> inForce.file().agreement().terms().security())
                .filter(Objects::nonNull)
                .map(security -> Duration.ofDays(security.revocationGraceDays()))
                .min(Comparator.naturalOrder());
    }
}
