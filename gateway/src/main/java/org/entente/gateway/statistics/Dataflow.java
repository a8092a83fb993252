package org.entente.gateway.statistics;

/**
 * A flow of data that follows one structure.
 *
 * @param id agency, id and version
 * @param name what the flow holds
 * @param structure the structure of its data
 * @param region the part of the structure's cube that the flow is confined to
 */
public record Dataflow(ArtefactId id, LocalName name, Structure structure, CubeRegion region) {

    public Dataflow {
        for (var entry : region.codes().entrySet()) {
            int position = structure.dimensionPosition(entry.getKey());
            if (position < 0
                    || !entry.getValue().stream()
                            .allMatch(structure.dimensions().get(position).representation()::accepts)) {
                throw new IllegalArgumentException(id + " is confined to codes of " + entry.getKey() + " that "
                        + structure.id() + " does not have");
            }
        }
    }

    /** A flow that may hold the whole cube. */
    public Dataflow(ArtefactId id, LocalName name, Structure structure) {
        this(id, name, structure, CubeRegion.WHOLE);
    }
}
