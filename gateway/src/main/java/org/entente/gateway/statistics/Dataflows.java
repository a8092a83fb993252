package org.entente.gateway.statistics;

import java.util.List;
import java.util.Optional;

/** The dataflows that this node knows: those that ship with the application and those that were imported. */
public interface Dataflows {

    /** All of them, those that ship first; the list is a snapshot. */
    List<Dataflow> all();

    /** The dataflow of exactly this id. */
    default Optional<Dataflow> find(ArtefactId id) {
        return all().stream().filter(flow -> flow.id().equals(id)).findFirst();
    }

    /** The dataflow that agreements and datasets name as {@code AGENCY:ID(VERSION)}. */
    default Optional<Dataflow> find(String text) {
        return all().stream().filter(flow -> flow.id().toString().equals(text)).findFirst();
    }
}
