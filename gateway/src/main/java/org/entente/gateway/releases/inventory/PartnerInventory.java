package org.entente.gateway.releases.inventory;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import jakarta.inject.Singleton;
import java.io.IOException;
import org.entente.crypto.canonical.CanonicalJson;
import org.entente.crypto.message.Headers;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
import org.entente.gateway.partners.Partner;
import org.entente.gateway.partners.PartnerClient;
import org.entente.gateway.partners.Partners;

/** Inventories of partners, asked for at their nodes. */
@Singleton
public final class PartnerInventory {
    private static final byte[] NO_CONTENT = {};
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .build();

    private final Partners partners;
    private final PartnerClient client;

    PartnerInventory(Partners partners, PartnerClient client) {
        this.partners = partners;
        this.client = client;
    }

    /**
     * Asks a partner for its inventory.
     *
     * @throws EntenteException {@code inventory-closed} if the partner does not show it, {@code partner-unknown}, {@code
     *     partner-blocked}, {@code partner-unreachable}, {@code partner-answer-invalid}
     */
    public Inventory.Listing of(String party) {
        Partner partner = partners.require(party);
        PartnerClient.Answered answer = client.call(partner, "GET", "/inventory", Headers.EMPTY, NO_CONTENT, false);
        if (answer.response().status() != 200) {
            throw refused(party, answer);
        }
        try {
            Inventory.Listing listing = JSON.readValue(answer.body(), Inventory.Listing.class);
            if (!listing.party().equals(party)) {
                throw invalid(party, "it is that of " + listing.party(), null);
            }
            return listing;
        } catch (IOException | NullPointerException e) {
            throw invalid(party, "it is not in the agreed form", e);
        }
    }

    private static EntenteException refused(String party, PartnerClient.Answered answer) {
        try {
            JsonNode problem = CanonicalJson.parseStrict(answer.body());
            if (problem.path("type").asText().equals(ErrorCode.INVENTORY_CLOSED.type())) {
                return new EntenteException(
                        ErrorCode.INVENTORY_CLOSED, problem.path("detail").asText());
            }
        } catch (IllegalArgumentException e) {
            return invalid(party, "the refusal cannot be read", e);
        }
        return invalid(party, "the status is " + answer.response().status(), null);
    }

    private static EntenteException invalid(
            String party, String what, @org.jspecify.annotations.Nullable Exception cause) {
        return new EntenteException(
                ErrorCode.PARTNER_ANSWER_INVALID, "The inventory of " + party + ": " + what + ".", cause);
    }
}
