package org.entente.gateway.partners;

import io.micronaut.scheduling.annotation.Scheduled;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.entente.gateway.base.EntenteException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks partners regularly for their newest cards. What needs no person is taken over; what a person must confirm (a new signing
 * or journal key, officers) is kept in mind until it is confirmed, so that it is seen before the announced key begins.
 */
@Singleton
public final class AnnouncedCards {
    private static final Logger LOG = LoggerFactory.getLogger(AnnouncedCards.class);

    private final CardFollower follower;
    private final Partners partners;
    private final Map<String, CardDocument> waiting = new ConcurrentHashMap<>();

    AnnouncedCards(CardFollower follower, Partners partners) {
        this.follower = follower;
        this.partners = partners;
    }

    /** Asks all partners. */
    @Scheduled(fixedDelay = "6h", initialDelay = "1m")
    public void look() {
        try {
            for (Partner partner : partners.all()) {
                follower.newest(partner).ifPresent(card -> waiting.put(partner.party(), card));
            }
        } catch (EntenteException e) {
            LOG.warn("partners' cards are asked for again later: {}", e.getMessage());
        }
    }

    /** By party, the cards that a person has to confirm: fingerprints as the partner must read them out. */
    public Map<String, CardDocument> toConfirm() {
        Map<String, CardDocument> open = new TreeMap<>();
        waiting.forEach((party, card) -> {
            boolean held = partners.find(party)
                    .map(partner -> partner.card().sequence() >= card.card().sequence())
                    .orElse(true);
            if (held) {
                waiting.remove(party, card);
            } else {
                open.put(party, card);
            }
        });
        return open;
    }
}
