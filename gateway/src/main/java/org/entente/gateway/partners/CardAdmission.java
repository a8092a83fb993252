package org.entente.gateway.partners;

import com.fasterxml.jackson.databind.JsonNode;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.entente.crypto.VerificationException;
import org.entente.crypto.canonical.CanonicalJson;
import org.entente.crypto.keys.Certificates;
import org.entente.crypto.keys.Fingerprint;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
import org.jspecify.annotations.Nullable;

/** What a partner's cards must be before trust can start with them. Pure: a node and a desk in a folder admit the same cards. */
public final class CardAdmission {
    private CardAdmission() {}

    /**
     * Reads one signed card, or a list from the root card (or from the one after the card held here) to the current one.
     *
     * @throws EntenteException {@code card-invalid}
     */
    public static List<CardDocument> read(byte[] json) {
        try {
            JsonNode node = CanonicalJson.parseStrict(json);
            List<CardDocument> cards = new ArrayList<>();
            for (JsonNode card : node.isArray() ? node : List.of(node)) {
                cards.add(CardDocument.parse(CanonicalJson.encode(card)));
            }
            if (cards.isEmpty()) {
                throw invalid("The list of cards is empty.");
            }
            return cards;
        } catch (VerificationException e) {
            throw invalid(e.sentence() + ".", e);
        } catch (IllegalArgumentException e) {
            throw invalid(e.getMessage() + ".", e);
        }
    }

    /** Refuses a card whose fingerprint is not the one that a person has heard over another channel. */
    public static void requireConfirmed(CardDocument card, String confirmedFingerprint) {
        boolean same;
        try {
            same = Fingerprint.parse(confirmedFingerprint).equals(card.fingerprint());
        } catch (IllegalArgumentException e) {
            throw invalid(e.getMessage() + ".", e);
        }
        if (!same) {
            throw invalid("Its fingerprint is " + card.fingerprint()
                    + ", and that is not the one that was confirmed. Compare again, over another channel.");
        }
    }

    /**
     * Refuses a card that replaces lost or stolen keys of a partner if no officer of the party that admits it has countersigned it.
     *
     * @param own the current card of that party
     */
    public static void requireCountersigned(CardDocument card, Card own) {
        if (card.card().replaces() != null && card.signatory(own).isEmpty()) {
            throw invalid("It replaces keys of " + card.card().party()
                    + " that were lost or stolen, and none of this party's officers has countersigned it"
                    + " (`card countersign`), after a new comparison of its fingerprint.");
        }
    }

    /**
     * Adds an officer's signature to a card that replaces lost or stolen keys: that of an officer of the party itself, or of a partner's.
     *
     * @param json the card, or a list with it last
     * @param confirmedFingerprint of that card, as a person has heard it
     * @param officer signs the payload; gives JWS general JSON
     * @return the list with the signature
     * @throws EntenteException {@code card-invalid}
     */
    public static byte[] countersign(byte[] json, String confirmedFingerprint, UnaryOperator<byte[]> officer) {
        List<CardDocument> cards = new ArrayList<>(read(json));
        CardDocument last = cards.removeLast();
        requireConfirmed(last, confirmedFingerprint);
        if (last.card().replaces() == null) {
            throw invalid("It replaces no lost or stolen keys; only such a card is signed by officers.");
        }
        try {
            cards.add(last.countersigned(officer.apply(last.payload())));
        } catch (VerificationException e) {
            throw invalid(e.sentence() + ".", e);
        }
        return CardList.write(cards);
    }

    /** Those that come after the card held here; all of them if none is held. */
    public static List<CardDocument> withoutKnown(List<CardDocument> cards, @Nullable CardDocument held) {
        return held == null
                ? cards
                : cards.stream()
                        .filter(card -> card.card().sequence() > held.card().sequence()
                                || (card.card().sequence() == held.card().sequence()
                                        && !card.digest().equals(held.digest())))
                        .toList();
    }

    /** Refuses cards that do not follow each other, and the one that is held. */
    public static void checkChain(List<CardDocument> cards, @Nullable CardDocument held) {
        CardDocument before = held;
        for (CardDocument card : cards) {
            try {
                if (before != null) {
                    card.checkFollows(before);
                } else if (card.card().sequence() != 1) {
                    throw invalid("Card " + card.card().sequence() + " of "
                            + card.card().party()
                            + " comes without the cards before it. Import the list from the root card on.");
                }
            } catch (VerificationException e) {
                throw invalid(e.sentence() + ".", e);
            }
            before = card;
        }
    }

    /**
     * Refuses a card that is this party's own or not valid now.
     *
     * @param own the party that admits
     */
    public static void checkCard(CardDocument document, String own, Duration clockSkew, Instant now) {
        Card card = document.card();
        if (card.party().equals(own)) {
            throw invalid("It is this node's own card.");
        }
        if (now.isAfter(card.validUntil()) || card.issued().isAfter(now.plus(clockSkew))) {
            throw invalid("It is valid from " + card.issued() + " to " + card.validUntil()
                    + ", and the clock here says " + now + ".");
        }
        X509Certificate signing = card.signing().getFirst().certificate();
        // A later card may announce a key that begins only after partners had time to confirm it.
        boolean announced =
                card.sequence() > 1 && now.isBefore(signing.getNotBefore().toInstant());
        try {
            Certificates.checkValid(signing, announced ? signing.getNotBefore().toInstant() : now);
        } catch (VerificationException e) {
            throw invalid(e.sentence() + ".", e);
        }
    }

    static EntenteException invalid(String what) {
        return invalid(what, null);
    }

    static EntenteException invalid(String what, @Nullable Throwable cause) {
        return new EntenteException(ErrorCode.CARD_INVALID, "The card is not accepted. " + what, cause);
    }
}
