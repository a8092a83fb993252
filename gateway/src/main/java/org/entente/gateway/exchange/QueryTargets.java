package org.entente.gateway.exchange;

import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.entente.agreements.Leg;
import org.entente.agreements.life.AgreementFile;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
import org.entente.gateway.partners.NodeIdentity;
import org.entente.gateway.sdmx.BoundQuery;
import org.entente.gateway.sdmx.DataQuery;
import org.entente.gateway.sdmx.DataQuery.Context;
import org.entente.gateway.statistics.AreaCodes;
import org.entente.gateway.statistics.ArtefactId;
import org.entente.gateway.statistics.Dataflow;
import org.entente.gateway.statistics.Dataflows;
import org.entente.gateway.statistics.Structure;
import org.entente.gateway.treaties.Treaties;
import org.jspecify.annotations.Nullable;

/** Of which dataflow a query of staff is, and whose figures it asks for. */
@Singleton
final class QueryTargets {
    private final Treaties treaties;
    private final NodeIdentity identity;
    private final AreaCodes areas;
    private final Dataflows dataflows;
    private final Clock clock;

    QueryTargets(Treaties treaties, NodeIdentity identity, AreaCodes areas, Dataflows dataflows, Clock clock) {
        this.treaties = treaties;
        this.identity = identity;
        this.areas = areas;
        this.dataflows = dataflows;
        this.clock = clock;
    }

    /**
     * Whose figures are asked for, and under which leg if the query says so.
     *
     * @param flow the one under which that party is asked
     */
    record Target(
            Dataflow flow,
            String party,
            @Nullable String agreement,
            @Nullable String leg) {
        String label() {
            return leg == null ? party : party + "/" + leg;
        }
    }

    /**
     * A query with what it is of.
     *
     * @param flow of which the answer is a message
     */
    record Scope(Dataflow flow, BoundQuery query, List<Target> targets) {}

    /** A leg under which this node may ask, as the provision agreement that tools see. */
    private record Provision(ArtefactId id, Target target) {}

    /**
     * Finds out what a query is of: in the context of provision agreements the legs it names, each under its agreement, else the parties
     * whose areas it asks for.
     *
     * @throws EntenteException {@code not-found} if this node has no such flow, {@code query-unfit} if the query names flows of several
     *     structures or none that holds them all, {@code partner-unknown} for an area that is no party's
     */
    Scope of(DataQuery query) {
        List<Dataflow> flows = flows(query);
        if (!flows.isEmpty()) {
            Dataflow flow = one(flows);
            BoundQuery bound = query.bindWithHistory(flow.structure());
            List<Target> targets = parties(flow, bound).stream()
                    .map(party -> new Target(flow, party, null, null))
                    .toList();
            return new Scope(flow, bound, targets);
        }
        List<Target> legs = query.inContext(Context.PROVISIONAGREEMENT)
                ? query.artefact().select(provisions(), Provision::id).stream()
                        .map(Provision::target)
                        .toList()
                : List.of();
        if (legs.isEmpty()) {
            throw new EntenteException(
                    ErrorCode.NOT_FOUND,
                    "This node serves data of its dataflows, such as "
                            + dataflows.all().getFirst().id() + ", and of the legs under which it may ask; the query"
                            + " names another artefact.");
        }
        Dataflow flow = one(legs.stream().map(Target::flow).collect(Collectors.toCollection(LinkedHashSet::new)));
        return new Scope(flow, query.bindWithHistory(flow.structure()), legs);
    }

    private List<Dataflow> flows(DataQuery query) {
        Set<Dataflow> flows = new LinkedHashSet<>();
        List<Dataflow> all = dataflows.all();
        if (query.inContext(Context.DATAFLOW)) {
            flows.addAll(query.artefact().select(all, Dataflow::id));
        }
        if (query.inContext(Context.DATASTRUCTURE)) {
            Map<ArtefactId, Structure> structures = new LinkedHashMap<>();
            all.forEach(flow -> structures.putIfAbsent(flow.structure().id(), flow.structure()));
            query.artefact()
                    .select(List.copyOf(structures.values()), Structure::id)
                    .forEach(structure -> all.stream()
                            .filter(flow -> flow.structure().id().equals(structure.id()))
                            .forEach(flows::add));
        }
        return List.copyOf(flows);
    }

    /** The one flow, or of several flows of one structure that which is not confined. */
    private static Dataflow one(Collection<Dataflow> flows) {
        if (flows.size() == 1) {
            return flows.iterator().next();
        }
        boolean alike =
                flows.stream().map(flow -> flow.structure().id()).distinct().count() == 1;
        return flows.stream()
                .filter(flow -> alike && flow.region().isWhole())
                .findFirst()
                .orElseThrow(() -> new EntenteException(
                        ErrorCode.QUERY_UNFIT,
                        "One answer holds data of one dataflow; the query names "
                                + flows.stream()
                                        .map(flow -> flow.id().toString())
                                        .collect(Collectors.joining(", "))
                                + "."));
    }

    /** The parties whose areas are asked for; for a query that names none, this node and all partners with a leg of the flow towards it. */
    private SortedSet<String> parties(Dataflow flow, BoundQuery bound) {
        SortedSet<String> parties = new TreeSet<>();
        BoundQuery.Asked asked =
                bound.asked().get(flow.structure().reportingArea().id());
        if (asked != null && !asked.whole()) {
            for (String area : asked.named()) {
                parties.add(areas.partyOf(area)
                        .orElseThrow(() -> new EntenteException(
                                ErrorCode.PARTNER_UNKNOWN,
                                "The reporting area " + area + " is no party's territory.")));
            }
            return parties;
        }
        parties.add(identity.party());
        String id = flow.id().toString();
        for (AgreementFile file : inEffect()) {
            file.agreement().legs().stream()
                    .filter(leg -> leg.dataflow().toString().equals(id))
                    .forEach(leg -> parties.addAll(file.providersTo(leg, identity.party())));
        }
        return parties;
    }

    /**
     * The dataflows of the legs under which this node may ask.
     *
     * @param agreement id of the agreement, or null for any
     * @param leg id of the leg, or null for any
     */
    List<Dataflow> flows(@Nullable String agreement, @Nullable String leg) {
        return provisions().stream()
                .map(Provision::target)
                .filter(target -> agreement == null || agreement.equals(target.agreement()))
                .filter(target -> leg == null || leg.equals(target.leg()))
                .map(Target::flow)
                .distinct()
                .toList();
    }

    private List<Provision> provisions() {
        Map<ArtefactId, Provision> provisions = new LinkedHashMap<>();
        for (AgreementFile file : inEffect()) {
            for (Leg leg : file.agreement().legs()) {
                dataflows
                        .find(leg.dataflow().toString())
                        .ifPresent(flow -> file.providersTo(leg, identity.party())
                                .forEach(provider -> provision(file, leg, flow, provider, provisions)));
            }
        }
        return List.copyOf(provisions.values());
    }

    private static void provision(
            AgreementFile file, Leg leg, Dataflow flow, String provider, Map<ArtefactId, Provision> provisions) {
        ArtefactId id = new ArtefactId(provider, leg.id(), leg.version());
        provisions.put(
                id,
                new Provision(id, new Target(flow, provider, file.agreement().id(), leg.id())));
    }

    private List<AgreementFile> inEffect() {
        Instant now = clock.instant();
        return treaties.files().stream()
                .filter(file -> file.at(now).phase().applies())
                .toList();
    }
}
