package org.entente.gateway.partners;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.entente.gateway.journal.Journal;
import org.entente.gateway.testing.TestNode;

/** Makes test nodes known to each other, as two administrators with a telephone do. */
public final class Introductions {
    private static final Duration VALIDITY = Duration.ofDays(365);

    private Introductions() {}

    /** The card of a node, issued if it has none yet. */
    public static CardDocument card(TestNode node) {
        NodeIdentity identity = node.bean(NodeIdentity.class);
        if (!identity.issued()) {
            node.bean(Journal.class).create();
            identity.issueFirst(text(node.party()), VALIDITY, "admin");
        }
        return identity.current();
    }

    /** What a test party writes on its card. */
    public static CardText text(String party) {
        return new CardText(
                Map.of("en", "Party " + party),
                List.of(),
                List.of(new Card.Authority("STAT", Map.of("en", "Statistics of " + party), "statistics", List.of())));
    }

    /** One node imports the other's cards. */
    public static void imports(TestNode node, TestNode other) {
        CardDocument card = card(other);
        node.bean(Partners.class)
                .importCard(
                        CardList.write(other.bean(NodeIdentity.class).chain()),
                        card.fingerprint().text(),
                        "admin");
    }

    /** Both know each other. */
    public static void introduce(TestNode one, TestNode other) {
        card(one);
        card(other);
        imports(one, other);
        imports(other, one);
    }
}
