package org.entente.gateway.console;

import jakarta.inject.Singleton;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.entente.agreements.Agreement;
import org.entente.agreements.AreaList;
import org.entente.agreements.DimensionRule;
import org.entente.agreements.Leg;
import org.entente.agreements.Party;
import org.entente.agreements.decision.ClauseRef;
import org.entente.agreements.decision.Reason;
import org.entente.agreements.life.AgreementFile;
import org.entente.agreements.prose.Prose;
import org.entente.agreements.prose.ProseDocument;
import org.entente.agreements.prose.ReasonWords;
import org.entente.gateway.access.StaffUser;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
import org.entente.gateway.exchange.Askers;
import org.entente.gateway.exchange.Asking;
import org.entente.gateway.exchange.DeferralWatch;
import org.entente.gateway.exchange.Duties;
import org.entente.gateway.exchange.ReceivedReports;
import org.entente.gateway.exchange.StaffData;
import org.entente.gateway.exchange.notices.Notices;
import org.entente.gateway.partners.NodeIdentity;
import org.entente.gateway.sdmx.DataQuery;
import org.entente.gateway.statistics.AreaCodes;
import org.entente.gateway.statistics.ArtefactId;
import org.entente.gateway.statistics.Code;
import org.entente.gateway.statistics.Component;
import org.entente.gateway.statistics.Component.Dimension;
import org.entente.gateway.statistics.Dataflow;
import org.entente.gateway.statistics.Structure;
import org.entente.gateway.treaties.Treaties;

/** From a form in plain words to an SDMX query, and from its answer to words again. */
@Singleton
class AskDesk {
    private static final String TOTAL = "_T";
    private static final String SDMX = "/sdmx/v2";

    private final StaffData data;
    private final ReceivedReports reports;
    private final Askers askers;
    private final DeferralWatch deferrals;
    private final Notices notices;
    private final Treaties treaties;
    private final NodeIdentity identity;
    private final AreaCodes areas;
    private final Clock clock;

    AskDesk(
            StaffData data,
            ReceivedReports reports,
            Askers askers,
            DeferralWatch deferrals,
            Notices notices,
            Treaties treaties,
            NodeIdentity identity,
            AreaCodes areas,
            Clock clock) {
        this.data = data;
        this.reports = reports;
        this.askers = askers;
        this.deferrals = deferrals;
        this.notices = notices;
        this.treaties = treaties;
        this.identity = identity;
        this.areas = areas;
        this.clock = clock;
    }

    /**
     * A leg under which this node may ask, in its agreement.
     *
     * @param provider who answers; of a leg for all members there is an offer for each
     * @param flow what the leg is about
     */
    private record Offer(Agreement agreement, Leg leg, String provider, Dataflow flow) {
        Structure structure() {
            return flow.structure();
        }

        String value() {
            return agreement.id() + " " + leg.id() + (leg.provider().equals(provider) ? "" : " " + provider);
        }
    }

    /** The page for what stands in the form. */
    AskPage page(AskInput input, StaffUser user, Messages say) {
        Legs found = legs();
        List<Offer> offers = found.offers();
        Optional<Offer> chosen = offers.stream()
                .filter(offer -> offer.value().equals(input.leg()))
                .findFirst()
                .or(() -> offers.size() == 1 ? Optional.of(offers.getFirst()) : Optional.empty());
        List<Choice> legs = offers.stream()
                .map(offer -> new Choice(
                        offer.value(),
                        partyName(offer.agreement(), offer.provider(), say) + " — "
                                + offer.leg().title().best(say.language()),
                        chosen.filter(offer::equals).isPresent()))
                .toList();
        AskPage.Form form = chosen.map(offer -> form(offer, input, say)).orElse(null);
        AskPage page = new AskPage(legs, unknown(found.unknown(), say), form, null, null, null, waiting(say));
        return chosen.isPresent() && input.asked() ? answered(page, chosen.get(), input, user, say) : page;
    }

    private AskPage answered(AskPage page, Offer offer, AskInput input, StaffUser user, Messages say) {
        AskPage.Refusal refusal = null;
        String waits = null;
        AskPage.Answer answer = null;
        try {
            answer = answer(offer, input, user, say);
        } catch (EntenteException e) {
            if (e.code() == ErrorCode.ANSWER_WAITS) {
                waits = e.detail();
            } else {
                refusal = refusal(e, offer, say);
            }
        }
        return new AskPage(page.legs(), page.unknown(), page.form(), refusal, waits, answer, waiting(say));
    }

    /**
     * The legs under which this node may ask.
     *
     * @param offers of which it knows the dataflow
     * @param unknown of which it does not
     */
    private record Legs(List<Offer> offers, List<Leg> unknown) {}

    private Legs legs() {
        Instant now = clock.instant();
        SortedMap<String, Offer> offers = new TreeMap<>();
        List<Leg> unknown = new ArrayList<>();
        for (AgreementFile file : treaties.files()) {
            if (!file.at(now).phase().applies()) {
                continue;
            }
            for (Leg leg : file.agreement().legs()) {
                SortedSet<String> providers = new TreeSet<>(file.providersTo(leg, identity.party()));
                Optional<Dataflow> flow = data.dataflow(leg);
                flow.ifPresent(known -> providers.stream()
                        .map(provider -> new Offer(file.agreement(), leg, provider, known))
                        .forEach(offer -> offers.put(offer.value(), offer)));
                if (flow.isEmpty() && !providers.isEmpty()) {
                    unknown.add(leg);
                }
            }
        }
        return new Legs(List.copyOf(offers.values()), unknown);
    }

    private static List<String> unknown(List<Leg> legs, Messages say) {
        return legs.stream()
                .map(leg -> say.get("ask.unknown", leg.title().best(say.language()), leg.id(), leg.dataflow()))
                .distinct()
                .sorted()
                .toList();
    }

    private AskPage.Form form(Offer offer, AskInput input, Messages say) {
        Leg leg = offer.leg();
        List<Choice> people = new ArrayList<>(
                List.of(new Choice("", say.get("ask.people.all"), input.people().isEmpty())));
        counterpart(offer)
                .ifPresent(dimension -> allowed(offer, dimension).stream()
                        .map(code -> new Choice(code, name(offer, dimension, code, say), code.equals(input.people())))
                        .sorted(Comparator.comparing(Choice::label))
                        .forEach(people::add));
        List<Choice> purposes = leg.purposes().stream()
                .map(purpose -> new Choice(
                        purpose.token(),
                        say.get("purpose." + purpose.token()),
                        purpose.token().equals(input.purpose())))
                .toList();
        List<Choice> breakdowns = breakdowns(offer).stream()
                .map(dimension -> new Choice(
                        dimension.id(),
                        dimension.concept().name().in(say.language()),
                        input.by().contains(dimension.id())))
                .toList();
        Integer last = leg.cube().years().to();
        return new AskPage.Form(
                say.get(
                        "ask.about",
                        offer.agreement().title().best(say.language()),
                        leg.id(),
                        leg.title().best(say.language())),
                people,
                purposes,
                breakdowns,
                input.from().isEmpty() ? "" + leg.cube().years().from() : input.from(),
                input.to().isEmpty()
                        ? ""
                                + (last == null
                                        ? clock.instant().atZone(ZoneOffset.UTC).getYear()
                                        : last)
                        : input.to(),
                input.fresh());
    }

    private static Optional<Dimension> counterpart(Offer offer) {
        return offer.structure().dimension(Dimension.Role.COUNTERPART_AREA);
    }

    /** The codes that the leg allows of a dimension, with the parties' areas in place of the tokens for them. */
    private Set<String> allowed(Offer offer, Dimension dimension) {
        DimensionRule rule = offer.leg().cube().dimensions().get(dimension.id());
        Set<String> codes = new LinkedHashSet<>();
        if (rule == null) {
            return codes;
        }
        if (rule.allowsAll()) {
            dimension
                    .representation()
                    .codelist()
                    .ifPresent(list -> list.codes().stream().map(Code::id).forEach(codes::add));
        }
        for (String code : rule.codes()) {
            switch (code) {
                case DimensionRule.CONSUMER -> codes.addAll(areasOf(offer, identity.party()));
                case DimensionRule.PROVIDER -> codes.addAll(areasOf(offer, offer.provider()));
                default -> codes.add(code);
            }
        }
        return codes;
    }

    private List<String> areasOf(Offer offer, String party) {
        return offer.agreement().parties().stream()
                .filter(one -> one.id().equals(party))
                .findFirst()
                .map(Party::areas)
                .orElse(List.of());
    }

    /** The dimensions that have a total and of which the leg allows more than that. */
    private List<Dimension> breakdowns(Offer offer) {
        return offer.structure().keyDimensions().stream()
                .filter(dimension -> dimension.role() != Dimension.Role.REPORTING_AREA
                        && dimension.role() != Dimension.Role.COUNTERPART_AREA)
                .filter(dimension -> total(offer, dimension).isPresent())
                .filter(dimension -> allowed(offer, dimension).size() > 1)
                .toList();
    }

    /** The code for "not broken down": the one that the leg names, else the usual one if the list has it. */
    private static Optional<String> total(Offer offer, Dimension dimension) {
        DimensionRule rule = offer.leg().cube().dimensions().get(dimension.id());
        String named = rule == null ? null : rule.total();
        String total = named == null ? TOTAL : named;
        return dimension
                .representation()
                .codelist()
                .filter(list -> list.contains(total))
                .map(list -> total);
    }

    /** The query of a form, below the base address of SDMX. */
    private String query(Offer offer, AskInput input, Messages say) {
        List<String> key = new ArrayList<>();
        for (Dimension dimension : offer.structure().keyDimensions()) {
            key.add(
                    switch (dimension.role()) {
                        case REPORTING_AREA -> areas.areaOf(offer.provider()).orElse("*");
                        case COUNTERPART_AREA -> input.people().isEmpty() ? "*" : input.people();
                        default ->
                            input.by().contains(dimension.id())
                                    ? "*"
                                    : total(offer, dimension).orElse("*");
                    });
        }
        ArtefactId flow = offer.flow().id();
        StringBuilder query = new StringBuilder("/data/dataflow/" + flow.agency() + "/" + flow.id() + "/"
                + flow.version() + "/" + encoded(String.join(".", key)) + "?agreement="
                + encoded(offer.agreement().id()) + "&leg="
                + encoded(offer.leg().id()));
        String from = year(input.from(), say);
        String to = year(input.to(), say);
        if (!from.isEmpty() || !to.isEmpty()) {
            query.append("&c%5B")
                    .append(offer.structure().time().id())
                    .append("%5D=")
                    .append(from.isEmpty() ? "" : "ge:" + from)
                    .append(from.isEmpty() || to.isEmpty() ? "" : "+")
                    .append(to.isEmpty() ? "" : "le:" + to);
        }
        if (!input.purpose().isEmpty()) {
            query.append("&purpose=").append(encoded(input.purpose()));
        }
        return query.toString();
    }

    private static String year(String text, Messages say) {
        if (!text.isEmpty() && !text.matches("[0-9]{4}")) {
            throw new EntenteException(ErrorCode.QUERY_UNFIT, say.get("ask.year", text));
        }
        return text;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("%2A", "*");
    }

    private AskPage.Answer answer(Offer offer, AskInput input, StaffUser user, Messages say) {
        String query = query(offer, input, say);
        int mark = query.indexOf('?');
        String parameters = query.substring(mark + 1);
        StaffData.Found found = data.find(
                DataQuery.parse(
                        query.substring(0, mark),
                        parameters + (input.fresh() ? "&fresh=true" : ""),
                        StaffData.PARAMETERS),
                askers.of(user));
        AnswerTable.Naming naming = (component, code) -> name(offer, component, code, say);
        List<Choice> about = new ArrayList<>(
                found.cells().isEmpty() ? List.of() : AnswerTable.sameEverywhere(found.cells(), naming, say));
        List<String> origins = new ArrayList<>();
        List<Choice> evidence = new ArrayList<>();
        for (Asking.Figures figures : found.figures()) {
            String partner = partyName(offer.agreement(), figures.provider(), say);
            origins.add(say.get(
                    figures.held() ? "answer.held" : "answer.asked",
                    partner,
                    say.time(figures.received()),
                    figures.exchange().toString()));
            Asking.Failure failure = figures.failure();
            if (failure != null) {
                origins.add(say.get("answer.failure", partner, failure.sentence()));
            }
            notices.outdated(figures.exchange())
                    .ifPresent(newer -> origins.add(say.get(
                            newer.newer() == null ? "answer.recalled" : "answer.outdated",
                            partner,
                            say.time(newer.since()))));
            evidence.add(Choice.of(
                    "/api/exchanges/" + figures.exchange() + "/evidence", say.get("answer.evidence", partner)));
            duties(figures, about, say);
            reports.of(figures)
                    .ifPresent(report -> report.each((path, heading) -> {
                        String says = heading.value(say.language());
                        if (!says.isEmpty()) {
                            about.add(Choice.of(heading.name().in(say.language()), says));
                        }
                    }));
        }
        AreaList list = offer.agreement().areas();
        return new AskPage.Answer(
                offer.leg().title().best(say.language())
                        + (input.people().isEmpty()
                                ? ""
                                : ": "
                                        + counterpart(offer)
                                                .map(dimension -> name(offer, dimension, input.people(), say))
                                                .orElse(input.people())),
                origins,
                AnswerTable.of(found.cells(), naming, say),
                SDMX + query + "&export=true&format=xlsx",
                SDMX + query + "&export=true&format=csv",
                "/console/notices?query=" + encoded(query),
                evidence,
                about,
                list.disclaimer() == null ? null : list.disclaimer().best(say.language()));
    }

    private static void duties(Asking.Figures figures, List<Choice> about, Messages say) {
        String release = figures.release();
        if (release != null) {
            about.add(Choice.of(say.get("answer.release"), release));
        }
        Duties duties = figures.duties();
        if (duties != null) {
            about.add(Choice.of(say.get("answer.keep"), duties.keepUntil()));
            about.add(Choice.of(
                    say.get("answer.onward"),
                    duties.onward().isEmpty() ? say.get("answer.onward.nobody") : String.join(", ", duties.onward())));
            String embargo = duties.embargoUntil();
            if (embargo != null) {
                about.add(Choice.of(say.get("answer.embargo"), embargo));
            }
            String citation = duties.citation();
            if (citation != null) {
                about.add(Choice.of(say.get("answer.citation"), citation));
            }
        }
    }

    private AskPage.Refusal refusal(EntenteException e, Offer offer, Messages say) {
        List<AskPage.Article> reasons = new ArrayList<>();
        if (e.members().get("reasons") instanceof List<?> given) {
            for (Object one : given) {
                if (one instanceof Reason reason) {
                    reasons.add(article(reason, offer.agreement(), say));
                }
            }
        }
        return new AskPage.Refusal(
                e.code() == ErrorCode.AGREEMENT_REFUSED
                        ? say.get("refusal.agreement")
                        : e.code().title(),
                reasons.isEmpty() ? e.detail() : "",
                reasons,
                e.code().remedy());
    }

    private static AskPage.Article article(Reason reason, Agreement agreement, Messages say) {
        String language = Prose.LANGUAGES.contains(say.language()) ? say.language() : "en";
        String sentence = new ReasonWords(language).of(reason);
        ClauseRef clause = reason.clause();
        if (clause == null) {
            return new AskPage.Article(sentence, "", "");
        }
        String address = "/api/agreements/" + encoded(agreement.digest()) + "/prose?language=" + language;
        List<ProseDocument.Article> articles = Prose.of(agreement, language).articles();
        for (int i = 0; i < articles.size(); i++) {
            if (clause.leg() != null && articles.get(i).key().equals("leg:" + clause.leg())) {
                return new AskPage.Article(
                        sentence,
                        say.get("refusal.article", i + 1, articles.get(i).heading()) + " (" + clause.member() + ")",
                        address);
            }
        }
        return new AskPage.Article(
                sentence, say.get("refusal.clause", clause.number()) + " (" + clause.member() + ")", address);
    }

    /** Areas have the names of the agreement's own list; everything else those of its code list. */
    private static String name(Offer offer, Component component, String code, Messages say) {
        if (component instanceof Dimension dimension
                && (dimension.role() == Dimension.Role.REPORTING_AREA
                        || dimension.role() == Dimension.Role.COUNTERPART_AREA)) {
            for (AreaList.Area area : offer.agreement().areas().list()) {
                if (area.code().equals(code)) {
                    return area.name().best(say.language());
                }
            }
        }
        return component
                .representation()
                .codelist()
                .flatMap(list -> list.code(code))
                .map(one -> one.name().in(say.language()))
                .orElse(code);
    }

    private static String partyName(Agreement agreement, String party, Messages say) {
        return agreement.parties().stream()
                .filter(one -> one.id().equals(party))
                .findFirst()
                .map(one -> one.name().best(say.language()))
                .orElse(party);
    }

    private List<AskPage.Waiting> waiting(Messages say) {
        return deferrals.waiting().stream()
                .map(one -> new AskPage.Waiting(
                        one.partner(),
                        one.leg(),
                        say.time(one.since()),
                        one.due(),
                        say.get(one.overdue() ? "waiting.state.overdue" : "waiting.state.waiting")))
                .toList();
    }
}
