package org.entente.gateway.exchange;

import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import org.entente.agreements.Leg;
import org.entente.agreements.Quota;
import org.entente.agreements.decision.AgreementBook;
import org.entente.agreements.decision.Decision;
import org.entente.agreements.decision.Facts;
import org.entente.agreements.life.AgreementFile;
import org.entente.gateway.journal.Write;
import org.entente.gateway.releases.NationalLaw;
import org.entente.gateway.releases.PublishedRelease;
import org.entente.gateway.releases.Releases;
import org.entente.gateway.statistics.ArtefactId;
import org.entente.gateway.treaties.Treaties;
import org.jspecify.annotations.Nullable;

/** What this node knows when it decides. */
@Singleton
final class NodeCircumstances implements Circumstances {
    private final Treaties treaties;
    private final Releases releases;
    private final Quotas quotas;
    private final Holds holds;
    private final Recalls recalls;
    private final NationalLaw national;

    NodeCircumstances(
            Treaties treaties, Releases releases, Quotas quotas, Holds holds, Recalls recalls, NationalLaw national) {
        this.treaties = treaties;
        this.releases = releases;
        this.quotas = quotas;
        this.holds = holds;
        this.recalls = recalls;
        this.national = national;
    }

    @Override
    public AgreementBook bookWith(String party) {
        return treaties.bookWith(party);
    }

    @Override
    public List<PublishedRelease> current(ArtefactId flow, Collection<String> datasets) {
        return releases.current(flow, datasets);
    }

    @Override
    public List<Facts.Hold> holds(String party) {
        return holds.facts(party);
    }

    @Override
    public Optional<Recalls.Recall> recall(String release) {
        return recalls.own(release);
    }

    @Override
    public SortedMap<String, Facts.QuotaUse> quotas(@Nullable AgreementFile file, @Nullable Leg leg) {
        return quotas.state(file, leg);
    }

    @Override
    public List<Write> charge(Decision.Permit permit, @Nullable Quota quota, long cells) {
        return quotas.charge(permit, quota, cells);
    }

    @Override
    public Facts.@Nullable NationalFloor floor() {
        return national.floor();
    }
}
