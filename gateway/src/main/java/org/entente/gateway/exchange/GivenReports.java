package org.entente.gateway.exchange;

import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.UUID;
import org.entente.gateway.releases.DatasetMetadata;

/** The reports of this node's releases, for partners that were given figures of them. */
@Singleton
class GivenReports {
    private final DatasetMetadata metadata;
    private final AnsweredExchanges answered;
    private final PackTables packs;

    GivenReports(DatasetMetadata metadata, AnsweredExchanges answered, PackTables packs) {
        this.metadata = metadata;
        this.answered = answered;
        this.packs = packs;
    }

    /** The report of a release; nothing if it has none, or if the partner was given no figures of it. */
    Optional<byte[]> of(String partner, UUID release) {
        boolean entitled = answered.gave(partner, release.toString()) || packs.madeOf(partner, release.toString());
        return entitled ? metadata.ofRelease(release) : Optional.empty();
    }

    /** The report of the release that answered an exchange. */
    Optional<byte[]> ofExchange(String partner, UUID exchange) {
        return answered.find(partner, exchange)
                .flatMap(answer -> Optional.ofNullable(answer.release()))
                .flatMap(release -> of(partner, UUID.fromString(release)));
    }
}
