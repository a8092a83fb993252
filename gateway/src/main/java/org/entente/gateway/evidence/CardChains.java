package org.entente.gateway.evidence;

import static org.entente.gateway.evidence.VerificationSteps.require;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.entente.crypto.VerificationException;
import org.entente.crypto.VerificationException.Reason;
import org.entente.crypto.canonical.CanonicalJson;
import org.entente.crypto.journal.JournalKeys;
import org.entente.crypto.journal.ListedKey;
import org.entente.crypto.message.KeyResolver;
import org.entente.gateway.exchange.AnswerProof;
import org.entente.gateway.exchange.ExchangeRecord.PartyCards;
import org.entente.gateway.partners.CardDocument;
import org.entente.gateway.partners.CardKeys;

/** The cards in an evidence file, by party, root card first: what every key in it rests on. */
final class CardChains {
    private CardChains() {}

    /** The chains of cards in a file, each from a root card with the fingerprint that was given. */
    static Map<String, List<CardDocument>> read(Map<String, List<JsonNode>> cards, Map<String, String> rootFingerprints)
            throws VerificationException {
        Map<String, List<CardDocument>> chains = new HashMap<>();
        for (Map.Entry<String, List<JsonNode>> entry : cards.entrySet()) {
            List<CardDocument> chain = new ArrayList<>();
            for (JsonNode node : entry.getValue()) {
                CardDocument card = CardDocument.parse(CanonicalJson.encode(node));
                require(
                        card.card().party().equals(entry.getKey()),
                        "A card of " + card.card().party() + " stands among those of " + entry.getKey() + ".");
                if (!chain.isEmpty()) {
                    card.checkFollows(chain.getLast());
                }
                chain.add(card);
            }
            require(!chain.isEmpty(), "There is no card of " + entry.getKey() + ".");
            String given = rootFingerprints.get(entry.getKey());
            String found = chain.getFirst().fingerprint().toString();
            require(
                    given != null,
                    "The fingerprint of " + entry.getKey() + "'s root card was not given; the file says " + found
                            + ".");
            require(
                    found.equals(given),
                    "The root card of " + entry.getKey() + " has the fingerprint " + found + ", not " + given + ".");
            chains.put(entry.getKey(), List.copyOf(chain));
        }
        return chains;
    }

    static String describe(Map<String, List<CardDocument>> cards) {
        return "chains of " + String.join(", ", new TreeSet<>(cards.keySet())) + " hold, from the given root cards";
    }

    /** The keys of messages that they list. */
    static KeyResolver keys(Map<String, List<CardDocument>> cards) {
        List<CardDocument> all = cards.values().stream().flatMap(List::stream).toList();
        return new CardKeys(all);
    }

    /** Whose card lists a key, with its root card. */
    static PartyCards party(Map<String, List<CardDocument>> cards, String keyid) throws VerificationException {
        String digest = keyid.substring(0, Math.max(0, keyid.indexOf('/')));
        for (Map.Entry<String, List<CardDocument>> entry : cards.entrySet()) {
            if (entry.getValue().stream().anyMatch(card -> card.digest().equals(digest))) {
                return new PartyCards(
                        entry.getKey(), entry.getValue().getFirst().digest(), digest);
            }
        }
        throw new VerificationException(Reason.KEY_UNKNOWN, "No card in the file has the key " + keyid + ".");
    }

    /**
     * The keys that the journal on the card which the records name has had, by all of the party's cards in the file; under the name on that card
     * and those on later ones. Under a name that was given up before, nothing new can be proved.
     */
    static AnswerProof.JournalKey journal(Map<String, List<CardDocument>> cards, PartyCards party)
            throws VerificationException {
        List<CardDocument> chain = cards.getOrDefault(party.party(), List.of());
        CardDocument card = chain.stream()
                .filter(candidate -> candidate.digest().equals(party.card()))
                .findFirst()
                .orElseThrow(() -> new VerificationException(
                        Reason.KEY_UNKNOWN, "The file lacks the card " + party.card() + " of " + party.party() + "."));
        List<ListedKey> history =
                chain.stream().map(other -> other.card().journal()).toList();
        List<JournalKeys> names = new ArrayList<>();
        for (String origin : chain.stream()
                .filter(other -> other.card().sequence() >= card.card().sequence())
                .map(other -> other.card().journalOrigin())
                .distinct()
                .toList()) {
            JournalKeys.named(origin, history).ifPresent(names::add);
        }
        return new AnswerProof.JournalKey(names, chain);
    }
}
