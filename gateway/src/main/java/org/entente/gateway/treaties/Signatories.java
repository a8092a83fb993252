package org.entente.gateway.treaties;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.entente.agreements.Party;
import org.entente.crypto.Base64Url;
import org.entente.crypto.document.AkpKey;
import org.entente.crypto.keys.Certificates;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
import org.entente.gateway.partners.Card;
import org.entente.gateway.partners.CardDocument;
import org.entente.gateway.partners.Identity;
import org.entente.gateway.partners.NodeIdentity;
import org.entente.gateway.partners.Partner;
import org.entente.gateway.partners.PartnerLookup;
import org.entente.gateway.partners.Partners;
import org.jspecify.annotations.Nullable;

/** Who may sign for a party, and whether an agreement trusts the parties as this node does: both from cards. */
@Singleton
final class Signatories {
    private final Identity identity;
    private final PartnerLookup partners;
    private final Function<String, Optional<List<CardDocument>>> passedOn;

    @Inject
    Signatories(NodeIdentity identity, Partners partners, PassedOnCards passedOn) {
        this(identity, partners, passedOn::chain);
    }

    /** As above, wherever the cards are kept. */
    Signatories(Identity identity, PartnerLookup partners, Function<String, Optional<List<CardDocument>>> passedOn) {
        this.identity = identity;
        this.partners = partners;
        this.passedOn = passedOn;
    }

    String own() {
        return identity.party();
    }

    /**
     * The cards of a party, root card first, as far as they prove who acts on this text: confirmed by a person, or passed on and anchored in
     * the text itself. None otherwise.
     */
    List<CardDocument> chain(Circle circle, String party) {
        if (party.equals(own())) {
            return identity.chain();
        }
        Optional<Partner> partner = partners.find(party);
        if (partner.isPresent()) {
            return partner.get().chain();
        }
        String anchor =
                circle.names(party) ? circle.party(party).map(Party::rootCard).orElse("") : "";
        return passedOn.apply(party)
                .filter(chain -> chain.getFirst().digest().equals(anchor))
                .orElse(List.of());
    }

    /**
     * Certificates (base64url SHA-256) that may sign for the party: those that its current card lists as signatories, and those of the card
     * that was current when the act was made.
     */
    Set<String> of(Circle circle, String party, Instant at) {
        Set<String> certificates = new HashSet<>();
        for (Card card : cards(circle, party, at)) {
            signatories(card).map(Card.Signatory::certificateSha256).forEach(certificates::add);
        }
        return certificates;
    }

    /** The certificates of the nodes that may put a text forward for the party without an officer. */
    Set<String> nodes(Circle circle, String party, Instant at) {
        Set<String> certificates = new HashSet<>();
        for (Card card : cards(circle, party, at)) {
            certificates.add(Base64Url.encode(
                    Certificates.sha256(card.signing().getFirst().certificate())));
        }
        return certificates;
    }

    /**
     * The post-quantum key with which a person's signature must be accompanied, by the card that was current when it was made; null if
     * that lists none.
     */
    @Nullable
    AkpKey companion(Circle circle, String party, String certificateSha256, Instant at) {
        return CardDocument.signatoryAt(chain(circle, party), certificateSha256, at)
                .map(Card.Signatory::companion)
                .orElse(null);
    }

    private List<Card> cards(Circle circle, String party, Instant at) {
        List<CardDocument> chain = chain(circle, party);
        List<Card> cards = new ArrayList<>();
        for (int i = 0; i < chain.size(); i++) {
            boolean last = i == chain.size() - 1;
            boolean thenCurrent = !last && chain.get(i + 1).card().issued().isAfter(at);
            if (last || thenCurrent) {
                cards.add(chain.get(i).card());
            }
            if (thenCurrent) {
                cards.add(chain.getLast().card());
                break;
            }
        }
        return cards;
    }

    private static Stream<Card.Signatory> signatories(Card card) {
        return card.authorities().stream().flatMap(authority -> authority.signatories().stream());
    }

    /** The authorities of this party for which a certificate signs; none if it is none of its signatories. */
    List<String> authoritiesOf(String certificateSha256) {
        return identity.card().authorities().stream()
                .filter(authority -> authority.signatories().stream()
                        .anyMatch(signatory -> signatory.certificateSha256().equals(certificateSha256)))
                .map(Card.Authority::id)
                .toList();
    }

    /** The party of the text for which this certificate may sign. */
    Optional<String> partyOf(Circle circle, String certificateSha256, Instant at) {
        return circle.parties().stream()
                .filter(party -> of(circle, party, at).contains(certificateSha256))
                .findFirst();
    }

    /**
     * Refuses a party that is described with another root card than the one at which trust starts here, for this node or for a party whose
     * card it has confirmed.
     */
    void requireRootCard(Party party) {
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
