package org.entente.gateway.treaties;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.entente.crypto.canonical.CanonicalJson;
import org.entente.crypto.message.Headers;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
import org.entente.gateway.partners.CardList;
import org.entente.gateway.partners.NodeIdentity;
import org.entente.gateway.partners.Partner;
import org.entente.gateway.partners.PartnerClient;
import org.entente.gateway.partners.Partners;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Passing on cards of the members of a framework: giving them as depositary, fetching them as a member. */
@Singleton
final class MemberCards {
    private static final Logger LOG = LoggerFactory.getLogger(MemberCards.class);
    private static final byte[] NO_CONTENT = {};
    private static final Duration PAUSE = Duration.ofSeconds(2);

    private final Partners partners;
    private final PartnerClient client;
    private final NodeIdentity identity;
    private final PassedOnCards passedOn;
    private final Cache<String, Boolean> asked =
            Caffeine.newBuilder().expireAfterWrite(PAUSE).build();

    MemberCards(Partners partners, PartnerClient client, NodeIdentity identity, PassedOnCards passedOn) {
        this.partners = partners;
        this.client = client;
        this.identity = identity;
        this.passedOn = passedOn;
    }

    /**
     * The chain of a party of a text, for another one of it.
     *
     * @throws EntenteException {@code card-unknown} if this node has not confirmed it itself
     */
    byte[] of(Circle circle, String party) {
        if (circle.parties().contains(party) && party.equals(identity.party())) {
            return CardList.write(identity.chain());
        }
        return partners.find(party)
                .filter(partner -> circle.parties().contains(party))
                .map(partner -> CardList.write(partner.chain()))
                .orElseThrow(() -> new EntenteException(
                        ErrorCode.CARD_UNKNOWN,
                        "There is no card of " + party + " here that this text has to do with."));
    }

    /** Fetches the newest card of an act's author in the background; the act is refused meanwhile and will be sent again. */
    void fetchLater(String from, String digest, String party) {
        if (asked.asMap().putIfAbsent(digest + party, Boolean.TRUE) == null) {
            Thread.ofVirtual().name("card of " + party).start(() -> fetch(from, digest, party));
        }
    }

    /** Fetches it now, if there is one to be had. */
    void fetch(String from, String digest, String party) {
        try {
            Partner partner = partners.require(from);
            PartnerClient.Answered answer = client.call(
                    partner, "GET", "/agreements/" + digest + "/cards/" + party, Headers.EMPTY, NO_CONTENT, false);
            if (answer.response().status() != 200) {
                LOG.info("{} does not pass on the card of {}", from, party);
                return;
            }
            passedOn.keep(party, CanonicalJson.encode(CanonicalJson.parseStrict(answer.body())), from);
        } catch (EntenteException | IllegalArgumentException e) {
            LOG.warn("the card of {} could not be had from {}: {}", party, from, e.getMessage());
        }
    }

    /** Whether a card of the party was passed on that waits for a person. */
    boolean waits(String party) {
        return passedOn.waits(party);
    }
}
