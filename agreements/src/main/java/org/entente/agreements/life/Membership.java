package org.entente.agreements.life;

import java.time.Instant;
import java.util.List;
import org.entente.agreements.AreaList;
import org.entente.agreements.Copies;
import org.entente.agreements.Iso;
import org.entente.agreements.IsoDate;
import org.entente.agreements.Party;
import org.entente.agreements.Text;
import org.jspecify.annotations.Nullable;

/** Acts by which states join a framework, choose its tables, and leave it (clause 33), and by which its chair or host changes. */
public sealed interface Membership extends Instrument {
    /**
     * Accession by a state that the text does not name.
     *
     * @param entry the party as the list of parties would hold it, its root card included
     * @param areas the party's areas that the agreement's list lacks, with their names
     * @param optOuts legs that the state does not take part in
     * @param reservation a reservation; only to a treaty
     */
    record Acceded(
            String id,
            String agreement,
            String digest,
            String party,
            @Iso Instant at,
            Party entry,
            List<AreaList.Area> areas,
            List<String> optOuts,
            @Nullable Text reservation,
            @Nullable Signatory signatory)
            implements Membership {
        public Acceded {
            areas = Copies.of(areas);
            optOuts = Copies.of(optOuts);
        }
    }

    /**
     * A party accepts an accession, where the agreement asks for that.
     *
     * @param member the acceding party
     */
    record AccessionAccepted(
            String id,
            String agreement,
            String digest,
            String party,
            @Iso Instant at,
            String member) implements Membership {}

    /** The party takes no part in one leg, as provider or consumer. */
    record OptedOut(
            String id,
            String agreement,
            String digest,
            String party,
            @Iso Instant at,
            String leg,
            @Nullable String reason)
            implements Membership {}

    /** The party takes part in a leg again. */
    record OptedIn(
            String id,
            String agreement,
            String digest,
            String party,
            @Iso Instant at,
            String leg) implements Membership {}

    /**
     * A declaration that is kept and shown with the agreement; it changes nothing in what passes.
     *
     * @param leg the leg it is about; absent for the whole
     */
    record Declared(
            String id,
            String agreement,
            String digest,
            String party,
            @Iso Instant at,
            @Nullable String leg,
            Text text) implements Membership {}

    /** Notice that the party leaves the framework. */
    record Withdrawn(
            String id,
            String agreement,
            String digest,
            String party,
            @Iso Instant at,
            String reason) implements Membership {}

    /**
     * One party's vote that a member be excluded; the member leaves once as many have voted as the clause asks.
     *
     * @param member the party to be excluded
     */
    record Excluded(
            String id,
            String agreement,
            String digest,
            String party,
            @Iso Instant at,
            String member,
            String reason) implements Membership {}

    /**
     * The chair or the host of a framework passes to another.
     *
     * @param office which of the two
     * @param to the party that takes over; for the host also the name of an organisation
     * @param from first day, in the agreement's time zone
     */
    record ChairHandedOver(
            String id,
            String agreement,
            String digest,
            String party,
            @Iso Instant at,
            Office office,
            String to,
            IsoDate from)
            implements Membership {}

    /** An office that rotates. */
    enum Office {
        CHAIR,
        HOST
    }
}
