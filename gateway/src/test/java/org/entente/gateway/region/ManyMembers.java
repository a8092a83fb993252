package org.entente.gateway.region;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.entente.agreements.decision.Facts;
import org.entente.gateway.exchange.Holds;
import org.entente.gateway.region.profile.Profile;
import org.entente.gateway.region.profile.ProfileBundles;
import org.entente.gateway.region.profile.ProfileEdition;
import org.entente.gateway.region.profile.Profiles;
import org.entente.gateway.region.programme.Programmes;
import org.entente.gateway.region.programme.Round;
import org.entente.gateway.region.programme.Rounds;
import org.entente.gateway.statistics.AreaCodes;
import org.entente.gateway.testing.Corridor;
import org.entente.gateway.testing.SlowNetwork;
import org.entente.gateway.testing.TestNode;
import org.jspecify.annotations.Nullable;

/**
 * A region of many members, each a whole node on the loopback, each with its stock of all others' citizens by sex and by age; one is dead,
 * one slow, one refuses, and at one somebody changes figures after they were signed.
 */
public final class ManyMembers implements AutoCloseable {
    /** The setting of the node on which somebody forges. */
    static final String FORGES = "entente.test.forges";

    private static final List<String> SEXES = List.of("_T", "F", "M");
    private static final List<String> AGES = List.of("Y_LT15", "Y15T24", "Y25T64", "Y_GE65");
    private static final int LAST_YEAR = 2018;
    /** One database serves all nodes, and a member answers one partner. */
    private static final int MEMBERS_CONNECTIONS = 3;

    private static final String PROGRAMME = """
            format: entente-programme/1
            id: REGION
            version: 1
            agreement: %s
            title: {en: A region}
            tables:
              - id: STOCK
                title: {en: Foreign citizens by citizenship}
                dataflow: ENTENTE:DF_DIASPORA(1.0.0)
                leg: PROFILE-STOCK
                purpose: migration-profile
                dimensions: {INDICATOR: [STOCK_IN], ORIGIN_BASIS: [CT]}
                publish: TOTALS
            rounds: {due: [], yearsBack: 1, deadlineHours: 24, attemptSeconds: %d}
            acceptedYears: %d
            minimumReporting: 3
            dominance: 10
            comparability: 1.0.0
            """;

    private final List<String> members;
    private final SortedMap<String, String> areas;
    private final int years;
    private @Nullable SlowNetwork network;
    private @Nullable MemberStates region;

    private ManyMembers(int count, int years) {
        this.areas = new TreeMap<>();
        new TreeMap<>(AreaCodes.load().areasByParty()).forEach((party, area) -> {
            if (areas.size() < count && !party.equals("ADD")) {
                areas.put(party, area);
            }
        });
        this.members = List.copyOf(areas.keySet());
        this.years = years;
    }

    /**
     * Starts them all and publishes their figures.
     *
     * @param count of members, at least 8
     * @param years of figures, up to and including 2018
     * @param attemptSeconds how long a turn of the round waits
     */
    public static ManyMembers open(int count, int years, int attemptSeconds) {
        ManyMembers many = new ManyMembers(count, years);
        try {
            MemberStates region = MemberStates.open(
                    many.areas,
                    document -> ((com.fasterxml.jackson.databind.node.ObjectNode) document.at("/legs/0/cube/years"))
                            .put("from", LAST_YEAR - years + 1),
                    many::plan);
            many.region = region;
            many.members.forEach(member -> region.publish(member, member + "-STOCK", many.csv(member)));
            region.secretariat()
                    .bean(Programmes.class)
                    .declare(
                            PROGRAMME
                                    .formatted(region.agreement(), attemptSeconds, years)
                                    .getBytes(StandardCharsets.UTF_8),
                            region.statistician(MemberStates.SECRETARIAT));
            region.awaitDelivered();
            return many;
        } catch (RuntimeException | Error e) {
            many.close();
            throw e;
        }
    }

    private TestNode.Plan plan(TestNode.Plan plan) {
        Map<String, Object> properties = plan.properties();
        Object party = properties.get("entente.party");
        if (!MemberStates.SECRETARIAT.equals(party)) {
            plan.property("datasources.default.maximum-pool-size", MEMBERS_CONNECTIONS);
        }
        if (forging().equals(party)) {
            plan.property(FORGES, "true");
        }
        if (slow().equals(party)) {
            SlowNetwork before = new SlowNetwork(Integer.parseInt(String.valueOf(properties.get("entente.node.port"))));
            network = before;
            plan.property("entente.node.public-uri", "https://127.0.0.1:" + before.port());
        }
        return plan;
    }

    private String csv(String member) {
        StringBuilder csv = new StringBuilder(MemberStates.head());
        int value = 1;
        for (String other : areas.values()) {
            if (other.equals(areas.get(member))) {
                continue;
            }
            for (int year = LAST_YEAR - years + 1; year <= LAST_YEAR; year++) {
                for (String sex : SEXES) {
                    row(csv, member, other, sex, "_T", year, 1000 + value++ % 900);
                }
                for (String age : AGES) {
                    row(csv, member, other, "_T", age, year, 1000 + value++ % 900);
                }
            }
        }
        return csv.toString();
    }

    private void row(StringBuilder csv, String member, String other, String sex, String age, int year, int value) {
        csv.append("dataflow,ENTENTE:DF_DIASPORA(1.0.0),I,A,")
                .append(areas.get(member))
                .append(",_T,")
                .append(other)
                .append(",_T,CT,")
                .append(sex)
                .append(',')
                .append(age)
                .append(",_T,_T,_T,_T,_T,STOCK_IN,PS,")
                .append(year)
                .append(',')
                .append(value)
                .append(",0,M12,END,Office of ")
                .append(member)
                .append(",A\n");
    }

    /** How many observations each member has. */
    public int observationsEach() {
        return (areas.size() - 1) * years * (SEXES.size() + AGES.size());
    }

    /** The nodes. */
    public MemberStates region() {
        return Objects.requireNonNull(region);
    }

    /** The member whose node is stopped. */
    public String dead() {
        return members.get(0);
    }

    /** The member that refuses. */
    public String refusing() {
        return members.get(1);
    }

    /** The member at which figures are changed after they were signed. */
    public String forging() {
        return members.get(2);
    }

    /** The member whose network is slow. */
    public String slow() {
        return members.get(3);
    }

    /** Lets the four go wrong. */
    public void disturb(Duration hold) {
        region().node(dead()).stop();
        region().node(refusing())
                .bean(Holds.class)
                .set(Facts.Hold.Scope.PARTNER, MemberStates.SECRETARIAT, "review", region().administrator(refusing()));
        Objects.requireNonNull(network).hold(hold);
    }

    /**
     * A round of one turn.
     *
     * @param seconds until every question was answered or left behind
     * @param secondsBeside until the last of all but the slow member was done
     */
    public record Run(UUID round, double seconds, double secondsBeside, Map<String, Round.Task> tasks) {}

    /** Opens a round, takes one turn, and closes it. */
    public Run round() {
        return round(LAST_YEAR);
    }

    /** The same for the year before, with the same figures. */
    public Run roundBefore() {
        return round(LAST_YEAR - 1);
    }

    private Run round(int year) {
        TestNode secretariat = region().secretariat();
        Rounds rounds = secretariat.bean(Rounds.class);
        UUID round = rounds.open("REGION", year, region().statistician(MemberStates.SECRETARIAT))
                .round()
                .id();
        long begin = System.nanoTime();
        CompletableFuture<Double> beside = CompletableFuture.supplyAsync(
                () -> {
                    while (!besideTheSlowDone(rounds, round)) {
                        Corridor.pause();
                    }
                    return (System.nanoTime() - begin) / 1e9;
                },
                Thread::startVirtualThread);
        rounds.turn(round);
        double seconds = (System.nanoTime() - begin) / 1e9;
        Map<String, Round.Task> tasks = new TreeMap<>();
        rounds.close(round, region().statistician(MemberStates.SECRETARIAT))
                .tasks()
                .forEach(task -> tasks.put(task.party(), task));
        return new Run(round, seconds, beside.join(), tasks);
    }

    private boolean besideTheSlowDone(Rounds rounds, UUID round) {
        return rounds.progress(round).tasks().stream()
                .filter(task -> !task.party().equals(slow()))
                .allMatch(task -> task.attempts() > 0);
    }

    /** The profile of a round, with its bundle. */
    public Made profile(UUID round) {
        Profiles profiles = region().secretariat().bean(Profiles.class);
        ProfileEdition edition = profiles.make(round, region().statistician(MemberStates.SECRETARIAT));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            region().secretariat().bean(ProfileBundles.class).write(edition, out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Made(edition, profiles.document(edition), out.toByteArray());
    }

    /** An edition with its bundle. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    public record Made(ProfileEdition edition, Profile profile, byte[] bundle) {}

    /** The members in order of their codes. */
    public List<String> members() {
        return new ArrayList<>(members);
    }

    @Override
    public void close() {
        if (region != null) {
            region.close();
        }
        if (network != null) {
            network.close();
        }
    }
}
