package org.entente.gateway.exchange;

import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.entente.agreements.Leg;
import org.entente.agreements.decision.AgreementBook;
import org.entente.agreements.life.AgreementFile;
import org.entente.gateway.statistics.Dataflow;
import org.entente.gateway.statistics.Dataflows;

/** The dataflow that a call between nodes is of: its address names the leg, and the leg names the flow. */
final class LegFlows {
    private LegFlows() {}

    /**
     * The flow of the leg that a request names; of one that names none, the flow of all legs in question if they have the same; in any other
     * case the first that the node knows, and the decision says what is wrong with the leg.
     *
     * @param book the agreements between the two
     * @param headers what the request says of agreement and leg
     * @param now when it is decided
     */
    static Dataflow of(Dataflows dataflows, AgreementBook book, ExchangeHeaders headers, Instant now) {
        String agreement = headers.agreement();
        List<AgreementFile> files = agreement == null
                ? book.current(now)
                : book.named(agreement, now).stream().toList();
        Set<Dataflow> flows = new LinkedHashSet<>();
        for (AgreementFile file : files) {
            for (Leg candidate : file.agreement().legs()) {
                if (headers.leg() == null || headers.leg().equals(candidate.id())) {
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
