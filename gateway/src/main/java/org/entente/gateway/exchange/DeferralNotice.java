package org.entente.gateway.exchange;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * Where a request stands that a person of the provider decides: the body of the {@code 202}, and what its status resource answers
 * (docs/protocol.md section 7).
 *
 * @param state {@code waiting}, or {@code answered}: then the request, repeated, gets its answer
 * @param decidedBy who decides
 * @param due last day for the decision, in the agreement's time zone
 * @param overdue whether that day has passed without a decision
 * @param status address of the status resource
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record DeferralNotice(
        String exchange, String state, DecidedBy decidedBy, String due, boolean overdue, String status) {
    /** Value of {@link #state} while nobody has decided. */
    public static final String WAITING = "waiting";
    /** Value of {@link #state} once there is an answer to fetch. */
    public static final String ANSWERED = "answered";
    /** Media type of the notice. */
    public static final String MEDIA_TYPE = "application/json";

    /** Who decides: so many persons of the party in this role. */
    public record DecidedBy(String party, String role, int persons) {}

    /** Path of the status resource on the provider's node listener. */
    static String path(String exchange) {
        return "/requests/" + exchange;
    }
}
