package org.entente.gateway.evidence.reconciliation;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.entente.gateway.exchange.ExchangeLedger;
import org.entente.gateway.exchange.ExchangeLedger.Line;
import org.jspecify.annotations.Nullable;

/**
 * An exchange of which the two sides have different records.
 *
 * @param consumer who asked
 * @param kind what is different
 * @param consumerState the consumer's state; null if it has no record
 * @param providerState the provider's state; null if it has no record
 */
public record Difference(
        UUID exchange,
        String consumer,
        Kind kind,
        @Nullable String consumerState,
        @Nullable String providerState) {

    /** What may be different. */
    public enum Kind {
        /** The consumer has sent a request of which the provider has no record. */
        UNKNOWN_REQUEST,
        /** The provider has answered, and the consumer has no answer. */
        LOST_ANSWER,
        /** The consumer has closed the exchange, and the provider has no receipt that says so. */
        LOST_RECEIPT,
        /** The provider has a record of a request that the consumer says it never sent. */
        UNKNOWN_EXCHANGE,
        /** The consumer has an answer of which the provider has no record. */
        UNKNOWN_ANSWER,
        /** Both have an answer, and it is not the same; or the receipt says something else than the consumer does. */
        DIFFERENT
    }

    private static final String ASKED = "asked";
    private static final String NEVER_RECEIVED = "never-received";

    /**
     * Compares. Pure.
     *
     * @param consumer who asked
     * @param asked the consumer's lines
     * @param answered the provider's lines, of the same period
     */
    public static List<Difference> between(String consumer, List<Line> asked, List<Line> answered) {
        Map<UUID, Line> theirs = new TreeMap<>();
        answered.forEach(line -> theirs.put(line.exchange(), line));
        List<Difference> differences = new ArrayList<>();
        for (Line line : asked) {
            Line other = theirs.remove(line.exchange());
            kind(line, other)
                    .ifPresent(kind -> differences.add(new Difference(
                            line.exchange(), consumer, kind, line.state(), other == null ? null : other.state())));
        }
        theirs.values()
                .forEach(line -> differences.add(
                        new Difference(line.exchange(), consumer, Kind.UNKNOWN_EXCHANGE, null, line.state())));
        differences.sort((a, b) -> a.exchange.compareTo(b.exchange));
        return differences;
    }

    private static Optional<Kind> kind(Line asked, @Nullable Line answered) {
        boolean open = asked.state().equals(ASKED);
        boolean given = asked.signature() != null;
        if (answered == null) {
            return Optional.of(given ? Kind.UNKNOWN_ANSWER : Kind.UNKNOWN_REQUEST);
        }
        if (answered.state().equals(ExchangeLedger.WAITING)) {
            return open ? Optional.empty() : Optional.of(Kind.DIFFERENT);
        }
        if (open) {
            return Optional.of(Kind.LOST_ANSWER);
        }
        if (given && answered.signature() == null) {
            return Optional.of(Kind.UNKNOWN_ANSWER);
        }
        // What was rejected may have been rejected for the very reason that it was not what the provider signed.
        if (asked.state().equals("received")
                && !(Objects.equals(asked.signature(), answered.signature())
                        && Objects.equals(asked.content(), answered.content()))) {
            return Optional.of(Kind.DIFFERENT);
        }
        if (answered.state().equals(ExchangeLedger.ANSWERED)) {
            return Optional.of(asked.state().equals(NEVER_RECEIVED) ? Kind.LOST_ANSWER : Kind.LOST_RECEIPT);
        }
        return answered.state().equals(asked.state()) ? Optional.empty() : Optional.of(Kind.DIFFERENT);
    }
}
