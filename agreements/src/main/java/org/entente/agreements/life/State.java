package org.entente.agreements.life;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import org.entente.agreements.Agreement;
import org.entente.agreements.Iso;
import org.entente.agreements.Party;
import org.jspecify.annotations.Nullable;

/**
 * Where an agreement stands at one moment.
 *
 * @param signed parties that have signed, on the text, on paper or by letter, with the time of their first signature
 * @param inEffectSince when it came, or will come, into effect; absent while that is open
 * @param endsAt when it ends or has ended; absent while it is indefinite
 * @param renewals how often it has been renewed tacitly
 * @param notice the notice that ends it, if one was given
 * @param parties those who are bound at this moment, as they are to be used: who has signed or acceded and has not left. A framework's
 *     secretariat speaks for the members of this moment
 * @param departures members that have left or have given notice to, with the time
 * @param optOuts legs in which a party takes no part, by party
 * @param offices who holds the offices that rotate, once they have been handed over
 * @param stops suspensions and holds, with who set them and from when
 * @param recalled releases that their provider has recalled
 * @param crises crises that were declared, whether or not they have effect
 */
public record State(
        Phase phase,
        SortedMap<String, Instant> signed,
        @Nullable @Iso Instant inEffectSince,
        @Nullable @Iso Instant endsAt,
        int renewals,
        @Nullable NoticeGiven notice,
        List<Party> parties,
        SortedMap<String, Departure> departures,
        SortedMap<String, SortedSet<String>> optOuts,
        SortedMap<Membership.Office, String> offices,
        List<Stop> stops,
        Set<String> recalled,
        List<Crisis> crises) {
    public State {
        parties = List.copyOf(parties);
        stops = List.copyOf(stops);
        recalled = Set.copyOf(recalled);
        crises = List.copyOf(crises);
    }

    /** The state in which a text would be if all its parties had signed it and it applied from now on; nobody has done anything under it. */
    public static State foreseen(Agreement agreement, Instant now) {
        SortedMap<String, Instant> signed = new TreeMap<>();
        agreement.parties().forEach(party -> signed.put(party.id(), now));
        return new State(
                Phase.IN_EFFECT,
                signed,
                now,
                null,
                0,
                null,
                agreement.parties(),
                new TreeMap<>(),
                new TreeMap<>(),
                new TreeMap<>(),
                List.of(),
                Set.of(),
                List.of());
    }

    /** The phases of an agreement's life. */
    public enum Phase {
        DRAFT,
        PROPOSED,
        /** Initialled by all: settled, but nobody is bound. */
        INITIALLED,
        /** All have signed; not yet in effect. */
        SIGNED,
        /** All have signed and notified; the days until entry into force run. */
        PROCEDURES_COMPLETED,
        /** Signed by all and applied before its entry into force. */
        PROVISIONALLY_APPLIED,
        IN_EFFECT,
        /** Ended by denunciation or discontinuation. */
        DENOUNCED,
        /** Ended because its time was over. */
        EXPIRED;

        /** May figures pass? */
        public boolean applies() {
            return this == IN_EFFECT || this == PROVISIONALLY_APPLIED;
        }

        /** Is it over? */
        public boolean ended() {
            return this == DENOUNCED || this == EXPIRED;
        }
    }

    /** Notice by one party, and when the agreement ends by it. */
    public record NoticeGiven(
            String party, @Iso Instant at, @Iso Instant endsAt) {}

    /** How and from when a member has left. */
    public record Departure(How how, @Iso Instant from) {
        /** By its own notice, or by the others. */
        public enum How {
            WITHDRAWN,
            EXCLUDED
        }
    }

    /**
     * A suspension (after notice) or hold (at once) of one leg, of one release, or of the whole when neither is given.
     */
    public record Stop(
            Sort sort,
            @Nullable String leg,
            @Nullable String release,
            String party,
            @Iso Instant from,
            String reason) {
        /** Which of the two. */
        public enum Sort {
            SUSPENSION,
            HOLD
        }
    }

    /** Does the text hold now, or has it held: is what it replaced over? */
    public boolean hasTakenOver(Instant now) {
        Instant since = inEffectSince;
        boolean everInEffect = since != null && (endsAt == null || since.isBefore(endsAt)) && !since.isAfter(now);
        return phase.applies() || everInEffect;
    }

    /** The bound party with this id. */
    public Optional<Party> party(String id) {
        for (Party party : parties) {
            if (party.id().equals(id)) {
                return Optional.of(party);
            }
        }
        return Optional.empty();
    }

    /** Does this party take part in this leg, as far as it was free to choose? */
    public boolean takesPart(String party, String leg) {
        SortedSet<String> out = optOuts.get(party);
        return out == null || !out.contains(leg);
    }

    /** The stop that is effective on this leg at this time, if any. */
    public Optional<Stop> stopOn(String leg, Instant now) {
        return stops.stream()
                .filter(s -> s.release() == null && (s.leg() == null || s.leg().equals(leg)))
                .filter(s -> !s.from().isAfter(now))
                .findFirst();
    }

    /** The hold that is effective on this release at this time, if any. */
    public Optional<Stop> stopOnRelease(String release, Instant now) {
        return stops.stream()
                .filter(s -> release.equals(s.release()) && !s.from().isAfter(now))
                .findFirst();
    }

    /** The crisis that has effect on a leg between these two parties at this time; the one that lasts longest, if there are several. */
    public Optional<Crisis> crisisOn(String leg, String provider, String consumer, Instant now) {
        Crisis longest = null;
        for (Crisis crisis : crises) {
            boolean later = longest == null || crisis.endsAt().isAfter(longest.endsAt());
            if (later && crisis.hasEffect(leg, provider, consumer, now)) {
                longest = crisis;
            }
        }
        return Optional.ofNullable(longest);
    }
}
