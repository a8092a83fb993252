package org.entente.gateway.exchange;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.entente.agreements.Leg;
import org.entente.agreements.life.AgreementFile;
import org.entente.gateway.statistics.Dataflow;
import org.entente.gateway.statistics.Dataflows;
import org.jspecify.annotations.Nullable;

/** The dataflow that a call between nodes is of: its address names the leg, and the leg names the flow. */
final class LegFlows {
    private LegFlows() {}

    /**
     * The flow of the leg that a request names; of one that names none, the flow of all legs in question if they have the same; in any other
     * case the first that the node knows, and the decision says what is wrong with the leg.
     *
     * @param files the agreements between the two
     * @param headers what the request says of agreement and leg
     */
    static Dataflow of(Dataflows dataflows, List<AgreementFile> files, ExchangeHeaders headers) {
        return of(dataflows, files, headers.agreement(), headers.leg());
    }

    private static Dataflow of(
            Dataflows dataflows, List<AgreementFile> files, @Nullable String agreement, @Nullable String leg) {
        Set<Dataflow> flows = new LinkedHashSet<>();
        for (AgreementFile file : files) {
            boolean named = agreement == null
                    || agreement.equals(file.digest())
                    || agreement.equals(file.agreement().id());
            for (Leg candidate : named ? file.agreement().legs() : List.<Leg>of()) {
                if (leg == null || leg.equals(candidate.id())) {
                    of(dataflows, candidate).ifPresent(flows::add);
                }
            }
        }
        return flows.size() == 1 ? flows.iterator().next() : dataflows.all().getFirst();
    }

    /** The flow of a leg, if this node knows it. */
    static Optional<Dataflow> of(Dataflows dataflows, Leg leg) {
        return dataflows.find(leg.dataflow().toString());
    }
}
