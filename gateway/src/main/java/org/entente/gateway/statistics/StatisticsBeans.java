package org.entente.gateway.statistics;

import io.micronaut.context.annotation.Factory;
import jakarta.inject.Singleton;

/** The structures that ship with the application, read once per node. */
@Factory
final class StatisticsBeans {

    @Singleton
    Dataflow diaspora() {
        return DiasporaStructure.load();
    }

    @Singleton
    AreaCodes areaCodes() {
        return AreaCodes.load();
    }
}
