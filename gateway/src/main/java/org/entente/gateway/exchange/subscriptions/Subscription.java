package org.entente.gateway.exchange.subscriptions;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A standing request.
 *
 * @param query SDMX REST path with its parameters, agreement, leg and purpose among them
 * @param person staff user in whose name is asked
 * @param onRelease asks when the provider tells of a newer release under the leg
 * @param onCalendar asks on the due days of the leg's calendar
 * @param until last day (UTC)
 * @param most requests that it may make in all
 * @param used requests that it has made
 * @param approvedBy who has let it begin; absent while nobody has
 * @param resumes when it asks again what the leg's quota had no room for; absent unless it waits for that
 * @param endCode why it has ended: one of {@link End}, in small letters with hyphens
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Subscription(
        UUID id,
        String provider,
        String agreement,
        String leg,
        String query,
        String person,
        String role,
        boolean onRelease,
        boolean onCalendar,
        LocalDate until,
        int most,
        int used,
        Instant made,
        @Nullable String approvedBy,
        @Nullable Instant approved,
        @Nullable Instant resumes,
        @Nullable Instant ended,
        @Nullable String endCode,
        @Nullable String endReason) {

    /** Why a subscription ends. */
    public enum End {
        /** An approver did not let it begin. */
        REFUSED,
        /** A person has ended it. */
        ENDED,
        /** Its last day is over. */
        UNTIL_PASSED,
        /** The agreement or its leg is no longer in effect between the two parties. */
        AGREEMENT_ENDED,
        /** The analyst is no longer a user here, is shut out, or no longer holds the role. */
        PERSON_GONE,
        /** The quota that the agreement gives is used up, and never again open while the agreement and the subscription last. */
        QUOTA_USED,
        /** It has made all the requests that it may make. */
        REQUESTS_USED;

        /** As rows and answers spell it. */
        public String code() {
            return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
        }
    }

    /** {@code proposed}, {@code active}, {@code paused} while it waits for the next window of the leg's quota, or {@code ended}. */
    public String state() {
        if (ended != null) {
            return "ended";
        }
        if (approved == null) {
            return "proposed";
        }
        return resumes == null ? "active" : "paused";
    }

    /**
     * One time that it asks.
     *
     * @param cause {@code notice:ID} or {@code day:DATE}
     * @param exchange under which it asks; repeats of the same turn are one exchange, but what waited for the quota is asked under a new one
     * @param code why there is no answer, from the catalogue of errors
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Turn(
            UUID subscription,
            String cause,
            UUID exchange,
            State state,
            int tries,
            Instant next,
            @Nullable String code,
            @Nullable String sentence,
            Instant made,
            @Nullable Instant done) {}

    /** What became of a turn. */
    public enum State {
        /** Not asked yet, or not answered: the partner is not reached. */
        OPEN,
        /** A person of the provider decides. */
        WAITING,
        /** The leg's quota has no room; it is asked when the next window opens. */
        PAUSED,
        ANSWERED,
        REFUSED,
        /** The answer did not hold. */
        INVALID,
        /** A later cause took its place before there was an answer, or the subscription ended. */
        DROPPED
    }
}
