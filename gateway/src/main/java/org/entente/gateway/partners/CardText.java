package org.entente.gateway.partners;

import java.util.List;
import java.util.Map;

/**
 * What a person writes on a card; the rest follows from keys and settings.
 *
 * @param name of the party, by language tag
 * @param onBehalfOf the parties that a secretariat acts for; else empty
 * @param authorities offices and their signatories
 */
public record CardText(Map<String, String> name, List<String> onBehalfOf, List<Card.Authority> authorities) {
    /** What people have written on this card. */
    public static CardText of(Card card) {
        return new CardText(card.name(), card.onBehalfOf(), card.authorities());
    }
}
