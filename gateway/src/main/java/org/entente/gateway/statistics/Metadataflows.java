package org.entente.gateway.statistics;

import java.util.List;
import java.util.Optional;

/** The metadataflows that this node knows: the one that ships with the application and those that were imported. */
public interface Metadataflows {

    /** All of them, the one that ships first; the list is a snapshot. */
    List<Metadataflow> metadataflows();

    /** The metadataflow that is written {@code AGENCY:ID(VERSION)}. */
    default Optional<Metadataflow> findMetadataflow(String text) {
        return metadataflows().stream()
                .filter(flow -> flow.id().toString().equals(text))
                .findFirst();
    }
}
