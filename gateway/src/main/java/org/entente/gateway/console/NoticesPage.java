package org.entente.gateway.console;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that the page of notices and subscriptions shows.
 *
 * @param reminders what is due or has not come, in words
 * @param notices what partners have told of their releases
 * @param outdated what is held although there is something newer
 * @param wish the form for a new subscription, where the caller came with a question
 * @param problem why the last form was refused
 */
public record NoticesPage(
        List<String> reminders,
        List<Notice> notices,
        List<Outdated> outdated,
        List<Standing> subscriptions,
        @Nullable Wish wish,
        @Nullable String problem) {

    /** One notice. */
    public record Notice(String at, String partner, String event, String leg, String periods) {}

    /** What is out of date. */
    public record Outdated(String partner, String leg, String received, String state) {}

    /**
     * A subscription.
     *
     * @param state in words, with why it has ended
     * @param last what came of the last time that it asked, in words; or empty
     * @param approvable whether the caller may let it begin
     * @param endable whether the caller may end it
     */
    public record Standing(
            String id,
            String provider,
            String leg,
            String person,
            String until,
            String used,
            String state,
            String last,
            boolean approvable,
            boolean endable) {}

    /**
     * The form for a new subscription.
     *
     * @param query what is asked, as an SDMX REST query
     * @param until suggested last day
     */
    public record Wish(String query, String until, String today) {}
}
