package org.entente.gateway.region.profile;

import jakarta.inject.Singleton;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.entente.agreements.DisclosureRule;
import org.entente.agreements.Leg;
import org.entente.crypto.Base64Url;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
import org.entente.gateway.exchange.Bodies;
import org.entente.gateway.exchange.Holdings;
import org.entente.gateway.region.deposit.DepositDocument;
import org.entente.gateway.region.deposit.Deposits;
import org.entente.gateway.region.programme.Programme;
import org.entente.gateway.region.programme.Round;
import org.entente.gateway.region.programme.Rounds;
import org.entente.gateway.sdmx.CsvReader;
import org.entente.gateway.statistics.Cube;
import org.entente.gateway.statistics.Dataflow;
import org.entente.gateway.statistics.Dataflows;
import org.entente.gateway.treaties.Treaties;

/** What a round has brought, as the sources of a profile. */
@Singleton
final class RoundAnswers {
    private final Holdings holdings;
    private final Bodies bodies;
    private final Dataflows dataflows;
    private final Treaties treaties;
    private final Deposits deposits;

    RoundAnswers(Holdings holdings, Bodies bodies, Dataflows dataflows, Treaties treaties, Deposits deposits) {
        this.holdings = holdings;
        this.bodies = bodies;
        this.dataflows = dataflows;
        this.treaties = treaties;
        this.deposits = deposits;
    }

    /** The sources of a closed round, in the order of members and tables; figures that are no longer kept are none. */
    List<SourceFigures> sources(Programme programme, Rounds.Progress progress) {
        List<SourceFigures> sources = new ArrayList<>();
        for (Round.Task task : progress.tasks()) {
            if (task.state().hasFigures()) {
                source(sources.size() + 1, programme, task).ifPresent(sources::add);
            }
        }
        return sources;
    }

    private Optional<SourceFigures> source(int number, Programme programme, Round.Task task) {
        if (task.state() == Round.Outcome.DEPOSITED) {
            DepositDocument deposit = deposits.document(task.exchange());
            return bodies.find(Base64Url.decode(deposit.content()))
                    .map(bytes -> ProfileMaking.source(
                            number,
                            ProfileMaking.Given.of(deposit),
                            cube(programme.table(task.table()), bytes),
                            programme));
        }
        Optional<Holdings.Holding> holding = holdings.find(task.exchange());
        Optional<byte[]> body = holding.flatMap(h -> bodies.find(h.bodyDigest()));
        return body.map(bytes -> ProfileMaking.source(
                number, given(holding.orElseThrow(), task), cube(programme.table(task.table()), bytes), programme));
    }

    /** The sources of an earlier edition whose figures are still kept. */
    List<SourceFigures> kept(Programme programme, Profile profile) {
        List<SourceFigures> sources = new ArrayList<>();
        for (Source source : profile.sources()) {
            byte[] digest = Base64Url.decode(source.content());
            boolean known =
                    programme.tables().stream().anyMatch(table -> table.id().equals(source.table()));
            if (known) {
                bodies.find(digest).ifPresent(bytes -> {
                    Cube cube = cube(programme.table(source.table()), bytes);
                    sources.add(new SourceFigures(source, cube, Harmonised.read(cube, programme.harmonisation())));
                });
            }
        }
        return sources;
    }

    /** Ids of the sources of an edition whose figures are still kept. */
    SortedSet<String> available(Profile profile) {
        SortedSet<String> ids = new TreeSet<>();
        for (Source source : profile.sources()) {
            if (bodies.has(Base64Url.decode(source.content()))) {
                ids.add(source.id());
            }
        }
        return ids;
    }

    private ProfileMaking.Given given(Holdings.Holding holding, Round.Task task) {
        return new ProfileMaking.Given(
                task.party(),
                task.table(),
                Source.Assurance.SIGNED,
                holding.exchange().toString(),
                holding.agreement(),
                holding.leg(),
                holding.release(),
                holding.received().toString(),
                task.state() == Round.Outcome.STANDS_IN,
                Base64Url.encode(holding.bodyDigest()),
                rounding(holding),
                null);
    }

    /** By how much a rounded figure may lie off: a random rounding by less than its base, a conventional one by half of it. */
    private double rounding(Holdings.Holding holding) {
        return treaties.find(holding.agreement()).stream()
                .flatMap(treaty -> treaty.file().agreement().legs().stream())
                .filter(leg -> leg.id().equals(holding.leg()))
                .map(Leg::disclosure)
                .mapToDouble(RoundAnswers::rounding)
                .findFirst()
                .orElse(0);
    }

    private static double rounding(DisclosureRule rule) {
        Integer base = rule.roundingBase();
        if (base == null) {
            return 0;
        }
        return switch (rule.method()) {
            case SMALL_COUNT_ROUNDING -> base - 1;
            case CONVENTIONAL_ROUNDING -> base / 2.0;
            case NONE, SUPPRESSION, CELL_KEY -> 0;
        };
    }

    private Cube cube(Programme.Table table, byte[] csv) {
        Dataflow flow = dataflows
                .find(table.dataflow())
                .orElseThrow(() -> new EntenteException(
                        ErrorCode.NOT_FOUND, "This node does not know the dataflow " + table.dataflow() + "."));
        return read(flow, csv);
    }

    static Cube read(Dataflow flow, byte[] csv) {
        try {
            return CsvReader.read(new ByteArrayInputStream(csv), flow);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Who was asked, and what became of it; a member whose figures are no longer kept is said so. */
    static List<Profile.Member> members(
            Rounds.Progress progress, Map<String, List<String>> areas, List<SourceFigures> sources) {
        SortedMap<String, List<Profile.Reply>> replies = new TreeMap<>();
        for (Round.Task task : progress.tasks()) {
            UUID exchange = task.exchange();
            boolean lost = task.state().hasFigures()
                    && sources.stream().noneMatch(s -> s.source().exchange().equals(exchange.toString()));
            boolean explained = task.state() != Round.Outcome.ANSWERED;
            replies.computeIfAbsent(task.party(), p -> new ArrayList<>())
                    .add(new Profile.Reply(
                            task.table(),
                            lost ? "DELETED" : task.state().name(),
                            explained ? task.code() : null,
                            explained ? task.sentence() : null));
        }
        List<Profile.Member> members = new ArrayList<>();
        replies.forEach(
                (party, given) -> members.add(new Profile.Member(party, areas.getOrDefault(party, List.of()), given)));
        return members;
    }
}
