package org.entente.gateway.exchange;

import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;
import org.entente.agreements.Leg;
import org.entente.agreements.life.AgreementFile;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
import org.entente.gateway.partners.NodeIdentity;
import org.entente.gateway.releases.PublishedRelease;
import org.entente.gateway.releases.Releases;
import org.entente.gateway.sdmx.BoundQuery;
import org.entente.gateway.sdmx.DataMessage;
import org.entente.gateway.sdmx.DataQuery;
import org.entente.gateway.sdmx.MessageHeader;
import org.entente.gateway.statistics.AreaCodes;
import org.entente.gateway.statistics.ArtefactId;
import org.entente.gateway.statistics.Cube;
import org.entente.gateway.statistics.CubeUnion;
import org.entente.gateway.statistics.Dataflow;
import org.entente.gateway.treaties.Treaties;
import org.jspecify.annotations.Nullable;

/**
 * One place for a node's own staff to ask: by reporting area, a query is answered from own releases, from holdings, or by an exchange with the
 * partner whose area it is. Nothing is silently missing: if one of the parties asked cannot answer, the query fails and names it, unless it
 * says {@code partial=true}; then the answer names it.
 */
@Singleton
public class StaffData {
    /** Query parameters of this service besides the standard's. */
    public static final Set<String> PARAMETERS =
            Set.of("agreement", "leg", "purpose", "fresh", "maxAge", "partial", "exchange", "askAnyway", "export");

    private static final String DEFAULT_PURPOSE = "statistics";

    private final Asking asking;
    private final Releases releases;
    private final Recalls recalls;
    private final Treaties treaties;
    private final NodeIdentity identity;
    private final AreaCodes areas;
    private final Dataflow dataflow;
    private final Cubes cubes;
    private final Clock clock;

    StaffData(
            Asking asking,
            Releases releases,
            Recalls recalls,
            Treaties treaties,
            NodeIdentity identity,
            AreaCodes areas,
            Dataflow dataflow,
            Cubes cubes,
            Clock clock) {
        this.asking = asking;
        this.releases = releases;
        this.recalls = recalls;
        this.treaties = treaties;
        this.identity = identity;
        this.areas = areas;
        this.dataflow = dataflow;
        this.cubes = cubes;
        this.clock = clock;
    }

    /**
     * What a query found.
     *
     * @param cells what it selects of all sources together, not yet paged
     * @param query as it was bound
     * @param own releases of this node that were looked at
     * @param figures where partners' cells came from, one per leg asked
     * @param missing parties that did not answer, of a query that wants the others' figures all the same
     */
    public record Found(
            CubeUnion cells,
            BoundQuery query,
            List<PublishedRelease> own,
            List<Asking.Figures> figures,
            List<Missing> missing) {

        /** The figures as a message. */
        public DataMessage message(Dataflow dataflow, MessageHeader header) {
            return new DataMessage(
                    dataflow,
                    () -> query.paged(cells.cursor()),
                    query.projection(),
                    query.dimensionAtObservation(),
                    header);
        }

        /** Whether there is nothing to show. */
        public boolean isEmpty() {
            return cells.isEmpty() || !query.paged(cells.cursor()).next();
        }

        /** When the youngest of the sources became what it is. */
        public Instant changed() {
            return Stream.concat(
                            own.stream().map(PublishedRelease::publishedAt),
                            figures.stream().map(Asking.Figures::received))
                    .max(Comparator.naturalOrder())
                    .orElse(Instant.EPOCH);
        }

        /** What the content depends on besides the query, as text. */
        String sources() {
            StringBuilder text = new StringBuilder();
            own.forEach(release -> text.append(release.id())
                    .append(' ')
                    .append(release.digest())
                    .append('\n'));
            figures.forEach(one -> text.append(one.provider())
                    .append(' ')
                    .append(HexFormat.of().formatHex(one.bodyDigest()))
                    .append(one.failure() == null ? "\n" : " unheard\n"));
            missing.forEach(one -> text.append(one.party()).append(" missing\n"));
            return text.toString();
        }
    }

    /** A party that did not answer, and why. */
    public record Missing(String party, String code, String sentence) {}

    /** Whose figures are asked for, and under which leg if the query says so. */
    private record Target(
            String party,
            @Nullable String agreement,
            @Nullable String leg) {
        String label() {
            return leg == null ? party : party + "/" + leg;
        }
    }

    /** The dataflow that this node serves. */
    public Dataflow dataflow() {
        return dataflow;
    }

    /**
     * Answers a query of a member of staff.
     *
     * @throws EntenteException as {@link Asking#ask} does, or {@code partner-unknown} for an area that is no partner's; where several parties
     *     were asked, naming all that did not answer
     */
    public Found find(DataQuery query, Question.Asker asker) {
        BoundQuery bound = query.bind(dataflow.structure());
        List<Cube> parts = new ArrayList<>();
        List<PublishedRelease> own = new ArrayList<>();
        List<Asking.Figures> figures = new ArrayList<>();
        Map<String, EntenteException> failures = new LinkedHashMap<>();
        List<Target> targets = targets(query, bound);
        for (Target target : targets) {
            try {
                if (target.party().equals(identity.party())) {
                    for (PublishedRelease release : releases.current(dataflow.id())) {
                        parts.add(own(release, bound));
                        own.add(release);
                    }
                } else {
                    Asking.Figures answer =
                            asking.ask(question(query, bound, target, asker), youngerThan(query.extensions()));
                    parts.add(cubes.read(dataflow, answer.bodyDigest(), answer.content()));
                    figures.add(answer);
                }
            } catch (EntenteException e) {
                if (targets.size() == 1) {
                    throw e;
                }
                failures.put(target.label(), e);
            }
        }
        if (!failures.isEmpty() && (!isTrue(query.extensions().get("partial")) || parts.isEmpty())) {
            throw together(failures);
        }
        CubeUnion cells = CubeUnion.of(dataflow.structure(), parts).slice(bound.selection());
        cells.clash().ifPresent(cell -> {
            throw new EntenteException(
                    ErrorCode.DUPLICATE_KEY, "Two sources contradict each other in " + cell + "; ask for one of them.");
        });
        List<Missing> missing = new ArrayList<>();
        failures.forEach((party, e) -> missing.add(new Missing(party, e.code().code(), e.detail())));
        return new Found(cells, bound, own, figures, missing);
    }

    /** One failure for several parties, all of them named; that answers wait is said only if nothing is worse. */
    private static EntenteException together(Map<String, EntenteException> failures) {
        EntenteException worst = failures.values().stream()
                .filter(e -> e.code() != ErrorCode.ANSWER_WAITS)
                .findFirst()
                .orElse(failures.values().iterator().next());
        if (failures.size() == 1) {
            return worst;
        }
        Map<String, Object> members = new LinkedHashMap<>(worst.members());
        List<Map<String, String>> parties = new ArrayList<>();
        StringBuilder sentence = new StringBuilder();
        failures.forEach((party, e) -> {
            parties.add(Map.of("party", party, "code", e.code().code(), "detail", e.detail()));
            sentence.append(sentence.isEmpty() ? "" : " ")
                    .append(party)
                    .append(": ")
                    .append(e.detail());
        });
        members.put("parties", parties);
        return new EntenteException(worst.code(), sentence.toString(), members, worst);
    }

    private static @Nullable Duration youngerThan(Map<String, String> parameters) {
        String text = parameters.get("maxAge");
        try {
            return text == null ? null : Duration.ofSeconds(Long.parseUnsignedLong(text));
        } catch (NumberFormatException e) {
            throw new EntenteException(
                    ErrorCode.QUERY_MALFORMED, "maxAge is a number of seconds, unlike '" + text + "'.", e);
        }
    }

    /** A release of this node; one that is recalled is not shown to its own staff either. */
    private Cube own(PublishedRelease release, BoundQuery bound) {
        Cube cube = release.cube();
        recalls.own(release.id())
                .filter(recall -> !cube.slice(bound.selection()).isEmpty())
                .ifPresent(recall -> {
                    throw Recalls.recalled(identity.party(), recall, null, "");
                });
        return cube;
    }

    /**
     * The question that a query puts to the one partner whose area it asks for.
     *
     * @throws EntenteException {@code request-malformed} if it asks for this node's own figures or those of several partners
     */
    Question single(DataQuery query, Question.Asker asker) {
        BoundQuery bound = query.bind(dataflow.structure());
        List<Target> targets = targets(query, bound);
        if (targets.size() != 1 || targets.getFirst().party().equals(identity.party())) {
            throw new EntenteException(
                    ErrorCode.REQUEST_MALFORMED,
                    "A sealed file goes to one partner; the query asks for figures of "
                            + String.join(
                                    ", ", targets.stream().map(Target::party).toList())
                            + ". Name one partner's reporting area.");
        }
        return question(query, bound, targets.getFirst(), asker);
    }

    private Question question(DataQuery query, BoundQuery bound, Target target, Question.Asker asker) {
        Map<String, String> parameters = query.extensions();
        Question question = Question.of(
                ownAreaOnly(bound, target.party()),
                dataflow,
                target.party(),
                target.agreement() == null ? parameters.get("agreement") : target.agreement(),
                target.leg() == null ? parameters.get("leg") : target.leg(),
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
        return bound.withAsked(asked);
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
        for (AgreementFile file : inEffect()) {
            file.agreement().legs().forEach(leg -> parties.addAll(file.providersTo(leg, identity.party())));
        }
        return parties;
    }

    /**
     * What a query goes to: in the context of provision agreements the legs it names, each under its agreement, else the parties whose areas
     * it asks for.
     */
    private List<Target> targets(DataQuery query, BoundQuery bound) {
        boolean served = switch (query.context()) {
            case DATAFLOW, ANY ->
                !query.artefact().select(List.of(dataflow), Dataflow::id).isEmpty();
            case DATASTRUCTURE ->
                !query.artefact()
                        .select(List.of(dataflow.structure()), structure -> structure.id())
                        .isEmpty();
            case PROVISIONAGREEMENT -> false;
        };
        if (served) {
            return parties(bound).stream()
                    .map(party -> new Target(party, null, null))
                    .toList();
        }
        List<Target> legs = switch (query.context()) {
            case PROVISIONAGREEMENT, ANY ->
                query.artefact().select(provisions(), Provision::id).stream()
                        .map(Provision::target)
                        .toList();
            case DATAFLOW, DATASTRUCTURE -> List.of();
        };
        if (legs.isEmpty()) {
            throw new EntenteException(
                    ErrorCode.NOT_FOUND,
                    "This node serves data of " + dataflow.id() + " and of the legs under which it may ask; the query"
                            + " names another artefact.");
        }
        return legs;
    }

    /** A leg under which this node may ask, as the provision agreement that tools see. */
    private record Provision(ArtefactId id, Target target) {}

    private List<Provision> provisions() {
        Map<ArtefactId, Provision> provisions = new LinkedHashMap<>();
        for (AgreementFile file : inEffect()) {
            for (Leg leg : file.agreement().legs()) {
                for (String provider : file.providersTo(leg, identity.party())) {
                    ArtefactId id = new ArtefactId(provider, leg.id(), leg.version());
                    provisions.put(
                            id,
                            new Provision(
                                    id, new Target(provider, file.agreement().id(), leg.id())));
                }
            }
        }
        return List.copyOf(provisions.values());
    }

    private List<AgreementFile> inEffect() {
        Instant now = clock.instant();
        return treaties.files().stream()
                .filter(file -> file.at(now).phase().applies())
                .toList();
    }

    private static UUID exchangeId(String text) {
        return ExchangeHeaders.exchangeId(text);
    }

    private static boolean isTrue(@Nullable String text) {
        return "true".equals(text);
    }
}
