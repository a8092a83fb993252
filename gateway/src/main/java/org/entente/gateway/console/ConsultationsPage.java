package org.entente.gateway.console;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that the page of consultations shows.
 *
 * @param opensRegional whether the caller may open one on a regional profile of this node
 * @param editions drafts of regional profiles on which one may be opened
 * @param opensNational whether the caller may open one on the state's own profile
 * @param problem why the last form was refused; null if it was not
 */
public record ConsultationsPage(
        List<Row> consultations,
        boolean opensRegional,
        List<Choice> editions,
        boolean opensNational,
        @Nullable String problem) {

    /**
     * A consultation.
     *
     * @param address of its own page; empty for whoever may not see it
     * @param state in words
     * @param links how many were used, of how many
     * @param comments how many came, and how many wait for an answer, in words
     */
    public record Row(String address, String title, String opened, String state, String links, String comments) {}
}
