package org.entente.gateway.sdmx;

import java.time.Instant;
import org.entente.gateway.statistics.Cube;

/**
 * One state of a data set as it was disseminated; it holds until the next one.
 *
 * @param validFrom when it was published
 * @param cube all that the data set held from then on
 */
public record Dissemination(Instant validFrom, Cube cube) {}
