package org.entente.agreements.life;

import java.time.Instant;
import java.util.SortedMap;
import java.util.SortedSet;
import org.entente.agreements.Iso;

/**
 * A declared crisis. Between two parties it has effect as long as both have consented: by declaring, by countersigning, or in advance in
 * the clause.
 *
 * @param id id of the declaration
 * @param legs the legs that it widens
 * @param consents who has consented, and since when
 * @param endsAt when it ends by itself, or has been ended
 * @param reviewDue when the review falls due
 * @param reviewedBy parties that have filed their review
 */
public record Crisis(
        String id,
        String declaredBy,
        @Iso Instant declaredAt,
        String reason,
        SortedSet<String> legs,
        SortedMap<String, Instant> consents,
        @Iso Instant endsAt,
        @Iso Instant reviewDue,
        SortedSet<String> reviewedBy) {
    /** Does it widen this leg between these parties at this time? */
    public boolean hasEffect(String leg, String provider, String consumer, Instant now) {
        return legs.contains(leg) && consented(provider, now) && consented(consumer, now) && now.isBefore(endsAt);
    }

    /** Did it widen this leg between these parties at any moment from one time until before another? */
    public boolean hadEffectWithin(String leg, String provider, String consumer, Instant from, Instant until) {
        Instant one = consents.get(provider);
        Instant other = consents.get(consumer);
        if (one == null || other == null) {
            return false;
        }
        Instant since = one.isAfter(other) ? one : other;
        Instant latest = since.isAfter(from) ? since : from;
        return latest.isBefore(until) && hasEffect(leg, provider, consumer, latest);
    }

    private boolean consented(String party, Instant now) {
        Instant since = consents.get(party);
        return since != null && !since.isAfter(now);
    }

    /** Is a review owed and not yet filed by this party? */
    public boolean owesReview(String party, Instant now) {
        return consents.containsKey(party) && !reviewedBy.contains(party) && !now.isBefore(endsAt);
    }
}
