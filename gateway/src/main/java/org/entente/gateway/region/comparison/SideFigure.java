package org.entente.gateway.region.comparison;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * One state's figure on a corridor.
 *
 * @param party who counted
 * @param source id of the source in the profile, through which the exchange and its signature are found
 * @param concept how it is defined
 * @param period when
 * @param value the figure; null if it is withheld or missing
 * @param status of the observation
 * @param organisation that made the figure, as its data say; empty if they do not
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record SideFigure(
        String party,
        String source,
        FigureConcept concept,
        String period,
        @Nullable Double value,
        String status,
        String organisation) {}
