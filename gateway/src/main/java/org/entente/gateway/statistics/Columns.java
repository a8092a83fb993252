package org.entente.gateway.statistics;

import java.util.List;

/**
 * What a cube stores. Series are sorted by key, observations by series and time.
 *
 * @param dimensionTexts per dimension, time last
 * @param attributeTexts per attribute; data set attributes have only the empty text here
 * @param keys per key dimension, one number per series
 * @param seriesStarts first observation of each series, and the number of observations at the end
 * @param times one number per observation
 * @param values one per observation
 * @param attributes per attribute: one number per series or per observation, by level
 * @param seriesAttribute per attribute, whether its numbers are per series
 * @param periods the time dictionary, parsed
 */
record Columns(
        Dictionary[] dimensionTexts,
        Dictionary[] attributeTexts,
        IntColumn[] keys,
        int[] seriesStarts,
        IntColumn times,
        double[] values,
        IntColumn[] attributes,
        boolean[] seriesAttribute,
        List<TimePeriod> periods) {

    int seriesCount() {
        return seriesStarts.length - 1;
    }

    int observationCount() {
        return values.length;
    }
}
