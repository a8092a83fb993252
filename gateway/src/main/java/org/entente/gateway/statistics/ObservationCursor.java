package org.entente.gateway.statistics;

/**
 * Observations one after the other in canonical order: the one seam between storage and every writer. A cursor is used
 * by one thread, once. Values are read with {@code dimension}, {@code attribute} and {@code value} after {@link #next()}
 * returned true.
 */
public interface ObservationCursor {

    Structure structure();

    /** The texts behind the numbers of a dimension (by position, time included). */
    Dictionary dimensionTexts(int dimension);

    /** The texts behind the numbers of an attribute (by position); number 0 is absent. */
    Dictionary attributeTexts(int attribute);

    /**
     * The one number that the attribute has in every observation of this cursor's source, or -1 if it is not known to be
     * the same everywhere. Writers use it to print a column once.
     */
    int constantAttribute(int attribute);

    /** Moves to the next observation. */
    boolean next();

    /** Whether the current observation is the first that this cursor shows of its series. */
    boolean firstOfSeries();

    /** The number of the current value of a dimension, time included. */
    int dimension(int dimension);

    /** The number of the current value of an attribute of any level; 0 if absent. */
    int attribute(int attribute);

    /** The observed value; NaN if withheld or missing. */
    double value();

    /** The current code of a dimension as text. */
    default String dimensionText(int dimension) {
        return dimensionTexts(dimension).text(dimension(dimension));
    }

    /** The current value of an attribute as text; empty if absent. */
    default String attributeText(int attribute) {
        return attributeTexts(attribute).text(attribute(attribute));
    }
}
