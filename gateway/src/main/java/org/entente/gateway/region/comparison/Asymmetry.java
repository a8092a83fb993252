package org.entente.gateway.region.comparison;

import org.jspecify.annotations.Nullable;

/**
 * How far two figures lie apart, in the measures that mirror statistics use (UNECE, Guidelines on exchanging data to improve emigration
 * statistics).
 *
 * @param difference what the destination counts less what the origin counts
 * @param ratio the destination's figure over the origin's; null if the origin counts nobody
 * @param relative the absolute difference over the mean of both, 0 to 2; 0 if both count nobody
 * @param grade the class of the relative asymmetry, by the comparability table
 */
public record Asymmetry(double difference, @Nullable Double ratio, double relative, String grade) {

    /** The measures of two figures that are both there. */
    static Asymmetry of(double origin, double destination, ComparabilityTable table) {
        double difference = destination - origin;
        double mean = (origin + destination) / 2;
        double relative = mean == 0 ? 0 : Math.abs(difference) / mean;
        return new Asymmetry(difference, origin == 0 ? null : destination / origin, relative, table.grade(relative));
    }
}
