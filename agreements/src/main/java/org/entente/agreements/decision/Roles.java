package org.entente.agreements.decision;

import java.util.List;

/**
 * The roles that the structure of a dataflow declares for its dimensions. Decisions know no dimension but through a leg and this.
 *
 * @param dimensions ids of all dimensions of the structure except time
 * @param reportingArea the dimension of the reporting party's territory
 * @param counterpart the dimension of the other side
 * @param time the dimension of time
 */
public record Roles(List<String> dimensions, String reportingArea, String counterpart, String time) {
    public Roles {
        dimensions = List.copyOf(dimensions);
    }
}
