package org.entente.gateway.statistics;

import io.micronaut.context.annotation.Factory;
import jakarta.inject.Singleton;
import java.util.List;

/** The structures that ship with the application, read once per node. */
@Factory
final class StatisticsBeans {

    @Singleton
    Dataflow diaspora() {
        return DiasporaStructure.load();
    }

    @Singleton
    Dataflows dataflows(Dataflow diaspora) {
        List<Dataflow> shipped = DiasporaStructure.flows(diaspora);
        return () -> shipped;
    }

    @Singleton
    AreaCodes areaCodes() {
        return AreaCodes.load();
    }
}
