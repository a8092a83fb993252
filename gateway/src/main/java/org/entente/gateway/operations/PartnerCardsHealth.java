package org.entente.gateway.operations;

import jakarta.inject.Singleton;
import java.util.stream.Collectors;
import org.entente.gateway.partners.AnnouncedCards;

/** Whether partners have announced cards that a person of this node has to confirm. */
@Singleton
final class PartnerCardsHealth implements HealthCheck {

    private final AnnouncedCards announced;

    PartnerCardsHealth(AnnouncedCards announced) {
        this.announced = announced;
    }

    @Override
    public String name() {
        return "partner-cards";
    }

    @Override
    public Finding look() {
        String open = announced.toConfirm().entrySet().stream()
                .map(entry -> entry.getKey() + " (its new signing key begins "
                        + entry.getValue()
                                .card()
                                .signing()
                                .getFirst()
                                .certificate()
                                .getNotBefore()
                                .toInstant()
                        + ")")
                .collect(Collectors.joining(", "));
        return open.isEmpty()
                ? Finding.up()
                : new Finding(Status.DEGRADED, "new cards to confirm by fingerprint (`card import`): " + open);
    }
}
