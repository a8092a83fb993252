package org.entente.gateway.region.profile;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.entente.gateway.region.comparison.FigureConcept;
import org.jspecify.annotations.Nullable;

/**
 * An answer that a profile rests on: through it every figure leads to a state's signature.
 *
 * @param id in the profile: {@code s1}, {@code s2} ...
 * @param party who has answered
 * @param table of the programme
 * @param assurance what stands for the figures
 * @param exchange that brought them; of a deposit, its id
 * @param agreement id of the agreement under which they were given
 * @param leg of it
 * @param release of the provider, where it names one
 * @param received when this node verified them, UTC
 * @param standsIn whether it stands in for an answer that did not come in this round
 * @param content SHA-256 of the bytes as the provider signed them, base64url
 * @param observations how many there are
 * @param withheld how many of them are withheld
 * @param rounding by how much a figure may lie off since the provider rounds, in units; 0 if it does not
 * @param concepts how the figures are defined, each definition once
 * @param organisations that made the figures, as their data say
 * @param coverage who is counted, as the data say
 * @param depositor post and office of whoever has put deposited figures in; null where the provider has signed
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Source(
        String id,
        String party,
        String table,
        Assurance assurance,
        String exchange,
        String agreement,
        String leg,
        @Nullable String release,
        String received,
        boolean standsIn,
        String content,
        long observations,
        long withheld,
        double rounding,
        List<FigureConcept> concepts,
        List<String> organisations,
        List<String> coverage,
        @Nullable String depositor) {

    /** What stands for figures. */
    public enum Assurance {
        /** The provider's signature. */
        SIGNED,
        /** A focal point has put them in and confirmed them. */
        DEPOSITED
    }

    public Source {
        concepts = List.copyOf(concepts);
        organisations = List.copyOf(organisations);
        coverage = List.copyOf(coverage);
    }
}
