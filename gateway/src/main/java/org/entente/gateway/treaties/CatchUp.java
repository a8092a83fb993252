package org.entente.gateway.treaties;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.entente.crypto.canonical.CanonicalJson;
import org.entente.crypto.message.Headers;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
import org.entente.gateway.partners.Partner;
import org.entente.gateway.partners.PartnerClient;
import org.entente.gateway.partners.Partners;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Fetches from a partner what this node has missed. Every act is checked as if the partner had sent it. */
@Singleton
final class CatchUp {
    private static final Logger LOG = LoggerFactory.getLogger(CatchUp.class);
    private static final byte[] NO_CONTENT = {};

    private final Partners partners;
    private final PartnerClient client;
    private final TreatyDirectory directory;
    private final MemberCards memberCards;
    private final Acts acts;

    CatchUp(Partners partners, PartnerClient client, TreatyDirectory directory, MemberCards memberCards, Acts acts) {
        this.partners = partners;
        this.client = client;
        this.directory = directory;
        this.memberCards = memberCards;
        this.acts = acts;
    }

    /**
     * Fetches the texts and acts that the partner holds and this node does not.
     *
     * @return what was taken in
     * @throws EntenteException if the partner cannot be asked, or for the first act that is not accepted; {@code card-unconfirmed} if
     *     nothing can be taken in before a person has confirmed the card of an author
     */
    List<ActReceipt> from(String party) {
        Partner partner = partners.require(party);
        Set<String> held = new HashSet<>();
        directory
                .reload()
                .all()
                .forEach(t -> t.acts().forEach(a -> held.add(a.instrument().id())));
        List<ActReceipt> taken = new ArrayList<>();
        Set<String> unconfirmed = new TreeSet<>();
        for (JsonNode text : get(partner, "/agreements").path("agreements")) {
            if (lacks(held, text.path("acts"))) {
                String digest = text.path("digest").asText();
                if (!digest.matches("[A-Za-z0-9_-]{43}")) {
                    throw new EntenteException(
                            ErrorCode.PARTNER_ANSWER_INVALID, party + " lists an agreement without a digest.");
                }
                take(partner, digest, held, taken, unconfirmed);
            }
        }
        if (taken.isEmpty() && !unconfirmed.isEmpty()) {
            throw new EntenteException(
                    ErrorCode.CARD_UNCONFIRMED,
                    "Acts of " + String.join(", ", unconfirmed)
                            + " wait until a person has confirmed their cards, which " + party + " has passed on.");
        }
        return taken;
    }

    private static boolean lacks(Set<String> held, JsonNode acts) {
        for (JsonNode act : acts) {
            if (!held.contains(act.asText())) {
                return true;
            }
        }
        return false;
    }

    private void take(
            Partner partner, String digest, Set<String> held, List<ActReceipt> taken, Set<String> unconfirmed) {
        Set<String> left = new TreeSet<>();
        for (JsonNode message : get(partner, "/agreements/" + digest).path("messages")) {
            ActMessage act = ActMessage.parse(CanonicalJson.encode(message));
            try {
                ActReceipt receipt = take(partner, digest, act, left);
                if (held.add(receipt.act())) {
                    taken.add(receipt);
                }
            } catch (EntenteException e) {
                // What follows from an act that waits is out of order here, and comes with it later.
                if (e.code() != ErrorCode.CARD_UNCONFIRMED && left.isEmpty()) {
                    throw e;
                }
                LOG.info("an act on {} from {} waits: {}", digest, partner.party(), e.getMessage());
            }
        }
        unconfirmed.addAll(left);
    }

    /** Without its author's card, or by a newer one, an act cannot be verified; the card is fetched from where the act comes from. */
    private ActReceipt take(Partner partner, String digest, ActMessage act, Set<String> left) {
        ActRules.Source source = ActRules.Source.partner(partner.party());
        Set<String> authors;
        try {
            return acts.take(act, source);
        } catch (EntenteException e) {
            authors = switch (e.code()) {
                case CARD_UNCONFIRMED -> Set.of(String.valueOf(e.members().get("party")));
                case SIGNATORY_UNKNOWN -> acts.possibleAuthors(act);
                default -> Set.of();
            };
            if (left.containsAll(authors)) {
                throw e;
            }
        }
        authors.forEach(author -> memberCards.fetch(partner.party(), digest, author));
        try {
            return acts.take(act, source);
        } catch (EntenteException e) {
            if (e.code() == ErrorCode.CARD_UNCONFIRMED) {
                left.add(String.valueOf(e.members().get("party")));
            } else if (e.code() == ErrorCode.SIGNATORY_UNKNOWN) {
                authors.stream().filter(memberCards::waits).forEach(left::add);
            }
            throw e;
        }
    }

    private JsonNode get(Partner partner, String path) {
        PartnerClient.Answered answer = client.call(partner, "GET", path, Headers.EMPTY, NO_CONTENT, false);
        if (answer.response().status() != 200) {
            throw new EntenteException(
                    ErrorCode.PARTNER_ANSWER_INVALID,
                    partner.party() + " answered " + path + " with status "
                            + answer.response().status() + ".");
        }
        try {
            return CanonicalJson.parseStrict(answer.body());
        } catch (IllegalArgumentException e) {
            throw new EntenteException(
                    ErrorCode.PARTNER_ANSWER_INVALID,
                    "The answer of " + partner.party() + ": " + e.getMessage() + ".",
                    e);
        }
    }
}
