package org.entente.gateway.partners;

import java.net.URI;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.entente.crypto.VerificationException;
import org.entente.crypto.journal.ListedKey;
import org.entente.crypto.keys.CertifiedKey;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
import org.jspecify.annotations.Nullable;

/** Makes and signs a party's own cards. Pure. */
public final class CardMaking {
    private CardMaking() {}

    /**
     * What goes on a card.
     *
     * @param text what a person writes
     * @param node base URI that messages to the party are signed for
     * @param companion post-quantum companion of the signing key (ML-DSA-65), to be listed beside it; null if it has none
     * @param tls certificates that either end of its connections may present; a desk lists one and presents it to nobody
     * @param sealing key to which files for it are sealed; null if it has none
     * @param validity how long partners may accept it
     * @param replaces that the keys before were lost or stolen; null if they were not
     */
    public record Plan(
            String party,
            CardText text,
            URI node,
            CertifiedKey signing,
            @Nullable CertifiedKey companion,
            List<X509Certificate> tls,
            ListedKey journal,
            @Nullable PublicKey sealing,
            Duration validity,
            Card.@Nullable Replacement replaces) {
        public Plan {
            tls = List.copyOf(tls);
        }
    }

    /**
     * The next card.
     *
     * @param before the cards so far, root card first; empty for the first
     * @param alsoSigning what signs the card beside the plan's key: the signing key of the card before, if the plan has another
     * @throws EntenteException {@code card-invalid} if it would not follow the card before
     */
    public static CardDocument next(Plan plan, List<CardDocument> before, List<CertifiedKey> alsoSigning, Instant now) {
        CardDocument document = signed(plan, before, alsoSigning, now);
        CardDocument previous = before.isEmpty() ? null : before.getLast();
        if (previous != null) {
            try {
                document.checkFollows(previous);
            } catch (VerificationException e) {
                throw new EntenteException(ErrorCode.CARD_INVALID, "The new card: " + e.sentence() + ".", e);
            }
        }
        return document;
    }

    /** The next card before it is certain that it may follow: an officer has yet to sign that it replaces keys. */
    static CardDocument signed(Plan plan, List<CardDocument> before, List<CertifiedKey> alsoSigning, Instant now) {
        CardDocument previous = before.isEmpty() ? null : before.getLast();
        Card card = new Card(
                plan.party(),
                plan.text().name(),
                plan.text().onBehalfOf(),
                plan.text().authorities(),
                plan.node(),
                List.of(Card.PROTOCOL),
                signingKeys(plan),
                plan.tls(),
                plan.journal().key(),
                now,
                now.plus(plan.validity()),
                previous == null ? null : previous.digest(),
                before.size() + 1,
                plan.sealing(),
                plan.replaces(),
                plan.journal().companion());
        List<CertifiedKey> signers = new ArrayList<>(List.of(plan.signing()));
        signers.addAll(alsoSigning);
        return CardDocument.sign(card, signers, now);
    }

    private static List<Card.Signing> signingKeys(Plan plan) {
        List<Card.Signing> listed = new ArrayList<>();
        listed.add(signing(Card.SIGNING_KEY, plan.signing()));
        if (plan.companion() != null) {
            listed.add(signing(Card.COMPANION_KEY, plan.companion()));
        }
        return listed;
    }

    private static Card.Signing signing(String name, CertifiedKey key) {
        return new Card.Signing(name, key.key().algorithm(), key.certificate());
    }
}
