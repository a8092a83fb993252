package org.entente.agreements;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One direction of the exchange (clauses 4, 5, 7 to 16, 21 and 26).
 *
 * @param id id of the leg, unique in the agreement; also the id of the SDMX provision agreement
 * @param version semantic version of the leg, as SDMX wants it
 * @param provider party id, or {@link #MEMBERS} in a framework
 * @param consumer party id, or {@link #MEMBERS} in a framework
 * @param datasets national table ids of the provider that feed the leg; empty when any may
 * @param measure id of the measure, for example {@code OBS_VALUE}
 * @param receiptHours hours within which the consumer owes a signed receipt
 */
public record Leg(
        String id,
        String version,
        Text title,
        String provider,
        String consumer,
        ArtefactRef dataflow,
        Standards standards,
        List<String> datasets,
        String measure,
        Population population,
        AllowedCube cube,
        List<Purpose> purposes,
        Access access,
        DisclosureRule disclosure,
        Coverage coverage,
        @Nullable Quota quota,
        Calendar calendar,
        Onward onward,
        Retention retention,
        int receiptHours,
        Answering answering) {
    /** Stands for every member of a framework. */
    public static final String MEMBERS = "@MEMBERS";

    public Leg {
        datasets = Copies.of(datasets);
        purposes = Copies.of(purposes);
    }

    /** The leg as a crisis pack of it goes (clause 32): with the pack's cube, for crisis response too, and without quota. */
    public Leg ofPack(CrisisClause.Pack pack) {
        return forCrisisResponse(pack.cube(), null);
    }

    /** The leg as it answers while a declared crisis lasts (clause 32): with the wider cube, for crisis response too. */
    public Leg inCrisis(CrisisClause.Widening widening) {
        return forCrisisResponse(widening.cube(), widening.quota() == null ? quota : widening.quota());
    }

    private Leg forCrisisResponse(AllowedCube wider, @Nullable Quota limit) {
        List<Purpose> widened = new ArrayList<>(purposes);
        if (!widened.contains(Purpose.CRISIS_RESPONSE)) {
            widened.add(Purpose.CRISIS_RESPONSE);
        }
        return new Leg(
                id,
                version,
                title,
                provider,
                consumer,
                dataflow,
                standards,
                datasets,
                measure,
                population,
                wider,
                widened,
                access,
                disclosure,
                coverage,
                limit,
                calendar,
                onward,
                retention,
                receiptHours,
                answering);
    }

    /** Structure and codelists by which the leg's codes are read (clause 10). */
    public record Standards(ArtefactRef structure, List<ArtefactRef> codelists) {
        public Standards {
            codelists = Copies.of(codelists);
        }
    }
}
