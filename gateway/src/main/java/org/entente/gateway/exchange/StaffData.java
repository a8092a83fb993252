package org.entente.gateway.exchange;

import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.entente.agreements.Leg;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
import org.entente.gateway.exchange.QueryTargets.Target;
import org.entente.gateway.partners.NodeIdentity;
import org.entente.gateway.releases.PublishedRelease;
import org.entente.gateway.releases.Releases;
import org.entente.gateway.sdmx.BoundQuery;
import org.entente.gateway.sdmx.DataHistory;
import org.entente.gateway.sdmx.DataMessage;
import org.entente.gateway.sdmx.DataQuery;
import org.entente.gateway.sdmx.DataSet;
import org.entente.gateway.sdmx.Dissemination;
import org.entente.gateway.sdmx.MessageHeader;
import org.entente.gateway.statistics.AreaCodes;
import org.entente.gateway.statistics.Cube;
import org.entente.gateway.statistics.CubeUnion;
import org.entente.gateway.statistics.Dataflow;
import org.entente.gateway.statistics.Dataflows;
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
    private final NodeIdentity identity;
    private final AreaCodes areas;
    private final QueryTargets targets;
    private final Dataflows dataflows;
    private final Cubes cubes;
    private final HoldingReads reads;

    StaffData(
            Asking asking,
            Releases releases,
            Recalls recalls,
            NodeIdentity identity,
            AreaCodes areas,
            QueryTargets targets,
            Dataflows dataflows,
            Cubes cubes,
            HoldingReads reads) {
        this.asking = asking;
        this.releases = releases;
        this.recalls = recalls;
        this.identity = identity;
        this.areas = areas;
        this.targets = targets;
        this.dataflows = dataflows;
        this.cubes = cubes;
        this.reads = reads;
    }

    /**
     * What a query found.
     *
     * @param flow of which the figures are
     * @param cells what it selects of all sources together as they stand, not yet paged
     * @param query as it was bound
     * @param changes what is told instead of the cells by a query for changes or history, paged; null for any other
     * @param goesOn whether observations stand behind the page that was asked for
     * @param own releases of this node that were looked at
     * @param figures where partners' cells came from
     * @param missing parties that did not answer, of a query that wants the others' figures all the same
     */
    public record Found(
            Dataflow flow,
            CubeUnion cells,
            BoundQuery query,
            @Nullable List<DataSet> changes,
            boolean goesOn,
            List<PublishedRelease> own,
            List<Asking.Figures> figures,
            List<Missing> missing) {

        /** The figures as a message. */
        public DataMessage message(MessageHeader header) {
            DataMessage message = new DataMessage(
                    flow,
                    () -> query.paged(cells.cursor()),
                    query.projection(),
                    query.dimensionAtObservation(),
                    header);
            return changes == null ? message : message.withSets(changes);
        }

        /** Whether there is nothing to show. */
        public boolean isEmpty() {
            return changes == null
                    ? cells.isEmpty() || !query.paged(cells.cursor()).next()
                    : changes.isEmpty();
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

    /** The dataflow of a leg, if this node knows it. */
    public Optional<Dataflow> dataflow(Leg leg) {
        return LegFlows.of(dataflows, leg);
    }

    /**
     * The dataflow that a bare key is of: the one that is named, else that of the legs under which this node may ask and which fit; where
     * there is no such leg, the first that the node knows.
     *
     * @param flow {@code AGENCY:ID(VERSION)}, or the id alone where only one dataflow has it; or null
     * @param agreement id of the agreement, or null for any
     * @param leg id of the leg, or null for any
     * @throws EntenteException {@code not-found} for a name that is no dataflow's here, {@code query-unfit} where several are possible; both
     *     name the dataflows
     */
    public Dataflow dataflow(@Nullable String flow, @Nullable String agreement, @Nullable String leg) {
        if (flow == null) {
            List<Dataflow> possible = targets.flows(agreement, leg);
            if (possible.size() > 1) {
                throw new EntenteException(
                        ErrorCode.QUERY_UNFIT,
                        "A key alone does not say of which dataflow it is; this node may ask for " + ids(possible)
                                + ". Name the dataflow or the leg.");
            }
            return possible.isEmpty() ? dataflows.all().getFirst() : possible.getFirst();
        }
        List<Dataflow> named = dataflows.all().stream()
                .filter(one -> one.id().toString().equals(flow) || one.id().id().equals(flow))
                .toList();
        return switch (named.size()) {
            case 0 ->
                throw new EntenteException(
                        ErrorCode.NOT_FOUND,
                        "'" + flow + "' is no dataflow of this node; it knows " + ids(dataflows.all()) + ".");
            case 1 -> named.getFirst();
            default ->
                throw new EntenteException(
                        ErrorCode.QUERY_UNFIT, "'" + flow + "' may be " + ids(named) + "; name one of them in full.");
        };
    }

    private static String ids(List<Dataflow> flows) {
        return flows.stream().map(flow -> flow.id().toString()).collect(Collectors.joining(", "));
    }

    /** What is gathered from one party after the other. */
    private static final class Gathered {
        private final List<Cube> parts = new ArrayList<>();
        private final List<PublishedRelease> own = new ArrayList<>();
        private final List<Asking.Figures> figures = new ArrayList<>();
        private final Map<String, EntenteException> failures = new LinkedHashMap<>();
        private final Timeline timeline;

        Gathered(BoundQuery query) {
            this.timeline = new Timeline(query);
        }

        boolean isEmpty() {
            return own.isEmpty() && figures.isEmpty();
        }
    }

    /**
     * Answers a query of a member of staff. A query for changes since an instant or for history first lets partners be asked as any other
     * does, and is then answered from all their answers that are still held; one for an earlier state asks nobody.
     *
     * @throws EntenteException as {@link Asking#ask} does, or {@code partner-unknown} for an area that is no partner's; where several parties
     *     were asked, naming all that did not answer
     */
    public Found find(DataQuery query, Question.Asker asker) {
        QueryTargets.Scope scope = targets.of(query);
        Gathered gathered = new Gathered(scope.query());
        for (Target target : scope.targets()) {
            try {
                if (target.party().equals(identity.party())) {
                    own(scope, gathered);
                } else {
                    partner(question(scope.query(), target, asker), scope.query(), gathered);
                }
            } catch (EntenteException e) {
                if (scope.targets().size() == 1) {
                    throw e;
                }
                gathered.failures.put(target.label(), e);
            }
        }
        Map<String, EntenteException> failures = gathered.failures;
        if (!failures.isEmpty() && (!isTrue(query.extensions().get("partial")) || gathered.isEmpty())) {
            throw together(failures);
        }
        List<Missing> missing = new ArrayList<>();
        failures.forEach((party, e) -> missing.add(new Missing(party, e.code().code(), e.detail())));
        reads.count(gathered.figures, asker.role());
        return query.needsHistory() ? past(scope, gathered, missing) : present(scope, gathered, missing);
    }

    private static Found present(QueryTargets.Scope scope, Gathered gathered, List<Missing> missing) {
        BoundQuery bound = scope.query();
        CubeUnion cells = CubeUnion.of(scope.flow().structure(), gathered.parts).slice(bound.selection());
        cells.clash().ifPresent(Timeline::refuse);
        return new Found(
                scope.flow(),
                cells,
                bound,
                null,
                bound.goesOn(cells.cursor()),
                gathered.own,
                gathered.figures,
                missing);
    }

    private static Found past(QueryTargets.Scope scope, Gathered gathered, List<Missing> missing) {
        BoundQuery bound = scope.query();
        DataHistory history = new DataHistory(bound, gathered.timeline.needed());
        List<Cube> last = history.present().map(Dissemination::cube).stream().toList();
        CubeUnion cells = CubeUnion.of(scope.flow().structure(), last).slice(bound.selection());
        boolean changes = bound.query().updatedAfter() != null || bound.query().includeHistory();
        DataHistory.Page page = changes ? history.page() : null;
        return new Found(
                scope.flow(),
                cells,
                bound,
                page == null ? null : page.sets(),
                page == null ? bound.goesOn(cells.cursor()) : page.goesOn(),
                gathered.own,
                gathered.figures,
                missing);
    }

    /** What this node's releases hold of a dataflow: those under it and, in its region, those under flows of the same structure. */
    private void own(QueryTargets.Scope scope, Gathered gathered) {
        Dataflow flow = scope.flow();
        boolean past = scope.query().query().needsHistory();
        for (Dataflow other : dataflows.all()) {
            if (!other.structure().id().equals(flow.structure().id())) {
                continue;
            }
            for (PublishedRelease release : past ? List.<PublishedRelease>of() : releases.current(other.id())) {
                gathered.parts.add(own(release, scope));
                gathered.own.add(release);
            }
            for (List<PublishedRelease> dataset :
                    past ? releases.history(other.id()) : List.<List<PublishedRelease>>of()) {
                gathered.timeline.source(dataset.stream()
                        .map(release -> new Timeline.State(release.publishedAt(), () -> own(release, scope)))
                        .toList());
                gathered.own.addAll(dataset);
            }
        }
    }

    private void partner(Question question, BoundQuery bound, Gathered gathered) {
        DataQuery query = bound.query();
        if (!query.needsHistory()) {
            Asking.Figures answer = asking.ask(question, youngerThan(query.extensions()));
            gathered.parts.add(read(question, answer));
            gathered.figures.add(answer);
            return;
        }
        List<Asking.Figures> states = new ArrayList<>();
        if (query.asOf() == null) {
            Asking.Figures latest = asking.ask(question, youngerThan(query.extensions()));
            asking.states(question).stream()
                    .filter(state -> !state.exchange().equals(latest.exchange()))
                    .filter(state -> !state.received().isAfter(latest.received()))
                    .forEach(states::add);
            states.add(latest);
        } else {
            states.addAll(asking.states(question));
        }
        gathered.figures.addAll(states);
        gathered.timeline.source(states.stream()
                .map(state -> new Timeline.State(state.received(), () -> {
                    asking.requireNotRecalled(state);
                    return read(question, state);
                }))
                .toList());
    }

    private Cube read(Question question, Asking.Figures figures) {
        return cubes.read(question.dataflow(), figures.bodyDigest(), figures.content());
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
    private Cube own(PublishedRelease release, QueryTargets.Scope scope) {
        Dataflow flow = scope.flow();
        Cube whole = release.cube();
        Cube cube = flow.region().isWhole() || release.dataset().dataflow().equals(flow.id())
                ? whole
                : whole.slice(flow.region().selection());
        recalls.own(release.id())
                .filter(recall ->
                        !cube.slice(scope.query().selection().ends(0, 0)).isEmpty())
                .ifPresent(recall -> {
                    throw Recalls.recalled(identity.party(), recall, null, "");
                });
        return cube;
    }

    /**
     * The question that a query puts to the one partner whose area it asks for.
     *
     * @throws EntenteException {@code request-malformed} if it asks for this node's own figures, those of several partners, or an earlier
     *     state
     */
    public Question single(DataQuery query, Question.Asker asker) {
        if (query.needsHistory()) {
            throw new EntenteException(
                    ErrorCode.REQUEST_MALFORMED,
                    "A partner is asked for its figures as they are, without updatedAfter, asOf or includeHistory.");
        }
        QueryTargets.Scope scope = targets.of(query);
        List<Target> asked = scope.targets();
        if (asked.size() != 1 || asked.getFirst().party().equals(identity.party())) {
            throw new EntenteException(
                    ErrorCode.REQUEST_MALFORMED,
                    "One partner is asked; the query asks for figures of "
                            + String.join(
                                    ", ", asked.stream().map(Target::party).toList())
                            + ". Name one partner's reporting area.");
        }
        return question(scope.query(), asked.getFirst(), asker);
    }

    private Question question(BoundQuery bound, Target target, Question.Asker asker) {
        Map<String, String> parameters = bound.query().extensions();
        Question question = Question.of(
                ownAreaOnly(bound, target.party()),
                target.flow(),
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
        String reporting = bound.structure().reportingArea().id();
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

    private static UUID exchangeId(String text) {
        return ExchangeHeaders.exchangeId(text);
    }

    private static boolean isTrue(@Nullable String text) {
        return "true".equals(text);
    }
}
