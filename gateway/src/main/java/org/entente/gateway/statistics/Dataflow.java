package org.entente.gateway.statistics;

/**
 * A flow of data that follows one structure.
 *
 * @param id agency, id and version
 * @param name what the flow holds
 * @param structure the structure of its data
 */
public record Dataflow(ArtefactId id, LocalName name, Structure structure) {}
