package org.entente.agreements;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;

/**
 * How a request is answered (clause 16).
 *
 * @param days days to answer when a person decides; 0 when automatic
 * @param fourEyes whether two persons must agree
 * @param grounds grounds on which a person may refuse
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Answering(Mode mode, int days, boolean fourEyes, List<Ground> grounds) {
    public Answering {
        grounds = Copies.of(grounds);
    }

    /** By the gateway at once, or by a person. */
    public enum Mode {
        AUTOMATIC,
        APPROVAL
    }

    /** One agreed ground of refusal. */
    public record Ground(String code, Text text) {}
}
