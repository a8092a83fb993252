package org.entente.gateway.exchange;

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
import org.entente.gateway.releases.PublishedRelease;
import org.entente.gateway.statistics.ArtefactId;
import org.jspecify.annotations.Nullable;

/** What a provider knows at the moment at which it decides, wherever it keeps it. */
public interface Circumstances {
    /** The agreements with a party. */
    AgreementBook bookWith(String party);

    /** The newest published release of each of the named datasets; of all datasets under the dataflow if none is named. */
    List<PublishedRelease> current(ArtefactId flow, Collection<String> datasets);

    /** What is stopped for a party. */
    default List<Facts.Hold> holds(String party) {
        return List.of();
    }

    /** Why a release does not answer any more. */
    default Optional<Recalls.Recall> recall(String release) {
        return Optional.empty();
    }

    /** What has been used under each leg that has a quota and may be meant. */
    SortedMap<String, Facts.QuotaUse> quotas(@Nullable AgreementFile file, @Nullable Leg leg);

    /** The row changes that charge a permit, where quotas are kept in rows. */
    default List<Write> charge(Decision.Permit permit, @Nullable Quota quota, long cells) {
        return List.of();
    }

    /** The national law's floor; null if there is none. */
    Facts.@Nullable NationalFloor floor();
}
