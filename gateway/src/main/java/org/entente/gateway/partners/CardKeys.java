package org.entente.gateway.partners;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.entente.crypto.keys.SignatureAlgorithm;
import org.entente.crypto.keys.VerificationKey;
import org.entente.crypto.message.KeyResolver;
import org.entente.crypto.message.SignatureSlot;

/** The message keys of some cards: a message carries exactly the signatures that its card lists, the companion included. */
public final class CardKeys implements KeyResolver {
    private final List<CardDocument> cards;
    private final Map<String, VerificationKey> keys = new HashMap<>();

    /** The keys of these cards, made ready. */
    public CardKeys(List<CardDocument> cards) {
        this(cards, new HashMap<>());
        for (CardDocument document : this.cards) {
            keys.putAll(prepare(document));
        }
    }

    private CardKeys(List<CardDocument> cards, Map<String, VerificationKey> prepared) {
        this.cards = List.copyOf(cards);
        this.keys.putAll(prepared);
    }

    /** The same keys, of some of the cards only. */
    CardKeys of(List<CardDocument> some) {
        return new CardKeys(some, keys);
    }

    private static Map<String, VerificationKey> prepare(CardDocument document) {
        Map<String, VerificationKey> prepared = new HashMap<>();
        for (Card.Signing key : document.card().signing()) {
            prepared.put(
                    document.digest() + "/" + key.name(),
                    VerificationKey.of(key.algorithm(), key.certificate().getPublicKey()));
        }
        return prepared;
    }

    @Override
    public Optional<VerificationKey> resolve(String keyid) {
        return card(keyid)
                .flatMap(document -> document.card().signing(keyid.substring(keyid.indexOf('/') + 1)))
                .filter(key -> key.algorithm() == SignatureAlgorithm.ECDSA_P256_SHA256)
                .map(key -> keys.get(keyid));
    }

    @Override
    public List<Companion> companions(String keyid) {
        return card(keyid).stream()
                .flatMap(document -> document.card().signing().stream()
                        .filter(key -> key.algorithm() == SignatureAlgorithm.ML_DSA_65)
                        .map(key -> companion(document.digest() + "/" + key.name())))
                .toList();
    }

    private Companion companion(String id) {
        VerificationKey key = keys.get(id);
        if (key == null) {
            throw new IllegalStateException("a card lists a key that was not prepared: " + id);
        }
        return new Companion(SignatureSlot.POST_QUANTUM, id, key);
    }

    private Optional<CardDocument> card(String keyid) {
        String digest = keyid.substring(0, Math.max(0, keyid.indexOf('/')));
        return cards.stream().filter(c -> c.digest().equals(digest)).findFirst();
    }
}
