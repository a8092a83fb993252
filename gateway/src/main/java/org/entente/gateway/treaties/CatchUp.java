package org.entente.gateway.treaties;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.entente.agreements.life.Conclusion;
import org.entente.crypto.canonical.CanonicalJson;
import org.entente.crypto.message.Headers;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
import org.entente.gateway.partners.Partner;
import org.entente.gateway.partners.PartnerClient;
import org.entente.gateway.partners.Partners;

/** Fetches from a partner what this node has missed. Every act is checked as if the partner had sent it. */
@Singleton
final class CatchUp {
    private static final byte[] NO_CONTENT = {};

    private final Partners partners;
    private final PartnerClient client;
    private final TreatyDirectory directory;
    private final Acts acts;

    CatchUp(Partners partners, PartnerClient client, TreatyDirectory directory, Acts acts) {
        this.partners = partners;
        this.client = client;
        this.directory = directory;
        this.acts = acts;
    }

    /**
     * Fetches the texts and acts that the partner holds and this node does not.
     *
     * @return what was taken in
     * @throws EntenteException if the partner cannot be asked, or for the first act that is not accepted
     */
    List<ActReceipt> from(String party) {
        Partner partner = partners.require(party);
        Set<String> held = new HashSet<>();
        directory.reload().all().forEach(t -> t.file().instruments().forEach(i -> held.add(i.id())));
        List<ActReceipt> taken = new ArrayList<>();
        for (JsonNode text : get(partner, "/agreements").path("agreements")) {
            if (lacks(held, text.path("acts"))) {
                String digest = text.path("digest").asText();
                if (!digest.matches("[A-Za-z0-9_-]{43}")) {
                    throw new EntenteException(
                            ErrorCode.PARTNER_ANSWER_INVALID, party + " lists an agreement without a digest.");
                }
                take(partner, digest, held, taken);
            }
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

    private void take(Partner partner, String digest, Set<String> held, List<ActReceipt> taken) {
        for (JsonNode message : get(partner, "/agreements/" + digest).path("messages")) {
            ActMessage act = ActMessage.parse(CanonicalJson.encode(message));
            ActReceipt receipt = acts.take(own(act, partner.party()), Acts.Source.partner(partner.party()));
            if (held.add(receipt.act())) {
                taken.add(receipt);
            }
        }
    }

    /**
     * A proposal is sealed by the node that makes it. One that this node made itself, and has lost, comes back sealed by the partner's
     * answer; it is taken as a proposal of the partner, since nobody else vouches for it.
     */
    private static ActMessage own(ActMessage act, String partner) {
        if (act instanceof ActMessage.Proposal proposal
                && !proposal.instrument().party().equals(partner)) {
            Conclusion.Proposed made = proposal.instrument();
            return new ActMessage.Proposal(
                    new Conclusion.Proposed(
                            made.id(), made.agreement(), made.digest(), partner, made.at(), made.counters()),
                    proposal.agreement());
        }
        return act;
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
