package org.entente.gateway.operations;

import jakarta.inject.Singleton;
import java.util.List;
import java.util.stream.Collectors;
import org.entente.gateway.evidence.reconciliation.Reconciliation;
import org.entente.gateway.evidence.witness.OutsideWitnesses;
import org.entente.gateway.evidence.witness.Witness;

/** Whether partners' journals are what they were, and could be looked at. */
@Singleton
final class WitnessHealth implements HealthCheck {

    private final Witness witness;
    private final OutsideWitnesses outside;
    private final Reconciliation reconciliation;

    WitnessHealth(Witness witness, OutsideWitnesses outside, Reconciliation reconciliation) {
        this.witness = witness;
        this.outside = outside;
        this.reconciliation = reconciliation;
    }

    @Override
    public String name() {
        return "witness";
    }

    @Override
    public Finding look() {
        List<Witness.Standing> all = witness.standings();
        String stopped = all.stream()
                .filter(Witness.Standing::stopped)
                .map(Witness.Standing::party)
                .collect(Collectors.joining(", "));
        if (!stopped.isEmpty()) {
            return new Finding(
                    Status.DEGRADED,
                    "ALARM: the journal of " + stopped
                            + " contradicts itself; exchanges are stopped until a person decides (`witness list`)");
        }
        String unseen = all.stream()
                .filter(standing -> standing.problem() != null)
                .map(Witness.Standing::party)
                .collect(Collectors.joining(", "));
        String silent = outside.standings().stream()
                .filter(standing -> standing.problem() != null)
                .map(OutsideWitnesses.Standing::name)
                .collect(Collectors.joining(", "));
        String different = reconciliation.newest().stream()
                .filter(report -> !report.differences().isEmpty())
                .map(Reconciliation.Report::partner)
                .collect(Collectors.joining(", "));
        if (!different.isEmpty()) {
            return new Finding(
                    Status.DEGRADED,
                    "records of exchanges with " + different + " differ from the partner's (`journal reconcile`)");
        }
        if (unseen.isEmpty() && silent.isEmpty()) {
            return Finding.up();
        }
        return new Finding(
                Status.DEGRADED,
                (unseen.isEmpty() ? "" : "the journal of " + unseen + " cannot be looked at; ")
                        + (silent.isEmpty() ? "" : "the witnesses " + silent + " do not cosign; ")
                        + "the log says why");
    }
}
