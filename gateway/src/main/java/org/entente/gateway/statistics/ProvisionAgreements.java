package org.entente.gateway.statistics;

import java.util.List;

/** The provision agreements to which this node's party belongs. Implemented by what knows agreements. */
public interface ProvisionAgreements {

    /** Those in effect at the moment, in a fixed order. */
    List<ProvisionAgreement> all();
}
