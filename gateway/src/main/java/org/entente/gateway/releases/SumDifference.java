package org.entente.gateway.releases;

/**
 * A total that its parts do not add up to.
 *
 * @param dimension the dimension that was added over
 * @param cell the codes of all dimensions, the total's among them, joined by dots
 * @param total the figure that stands there
 * @param sum what the parts add up to
 */
public record SumDifference(String dimension, String cell, double total, double sum) {}
