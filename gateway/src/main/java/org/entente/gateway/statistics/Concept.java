package org.entente.gateway.statistics;

/**
 * What a component means.
 *
 * @param id unique within its structure's concept scheme
 * @param name short name
 * @param description one or two sentences for a person
 */
public record Concept(String id, LocalName name, LocalName description) {}
