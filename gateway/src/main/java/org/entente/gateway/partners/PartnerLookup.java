package org.entente.gateway.partners;

import java.util.Optional;

/** Whose cards a person has confirmed here. */
@FunctionalInterface
public interface PartnerLookup {
    /** The partner of that party, stopped or not. */
    Optional<Partner> find(String party);
}
