package org.entente.gateway.treaties;

import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.entente.agreements.Agreement;
import org.entente.agreements.Party;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
import org.entente.gateway.partners.Card;
import org.entente.gateway.partners.NodeIdentity;
import org.entente.gateway.partners.Partner;
import org.entente.gateway.partners.Partners;

/** Who may sign for a party, and whether an agreement trusts the parties as this node does: both from cards. */
@Singleton
final class Signatories {
    private final NodeIdentity identity;
    private final Partners partners;

    Signatories(NodeIdentity identity, Partners partners) {
        this.identity = identity;
        this.partners = partners;
    }

    String own() {
        return identity.party();
    }

    /** Certificates (base64url SHA-256) that the party's current card lists as signatories; none for a party without a card here. */
    Set<String> of(String party) {
        return card(party).stream()
                .flatMap(card -> card.authorities().stream())
                .flatMap(authority -> authority.signatories().stream())
                .map(Card.Signatory::certificateSha256)
                .collect(Collectors.toUnmodifiableSet());
    }

    private Optional<Card> card(String party) {
        return party.equals(own())
                ? Optional.of(identity.card())
                : partners.find(party).map(Partner::card);
    }

    /** The party of the agreement for which this certificate may sign. */
    Optional<String> partyOf(Agreement agreement, String certificateSha256) {
        return agreement.parties().stream()
                .map(Party::id)
                .filter(party -> of(party).contains(certificateSha256))
                .findFirst();
    }

    /**
     * Refuses an agreement that names another root card than the one at which trust starts here, for this node or for a party whose
     * card it holds.
     */
    void requireRootCards(Agreement agreement) {
        for (Party party : agreement.parties()) {
            Optional<String> root = party.id().equals(own())
                    ? Optional.of(identity.rootCardDigest())
                    : partners.find(party.id()).map(Partner::rootDigest);
            if (root.isPresent() && !root.get().equals(party.rootCard())) {
                throw new EntenteException(
                        ErrorCode.ROOT_CARD_DIFFERS,
                        "The document names the root card " + party.rootCard() + " for " + party.id() + "; here it is "
                                + root.get() + ".");
            }
        }
    }
}
