package org.entente.gateway.statistics;

import org.jspecify.annotations.Nullable;

/**
 * What a component means.
 *
 * @param id unique within its concept scheme
 * @param name short name
 * @param description one or two sentences for a person
 * @param scheme the concept scheme that holds it, or null if it is its structure's own
 */
public record Concept(
        String id,
        LocalName name,
        LocalName description,
        @Nullable ArtefactId scheme) {

    /** A concept of its structure's own scheme. */
    public Concept(String id, LocalName name, LocalName description) {
        this(id, name, description, null);
    }
}
