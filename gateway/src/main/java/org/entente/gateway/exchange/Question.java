package org.entente.gateway.exchange;

import java.util.Collections;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.UUID;
import org.entente.agreements.decision.Selection;
import org.entente.gateway.sdmx.BoundQuery;
import org.entente.gateway.statistics.Dataflow;
import org.jspecify.annotations.Nullable;

/**
 * What a member of staff wants of one partner.
 *
 * @param provider the party asked
 * @param agreement id of the agreement, or null to let the only fitting leg be found
 * @param leg id of the leg, or null
 * @param purpose code from the agreement's closed list
 * @param asker who asks
 * @param dataflow what is asked for
 * @param selection which cells
 * @param named codes that stand in the question beside a whole dimension; judged by name
 * @param askAnyway send the request although this node's own decision refuses it
 * @param fresh ask even if a holding covers the question
 * @param exchange id of an exchange to repeat, or null for a new one
 */
public record Question(
        String provider,
        @Nullable String agreement,
        @Nullable String leg,
        String purpose,
        Asker asker,
        Dataflow dataflow,
        HeldSelection selection,
        SortedMap<String, Selection> named,
        boolean askAnyway,
        boolean fresh,
        @Nullable UUID exchange) {

    /**
     * Who asks: the staff user, never named to the partner, and what the partner learns instead.
     *
     * @param authorities those of this party for which the user holds the role; the partner learns the one that the leg admits
     */
    public record Asker(String user, String role, String pseudonym, SortedSet<String> authorities) {
        public Asker {
            authorities = Collections.unmodifiableSortedSet(new TreeSet<>(authorities));
        }

        /** One who asks for the party as a whole. */
        public Asker(String user, String role, String pseudonym) {
            this(user, role, pseudonym, new TreeSet<>());
        }

        /** The authority for which is asked; null while it is open or where there is none. */
        @Nullable
        String authority() {
            return authorities.size() == 1 ? authorities.first() : null;
        }

        ExchangeHeaders.Requester requester() {
            return new ExchangeHeaders.Requester(role, pseudonym, authority());
        }
    }

    /** A question that selects what a query selects. */
    public static Question of(
            BoundQuery query,
            Dataflow dataflow,
            String provider,
            @Nullable String agreement,
            @Nullable String leg,
            String purpose,
            Asker asker) {
        return new Question(
                provider,
                agreement,
                leg,
                purpose,
                asker,
                dataflow,
                WireQuery.selection(query),
                WireQuery.namedBesideWhole(query),
                false,
                false,
                null);
    }

    /** The same question, sent whatever this node itself decides. */
    public Question anyway() {
        return new Question(
                provider, agreement, leg, purpose, asker, dataflow, selection, named, true, fresh, exchange);
    }

    /** The same question, answered by the partner even if a holding covers it. */
    public Question asFresh() {
        return new Question(
                provider, agreement, leg, purpose, asker, dataflow, selection, named, askAnyway, true, exchange);
    }

    /** The same question, asked for one of the asker's authorities. */
    Question by(String authority) {
        Asker one = new Asker(asker.user(), asker.role(), asker.pseudonym(), new TreeSet<>(Set.of(authority)));
        return new Question(
                provider, agreement, leg, purpose, one, dataflow, selection, named, askAnyway, fresh, exchange);
    }

    /** The same question under the id of an exchange that was begun before. */
    public Question repeating(UUID id) {
        return new Question(provider, agreement, leg, purpose, asker, dataflow, selection, named, askAnyway, fresh, id);
    }
}
