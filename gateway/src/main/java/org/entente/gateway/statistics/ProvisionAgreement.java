package org.entente.gateway.statistics;

/**
 * What one party gives another of a dataflow, as SDMX has it: the provision agreement itself, and the constraint that says
 * what may cross.
 *
 * @param id agency, id and version under which data queries name it
 * @param name in words
 * @param dataflow what is given
 * @param provider the party that gives
 * @param consumer the party that receives
 * @param allowed what may cross
 */
public record ProvisionAgreement(
        ArtefactId id, LocalName name, Dataflow dataflow, String provider, String consumer, CubeRegion allowed) {}
