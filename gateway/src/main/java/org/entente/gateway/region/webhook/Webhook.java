package org.entente.gateway.region.webhook;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An address outside that is told of new public editions.
 *
 * @param programme of which it is told; absent for all
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Webhook(
        UUID id,
        String url,
        @Nullable String programme,
        String madeBy,
        Instant made,
        @Nullable Instant ended,
        @Nullable String endReason) {

    /** What has become of a message. */
    public enum State {
        WAITING,
        DELIVERED,
        GIVEN_UP
    }

    /**
     * One message about one edition.
     *
     * @param id of the message; the same at every try
     * @param problem why the last try failed
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Delivery(
            UUID id,
            UUID webhook,
            String programme,
            int edition,
            State state,
            int tries,
            Instant next,
            @Nullable String problem,
            Instant made,
            @Nullable Instant done) {}
}
