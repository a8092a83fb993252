package org.entente.gateway.region.profile;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a published edition says of the comments on its draft.
 *
 * @param asked how many were asked for comments
 * @param answered how many of them have sent any
 * @param comments how many comments came
 * @param accepted those that were accepted
 */
public record ConsultationSummary(int asked, int answered, int comments, List<Accepted> accepted) {
    public ConsultationSummary {
        accepted = List.copyOf(accepted);
    }

    /**
     * A comment that was accepted.
     *
     * @param section its title
     * @param organisation null where whoever made it did not agree to be named
     * @param answer of those who drafted
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Accepted(
            String section, String text, @Nullable String organisation, String answer) {}
}
