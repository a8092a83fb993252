package org.entente.gateway.partners;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import jakarta.inject.Provider;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.entente.crypto.message.Headers;
import org.entente.gateway.base.EntenteException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows a partner to its next card. When a message names a card that is not held here, the partner is asked for its chain;
 * what changes only TLS certificates, endpoint or validity is accepted, anything else waits for a person.
 */
@Singleton
final class CardFollower {
    private static final Logger LOG = LoggerFactory.getLogger(CardFollower.class);
    private static final Duration PAUSE = Duration.ofSeconds(10);

    private final Provider<PartnerClient> client;
    private final Partners partners;
    private final Cache<String, Boolean> asked =
            Caffeine.newBuilder().expireAfterWrite(PAUSE).build();

    private final Map<String, Object> locks = new ConcurrentHashMap<>();

    CardFollower(Provider<PartnerClient> client, Partners partners) {
        this.client = client;
        this.partners = partners;
    }

    /** Asks in the background; the message that led to it is refused and will be repeated. */
    void followLater(Partner partner) {
        if (asked.getIfPresent(partner.party()) == null) {
            Thread.ofVirtual().name("card of " + partner.party()).start(() -> followNow(partner));
        }
    }

    /** Asks now; the partner with its new card, if there is one and no person is needed. */
    Optional<Partner> followNow(Partner partner) {
        // Two calls may meet the new card at once; the second takes what the first has found.
        synchronized (locks.computeIfAbsent(partner.party(), any -> new Object())) {
            Optional<Partner> meanwhile = partners.find(partner.party())
                    .filter(now -> !now.cardDigest().equals(partner.cardDigest()));
            if (meanwhile.isPresent()) {
                return meanwhile;
            }
            return asked.asMap().putIfAbsent(partner.party(), Boolean.TRUE) == null
                    ? follow(partner)
                    : Optional.empty();
        }
    }

    /** Asks now, and takes over what needs no person; the newest card if a person must confirm it. */
    Optional<CardDocument> newest(Partner partner) {
        try {
            byte[] cards = client.get().fetchUnverified(partner, "/card/chain", Headers.EMPTY);
            try {
                partners.renew(cards);
                return Optional.empty();
            } catch (EntenteException e) {
                CardDocument last = CardAdmission.read(cards).getLast();
                LOG.info("{} has a card that waits for a person: {}", partner.party(), e.getMessage());
                return last.card().party().equals(partner.party()) ? Optional.of(last) : Optional.empty();
            }
        } catch (EntenteException e) {
            LOG.debug("{} was not asked for its cards: {}", partner.party(), e.getMessage());
            return Optional.empty();
        }
    }

    private Optional<Partner> follow(Partner partner) {
        try {
            byte[] cards = client.get().fetchUnverified(partner, "/card/chain", Headers.EMPTY);
            Partner renewed = partners.renew(cards);
            if (renewed.cardDigest().equals(partner.cardDigest())) {
                return Optional.empty();
            }
            LOG.info(
                    "{} has renewed its card: {}",
                    renewed.party(),
                    renewed.current().fingerprint());
            return Optional.of(renewed);
        } catch (EntenteException e) {
            LOG.warn("{} names a card that is not held here: {}", partner.party(), e.getMessage());
            return Optional.empty();
        }
    }
}
