package org.entente.gateway.exchange;

import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.UUID;
import org.entente.agreements.life.AgreementFile;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
import org.entente.gateway.partners.NodeIdentity;
import org.entente.gateway.releases.PublishedRelease;
import org.entente.gateway.releases.Releases;
import org.entente.gateway.sdmx.BoundQuery;
import org.entente.gateway.sdmx.DataQuery;
import org.entente.gateway.statistics.AreaCodes;
import org.entente.gateway.statistics.Cube;
import org.entente.gateway.statistics.Dataflow;
import org.entente.gateway.treaties.Treaties;
import org.jspecify.annotations.Nullable;

/**
 * One place for a node's own staff to ask: by reporting area, a query is answered from own releases, from holdings, or by an exchange with the
 * partner whose area it is. Nothing is silently missing: if one of the parties asked cannot answer, the query fails and names it.
 */
@Singleton
public class StaffData {
    /** Query parameters of this service besides the standard's. */
    public static final Set<String> PARAMETERS =
            Set.of("agreement", "leg", "purpose", "fresh", "exchange", "askAnyway", "export");

    private static final String DEFAULT_PURPOSE = "statistics";

    private final Asking asking;
    private final Releases releases;
    private final Recalls recalls;
    private final Treaties treaties;
    private final NodeIdentity identity;
    private final AreaCodes areas;
    private final Dataflow dataflow;
    private final Cubes cubes;

    StaffData(
            Asking asking,
            Releases releases,
            Recalls recalls,
            Treaties treaties,
            NodeIdentity identity,
            AreaCodes areas,
            Dataflow dataflow,
            Cubes cubes) {
        this.asking = asking;
        this.releases = releases;
        this.recalls = recalls;
        this.treaties = treaties;
        this.identity = identity;
        this.areas = areas;
        this.dataflow = dataflow;
        this.cubes = cubes;
    }

    /**
     * What a query found.
     *
     * @param cube all cells, not yet narrowed by the query
     * @param query as it was bound
     * @param figures where partners' cells came from, one per party asked
     */
    public record Found(Cube cube, BoundQuery query, List<Asking.Figures> figures) {}

    /** The dataflow that this node serves. */
    public Dataflow dataflow() {
        return dataflow;
    }

    /**
     * Answers a query of a member of staff.
     *
     * @throws EntenteException as {@link Asking#ask} does, or {@code partner-unknown} for an area that is no partner's
     */
    public Found find(DataQuery query, Question.Asker asker) {
        requireServed(query);
        BoundQuery bound = query.bind(dataflow.structure());
        List<Cube> parts = new ArrayList<>();
        List<Asking.Figures> figures = new ArrayList<>();
        for (String party : parties(bound)) {
            if (party.equals(identity.party())) {
                releases.current(dataflow.id()).forEach(release -> parts.add(own(release, bound)));
            } else {
                Asking.Figures answer = asking.ask(question(query, bound, party, asker));
                figures.add(answer);
                parts.add(
                        cubes.read(dataflow, answer.bodyDigest(), answer.body()).slice(bound.selection()));
            }
        }
        return new Found(Merged.of(dataflow.structure(), parts), bound, figures);
    }

    /** A release of this node; one that is recalled is not shown to its own staff either. */
    private Cube own(PublishedRelease release, BoundQuery bound) {
        Cube slice = release.cube().slice(bound.selection());
        recalls.own(release.id()).filter(recall -> !slice.isEmpty()).ifPresent(recall -> {
            throw Recalls.recalled(identity.party(), recall, null, "");
        });
        return slice;
    }

    /**
     * The question that a query puts to the one partner whose area it asks for.
     *
     * @throws EntenteException {@code request-malformed} if it asks for this node's own figures or those of several partners
     */
    Question single(DataQuery query, Question.Asker asker) {
        requireServed(query);
        BoundQuery bound = query.bind(dataflow.structure());
        SortedSet<String> parties = parties(bound);
        if (parties.size() != 1 || parties.first().equals(identity.party())) {
            throw new EntenteException(
                    ErrorCode.REQUEST_MALFORMED,
                    "A sealed file goes to one partner; the query asks for figures of " + String.join(", ", parties)
                            + ". Name one partner's reporting area.");
        }
        return question(query, bound, parties.first(), asker);
    }

    private Question question(DataQuery query, BoundQuery bound, String party, Question.Asker asker) {
        Map<String, String> parameters = query.extensions();
        Question question = Question.of(
                ownAreaOnly(bound, party),
                dataflow,
                party,
                parameters.get("agreement"),
                parameters.get("leg"),
                parameters.getOrDefault("purpose", DEFAULT_PURPOSE),
                asker);
        question = isTrue(parameters.get("askAnyway")) ? question.anyway() : question;
        question = isTrue(parameters.get("fresh")) ? question.asFresh() : question;
        String exchange = parameters.get("exchange");
        return exchange == null ? question : question.repeating(exchangeId(exchange));
    }

    /** Of several reporting areas in one query, a partner is asked only for its own. */
    private BoundQuery ownAreaOnly(BoundQuery bound, String party) {
        String reporting = dataflow.structure().reportingArea().id();
        var asked = new java.util.TreeMap<>(bound.asked());
        SortedSet<String> own = new TreeSet<>();
        BoundQuery.Asked named = bound.asked().get(reporting);
        for (String area : named == null ? Set.<String>of() : named.named()) {
            if (party.equals(areas.partyOf(area).orElse(null))) {
                own.add(area);
            }
        }
        if (own.isEmpty()) {
            areas.areaOf(party).ifPresent(own::add);
        }
        asked.put(reporting, new BoundQuery.Asked(own, false));
        return new BoundQuery(
                bound.query(),
                bound.structure(),
                bound.selection(),
                asked,
                bound.time(),
                bound.projection(),
                bound.dimensionAtObservation());
    }

    /** The parties whose areas are asked for; for a query that names none, this node and all partners with a leg towards it. */
    private SortedSet<String> parties(BoundQuery bound) {
        SortedSet<String> parties = new TreeSet<>();
        BoundQuery.Asked asked =
                bound.asked().get(dataflow.structure().reportingArea().id());
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
        for (AgreementFile file : treaties.files()) {
            file.agreement().legs().stream()
                    .filter(leg -> leg.consumer().equals(identity.party()))
                    .forEach(leg -> parties.add(leg.provider()));
        }
        return parties;
    }

    private void requireServed(DataQuery query) {
        boolean served = switch (query.context()) {
            case DATAFLOW, ANY ->
                !query.artefact().select(List.of(dataflow), Dataflow::id).isEmpty();
            case DATASTRUCTURE ->
                !query.artefact()
                        .select(List.of(dataflow.structure()), structure -> structure.id())
                        .isEmpty();
            case PROVISIONAGREEMENT -> false;
        };
        if (!served) {
            throw new EntenteException(
                    ErrorCode.NOT_FOUND,
                    "This node serves data of " + dataflow.id() + "; the query names another artefact.");
        }
    }

    private static UUID exchangeId(String text) {
        return ExchangeHeaders.exchangeId(text);
    }

    private static boolean isTrue(@Nullable String text) {
        return "true".equals(text);
    }
}
