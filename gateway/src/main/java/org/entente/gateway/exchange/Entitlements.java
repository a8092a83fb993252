package org.entente.gateway.exchange;

import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.entente.agreements.Leg;
import org.entente.agreements.decision.AgreementBook;
import org.entente.agreements.decision.DataRequest;
import org.entente.agreements.decision.Decision;
import org.entente.agreements.decision.Decisions;
import org.entente.agreements.decision.Facts;
import org.entente.agreements.decision.TimeSelection;
import org.entente.agreements.life.AgreementFile;
import org.entente.gateway.partners.NodeIdentity;
import org.entente.gateway.releases.NationalLaw;
import org.entente.gateway.releases.PublishedRelease;
import org.entente.gateway.statistics.Cube;
import org.entente.gateway.statistics.Dataflow;
import org.entente.gateway.statistics.Dataflows;
import org.entente.gateway.statistics.TimePeriod;
import org.entente.gateway.treaties.Treaties;

/**
 * What of this node's releases a partner has a right to: by the same decision as on a request for the whole of a leg, apart from what its
 * quota has left.
 */
@Singleton
public final class Entitlements {
    private final Treaties treaties;
    private final Holds holds;
    private final Recalls recalls;
    private final NationalLaw national;
    private final NodeIdentity identity;
    private final Dataflows dataflows;
    private final Clock clock;

    Entitlements(
            Treaties treaties,
            Holds holds,
            Recalls recalls,
            NationalLaw national,
            NodeIdentity identity,
            Dataflows dataflows,
            Clock clock) {
        this.treaties = treaties;
        this.holds = holds;
        this.recalls = recalls;
        this.national = national;
        this.identity = identity;
        this.dataflows = dataflows;
        this.clock = clock;
    }

    /**
     * What a partner may have of a release.
     *
     * @param cells how many cells
     * @param from their first period; empty if there are none
     * @param to their last period
     * @param refusal why nothing; empty if something
     */
    public record Entitled(long cells, String from, String to, String refusal) {
        private static Entitled refused(String why) {
            return new Entitled(0, "", "", why);
        }
    }

    /** Of the legs of a text those under which this node answers a party, whatever state the text is in. */
    public List<Leg> legsTowards(AgreementFile file, String consumer) {
        return file.agreement().legs().stream()
                .filter(leg -> file.runs(leg, identity.party(), consumer))
                .toList();
    }

    /** The dataflow of a leg, if this node knows it. */
    public Optional<Dataflow> flow(Leg leg) {
        return LegFlows.of(dataflows, leg);
    }

    /** What a consumer may have of a release under a leg now. */
    public Entitled of(AgreementFile file, Leg leg, String consumer, PublishedRelease release) {
        Optional<Dataflow> flow = flow(leg);
        if (flow.isEmpty()) {
            return Entitled.refused("The dataflow " + leg.dataflow() + " is not known here.");
        }
        if (recalls.own(release.id()).isPresent()) {
            return Entitled.refused("The release " + release.id() + " is recalled.");
        }
        Decision decision = decide(file, leg, consumer, release, flow.get());
        if (decision instanceof Decision.Refusal refusal) {
            return Entitled.refused(Refusals.sentence(refusal));
        }
        Cube granted = Granted.of(release.cube(), ((Decision.Permit) decision).slice());
        List<TimePeriod> periods = granted.codes(flow.get().structure().time().id()).stream()
                .map(TimePeriod::parse)
                .sorted()
                .toList();
        return periods.isEmpty()
                ? Entitled.refused("The release " + release.id() + " holds no cell that the leg allows.")
                : new Entitled(
                        granted.observationCount(),
                        periods.getFirst().text(),
                        periods.getLast().text(),
                        "");
    }

    private Decision decide(AgreementFile file, Leg leg, String consumer, PublishedRelease release, Dataflow flow) {
        Instant now = clock.instant();
        AgreementBook book = treaties.bookWith(consumer);
        Facts facts = new Facts(
                now,
                Facts.Side.PROVIDER,
                holds.facts(consumer),
                QuotaWindows.state(file, leg, now, (agreement, id, window) -> new Facts.QuotaUse(window, 0, 0)),
                release.coverage(),
                release.fact(),
                national.floor(),
                book.journalSize());
        DataRequest whole = new DataRequest(
                consumer,
                identity.party(),
                file.digest(),
                leg.id(),
                leg.dataflow(),
                leg.purposes().getFirst().token(),
                leg.access().roles().getFirst(),
                leg.access().authorities().isEmpty()
                        ? null
                        : leg.access().authorities().getFirst(),
                new java.util.TreeMap<>(),
                TimeSelection.ALL);
        return Decisions.decide(whole, book, facts, OwnDecision.roles(flow.structure()));
    }
}
