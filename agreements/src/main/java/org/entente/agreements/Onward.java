package org.entente.agreements;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * To whom the consumer may pass figures on (clause 21); whoever is not listed gets nothing.
 *
 * @param embargoDays days after receipt before {@link Condition#AFTER_EMBARGO} recipients may have them
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Onward(List<Rule> allowed, @Nullable Integer embargoDays) {
    public Onward {
        allowed = Copies.of(allowed);
    }

    /** One recipient and the condition; {@code party} names it when the recipient is {@link Recipient#PARTY}. */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record Rule(Recipient recipient, @Nullable String party, Condition condition) {}

    /** The closed list of recipients. */
    public enum Recipient {
        OWN_MINISTRIES,
        SECRETARIAT,
        PARTY,
        PUBLIC
    }

    /** Under what condition. */
    public enum Condition {
        FREE,
        PRIOR_CONSENT,
        AFTER_EMBARGO
    }
}
