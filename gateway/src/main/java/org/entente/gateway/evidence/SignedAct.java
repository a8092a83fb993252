package org.entente.gateway.evidence;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import org.entente.agreements.life.Instrument;
import org.entente.crypto.Base64Url;
import org.entente.crypto.VerificationException;
import org.entente.crypto.VerificationException.Reason;
import org.entente.crypto.canonical.CanonicalJson;
import org.entente.crypto.document.SignedDocument;
import org.entente.crypto.keys.Certificates;
import org.entente.gateway.partners.CardDocument;

/** A signed act about figures, in the form in which nodes exchange it: {@code {"type": "entente-act", ..., "instrument": JWS}}. */
public final class SignedAct {
    private SignedAct() {}

    /** The id of the act in a message; empty if the message holds no act signed by an officer. */
    public static String id(JsonNode message) {
        try {
            return message.path("instrument").isObject() ? act(message).id() : "";
        } catch (VerificationException | IllegalArgumentException e) {
            return "";
        }
    }

    /** The act in a message, unverified. */
    static Instrument act(JsonNode message) throws VerificationException {
        return Instrument.parse(document(message).payload());
    }

    private static SignedDocument document(JsonNode message) throws VerificationException {
        return SignedDocument.parse(CanonicalJson.encode(message.path("instrument")));
    }

    /**
     * Checks that an officer on a card of the acting party has signed the act, and that it is about this agreement.
     *
     * @param cards by party
     */
    public static Instrument read(JsonNode message, String agreement, Map<String, List<CardDocument>> cards)
            throws VerificationException {
        SignedDocument document = document(message);
        document.verify();
        Instrument act;
        try {
            act = Instrument.parse(document.payload());
        } catch (IllegalArgumentException e) {
            throw new VerificationException(Reason.MALFORMED, "A note is no act: " + e.getMessage(), e);
        }
        String signer = Base64Url.encode(
                Certificates.sha256(document.signatures().getFirst().certificate()));
        boolean officer = cards.getOrDefault(act.party(), List.of()).stream()
                .flatMap(card -> card.card().authorities().stream())
                .flatMap(authority -> authority.signatories().stream())
                .anyMatch(signatory -> signatory.certificateSha256().equals(signer));
        if (!officer || !act.agreement().equals(agreement)) {
            throw new VerificationException(
                    Reason.KEY_UNKNOWN,
                    "The note " + act.id() + " is not by an officer on a card of " + act.party()
                            + ", or about another agreement.");
        }
        OfficersCompanions.ofAct(message).check(document, cards, List.of(act.party()));
        return act;
    }

    /**
     * Checks the same.
     *
     * @return the act in a few words
     */
    static String verify(JsonNode message, String agreement, Map<String, List<CardDocument>> cards)
            throws VerificationException {
        Instrument act = read(message, agreement, cards);
        return act.word() + " by " + act.party() + " on " + act.at();
    }
}
