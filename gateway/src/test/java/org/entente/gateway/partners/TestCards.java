package org.entente.gateway.partners;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.entente.crypto.journal.Ed25519NoteSigner;
import org.entente.crypto.keys.KeyRing;
import org.jspecify.annotations.Nullable;

/** Cards made by hand, for parties that have no node. */
final class TestCards {
    private TestCards() {}

    static Card card(String party, KeyRing keys, @Nullable CardDocument before, Instant issued, Duration validity) {
        return card(
                party,
                keys,
                before,
                issued,
                validity,
                URI.create("https://" + party.toLowerCase(Locale.ROOT) + ".example"));
    }

    static Card card(
            String party, KeyRing keys, @Nullable CardDocument before, Instant issued, Duration validity, URI node) {
        Instant from = issued.truncatedTo(ChronoUnit.SECONDS);
        return new Card(
                party,
                Map.of("en", "Party " + party),
                List.of(),
                List.of(),
                node,
                List.of(Card.PROTOCOL),
                List.of(new Card.Signing(
                        Card.SIGNING_KEY,
                        keys.signing().key().algorithm(),
                        keys.signing().certificate())),
                List.of(keys.tls().certificate()),
                Ed25519NoteSigner.of(node.getRawAuthority() + "/journal", keys.journal())
                        .verifierKey(),
                from,
                from.plus(validity),
                before == null ? null : before.digest(),
                before == null ? 1 : before.card().sequence() + 1);
    }
}
