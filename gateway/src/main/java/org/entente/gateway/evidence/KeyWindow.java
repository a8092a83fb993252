package org.entente.gateway.evidence;

import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import org.entente.crypto.VerificationException;
import org.entente.crypto.VerificationException.Reason;
import org.entente.gateway.partners.Card;
import org.entente.gateway.partners.CardDocument;
import org.entente.gateway.partners.Partner;
import org.jspecify.annotations.Nullable;

/**
 * When a party's signing key counts: from the beginning of its certificate to the end of it or of the last card that lists it, and no
 * longer than a day into the time of the key that follows. A signature by an old key proves something only if it was there in that
 * time, for whoever has an old key can sign with it today.
 *
 * @param from beginning
 * @param until end
 * @param followed whether another key follows on the chain of cards
 * @param replaced whether that is because it was lost or stolen; then it counts to the moment that the card says, and not a day longer
 */
record KeyWindow(Instant from, Instant until, boolean followed, boolean replaced) {
    /**
     * The window of the signing key of a card.
     *
     * @param chain the party's cards, root card first
     * @param digest of one of them
     */
    static KeyWindow of(List<CardDocument> chain, String digest) throws VerificationException {
        X509Certificate key = certificate(chain.stream()
                .filter(card -> card.digest().equals(digest))
                .findFirst()
                .orElseThrow(() ->
                        new VerificationException(Reason.KEY_UNKNOWN, "The file lacks the card " + digest + ".")));
        Instant until = key.getNotAfter().toInstant();
        Instant cards = Instant.MIN;
        Instant next = null;
        boolean replaced = false;
        for (CardDocument card : chain) {
            Card.Replacement replaces = card.card().replaces();
            boolean ended = replaced || cards.equals(Instant.MIN);
            if (replaces != null && !ended && (next == null || replaces.since().isBefore(next))) {
                next = replaces.since();
                replaced = true;
            } else if (!replaced && certificate(card).equals(key)) {
                cards = later(cards, card.card().validUntil());
                next = null;
            } else if (!ended && next == null) {
                next = later(
                                certificate(card).getNotBefore().toInstant(),
                                card.card().issued())
                        .plus(Partner.OVERLAP);
            }
        }
        until = earlier(until, cards);
        return new KeyWindow(
                key.getNotBefore().toInstant(), next == null ? until : earlier(until, next), next != null, replaced);
    }

    private static X509Certificate certificate(CardDocument card) {
        return card.card().signing().getFirst().certificate();
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }

    /**
     * Checks a signature against the window.
     *
     * @param created when it says that it was made
     * @param attested when it was there at the latest according to others, or null if nobody says so
     * @return what was found
     */
    String check(String whose, Instant created, @Nullable Instant attested) throws VerificationException {
        Instant latest = attested == null ? created : attested;
        if (created.isBefore(from) || latest.isAfter(until)) {
            throw new VerificationException(
                    Reason.CERTIFICATE_INVALID,
                    "The key of " + whose + " counts from " + from + " to " + until + ", and its signature of "
                            + created
                            + (attested == null ? "" : " is known to have been there only on " + attested)
                            + (attested == null ? " is outside." : "."));
        }
        String end = replaced ? ", when it was lost or stolen" : followed ? ", when another followed" : "";
        return whose + "'s key counts until " + until + end
                + "; the signature was there "
                + (attested == null ? "on " + created + ", as it asserts" : "on " + attested + ", as is attested");
    }
}
