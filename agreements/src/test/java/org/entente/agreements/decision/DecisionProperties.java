package org.entente.agreements.decision;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.statistics.Statistics;
import org.entente.agreements.Agreement;
import org.entente.agreements.AllowedCube;
import org.entente.agreements.DimensionRule;
import org.entente.agreements.Leg;
import org.entente.agreements.Sample;
import org.entente.agreements.life.AgreementFile;
import org.entente.agreements.life.Conclusion;
import org.entente.agreements.life.Instrument;
import org.entente.crypto.canonical.CanonicalJson;

/** Laws of decisions, over random small cubes and requests. */
class DecisionProperties {
    private static final List<String> DIMENSIONS = List.of("A", "B", "C", "D");
    private static final List<String> CODES = List.of("_T", "1", "2", "3");
    private static final List<String> PERIODS = List.of("1999", "2000", "2001-Q4", "2010", "2020-06", "2025", "2030");
    private static final Roles ROLES = new Roles(DIMENSIONS, "A", "B", "T");

    /** An allowed cube over the four dimensions. */
    @Provide
    Arbitrary<AllowedCube> cubes() {
        Arbitrary<DimensionRule> rule = Arbitraries.oneOf(
                Arbitraries.of(CODES)
                        .set()
                        .ofMinSize(1)
                        .map(c -> new DimensionRule(List.copyOf(new TreeSet<>(c)), null, "_T", null)),
                Arbitraries.just(new DimensionRule(List.of(), true, "_T", null)));
        Arbitrary<List<List<String>>> crossings = Arbitraries.of(DIMENSIONS)
                .set()
                .ofMinSize(2)
                .ofMaxSize(3)
                .map(s -> List.copyOf(new TreeSet<>(s)))
                .list()
                .ofMaxSize(2);
        return Combinators.combine(
                        rule.list().ofSize(DIMENSIONS.size()),
                        crossings,
                        Arbitraries.integers().between(1995, 2005),
                        Arbitraries.integers().between(2005, 2030).injectNull(0.3),
                        Arbitraries.integers().between(0, 30))
                .as((rules, never, from, to, lag) -> {
                    SortedMap<String, DimensionRule> dimensions = new TreeMap<>();
                    for (int i = 0; i < rules.size(); i++) {
                        dimensions.put(DIMENSIONS.get(i), rules.get(i));
                    }
                    return new AllowedCube(dimensions, never, new AllowedCube.Years(from, to), lag);
                });
    }

    /** Selections of some dimensions, and a time selection. */
    @Provide
    Arbitrary<DataRequest> requests() {
        Arbitrary<SortedMap<String, Selection>> selections = Arbitraries.maps(
                        Arbitraries.of(DIMENSIONS),
                        Arbitraries.oneOf(
                                Arbitraries.of(CODES).set().ofMinSize(1).map(Selection::of),
                                Arbitraries.just(Selection.ALL)))
                .map(TreeMap::new);
        Arbitrary<TimeSelection> times = Arbitraries.oneOf(
                Arbitraries.just(TimeSelection.ALL),
                Arbitraries.of(PERIODS).set().ofMinSize(1).map(p -> TimeSelection.periods(p.toArray(String[]::new))),
                Combinators.combine(
                                Arbitraries.of(PERIODS).injectNull(0.3),
                                Arbitraries.of(PERIODS).injectNull(0.3))
                        .as(TimeSelection::range));
        return Combinators.combine(selections, times)
                .as((s, t) -> new DataRequest(
                        "PHL", "ITA", Sample.ID, Sample.STOCK, null, "statistics", "statistician", null, s, t));
    }

    @Property(tries = 500)
    void no_permit_grants_a_cell_outside_the_allowed_cube(
            @ForAll("cubes") AllowedCube cube, @ForAll("requests") DataRequest request) {
        Decision decision = decide(request, cube);
        Statistics.collect(decision instanceof Decision.Permit);
        Statistics.coverage(c -> c.check(true).percentage(p -> p > 5));
        if (decision instanceof Decision.Permit permit) {
            forEachCell((cell, period) -> {
                if (permit.slice().contains(cell, period)) {
                    assertTrue(allowed(cube, cell, period), () -> cell + " " + period);
                    assertTrue(asked(request, cell), () -> cell + " was not asked for");
                }
            });
        }
    }

    @Property(tries = 500)
    void a_permit_for_everything_grants_every_allowed_cell(@ForAll("cubes") AllowedCube cube) {
        DataRequest all = new DataRequest(
                "PHL",
                "ITA",
                Sample.ID,
                Sample.STOCK,
                null,
                "statistics",
                "statistician",
                null,
                new TreeMap<>(),
                TimeSelection.ALL);
        if (decide(all, cube) instanceof Decision.Permit permit) {
            forEachCell((cell, period) -> assertEquals(
                    allowed(cube, cell, period), permit.slice().contains(cell, period), () -> cell + " " + period));
        }
    }

    @Property(tries = 300)
    void a_restriction_never_widens(
            @ForAll("cubes") AllowedCube cube,
            @ForAll("requests") DataRequest request,
            @ForAll("restrictions") int restriction) {
        AllowedCube narrower = restrict(cube, restriction);
        if (decide(request, narrower) instanceof Decision.Permit permit) {
            Decision before = decide(request, cube);
            assertTrue(before instanceof Decision.Permit, "permitted only after a restriction");
            Slice wide = ((Decision.Permit) before).slice();
            forEachCell((cell, period) -> assertFalse(
                    permit.slice().contains(cell, period) && !wide.contains(cell, period), () -> cell + " " + period));
        }
    }

    @Provide
    Arbitrary<Integer> restrictions() {
        return Arbitraries.integers().between(0, 3);
    }

    private static AllowedCube restrict(AllowedCube cube, int restriction) {
        SortedMap<String, DimensionRule> dimensions = new TreeMap<>(cube.dimensions());
        List<List<String>> never = new ArrayList<>(cube.neverCross());
        if (restriction == 0) {
            DimensionRule rule = dimensions.get("B");
            List<String> codes = rule == null || rule.allowsAll()
                    ? List.of("_T", "1")
                    : rule.codes().subList(0, 1);
            dimensions.put("B", new DimensionRule(codes, null, "_T", null));
        } else if (restriction == 1) {
            never.add(List.of("C", "D"));
        } else if (restriction == 2) {
            return new AllowedCube(dimensions, never, cube.years(), cube.lagMonths() + 13);
        } else {
            return new AllowedCube(
                    dimensions, never, new AllowedCube.Years(cube.years().from() + 1, 2006), cube.lagMonths());
        }
        return new AllowedCube(dimensions, never, cube.years(), cube.lagMonths());
    }

    @Property(tries = 200)
    void the_order_of_legs_and_files_does_not_matter(
            @ForAll("cubes") AllowedCube one,
            @ForAll("cubes") AllowedCube other,
            @ForAll("requests") DataRequest request,
            @ForAll Random random) {
        Agreement sample = Sample.agreement();
        Leg first = withCube(sample.legs().get(0), Sample.STOCK, one);
        Leg second = withCube(first, "SECOND", other);
        List<Leg> legs = new ArrayList<>(List.of(first, second, sample.legs().get(1)));
        DataRequest unnamed = new DataRequest(
                "PHL",
                "ITA",
                null,
                null,
                null,
                "statistics",
                "statistician",
                null,
                request.selections(),
                request.time());
        List<AgreementFile> files = new ArrayList<>(List.of(
                file(withLegs(sample, Sample.ID, legs)), file(withLegs(sample, "urn:uuid:another", List.of(second)))));
        Decision before = Decisions.decide(unnamed, files, consumerFacts(), ROLES);
        Collections.shuffle(legs, random);
        files.set(0, file(withLegs(sample, Sample.ID, legs)));
        Collections.shuffle(files, random);
        Decision after = Decisions.decide(unnamed, files, consumerFacts(), ROLES);
        assertEquals(before, after);
    }

    @Property(tries = 200)
    void a_recorded_decision_replays_to_the_same_bytes(
            @ForAll("cubes") AllowedCube cube, @ForAll("requests") DataRequest request) throws IOException {
        List<AgreementFile> files = List.of(file(withCube(cube)));
        Decision decision = Decisions.decide(request, files, new Case().facts, ROLES);
        ObjectMapper any = new ObjectMapper();
        byte[] recorded = CanonicalJson.encode(decision);
        Decision read = any.readValue(recorded, Decision.class);
        DataRequest readRequest = any.readValue(any.writeValueAsBytes(request), DataRequest.class);
        assertEquals(decision, read);
        assertEquals(request, readRequest);
        Decision again = Decisions.replay(readRequest, files, ROLES, read);
        assertEquals(
                new String(recorded, java.nio.charset.StandardCharsets.UTF_8),
                new String(CanonicalJson.encode(again), java.nio.charset.StandardCharsets.UTF_8));
    }

    /** The cube's meaning written down a second time, cell by cell, independently of the judge. */
    private static boolean allowed(AllowedCube cube, Map<String, String> cell, String period) {
        boolean codes = cube.dimensions().entrySet().stream()
                .allMatch(e -> e.getValue().allowsAll() || e.getValue().codes().contains(cell.get(e.getKey())));
        boolean crossed = cube.neverCross().stream().anyMatch(c -> c.stream().noneMatch(d -> "_T".equals(cell.get(d))));
        Period days = Period.parse(period);
        Integer to = cube.years().to();
        boolean years = days.first().getYear() >= cube.years().from()
                && (to == null || days.last().getYear() <= to);
        boolean old = cube.lagMonths() == 0
                || !days.last().isAfter(java.time.LocalDate.of(2026, 6, 15).minusMonths(cube.lagMonths()));
        return codes && !crossed && years && old;
    }

    private static boolean asked(DataRequest request, Map<String, String> cell) {
        return request.selections().entrySet().stream()
                .allMatch(e -> e.getValue().contains(String.valueOf(cell.get(e.getKey()))));
    }

    private interface CellAction {
        void on(Map<String, String> cell, String period);
    }

    private static void forEachCell(CellAction action) {
        for (int i = 0; i < 256; i++) {
            Map<String, String> cell = new TreeMap<>();
            for (int d = 0; d < DIMENSIONS.size(); d++) {
                cell.put(DIMENSIONS.get(d), CODES.get((i >> (2 * d)) & 3));
            }
            PERIODS.forEach(p -> action.on(cell, p));
        }
    }

    private static Decision decide(DataRequest request, AllowedCube cube) {
        return Decisions.decide(request, List.of(file(withCube(cube))), new Case().facts, ROLES);
    }

    private static Facts consumerFacts() {
        return Facts.ofConsumer(Case.NOW, 7);
    }

    private static Agreement withCube(AllowedCube cube) {
        Agreement sample = Sample.agreement();
        return withLegs(sample, Sample.ID, List.of(withCube(sample.legs().get(0), Sample.STOCK, cube)));
    }

    private static AgreementFile file(Agreement agreement) {
        List<Instrument> acts = new ArrayList<>();
        acts.add(new Conclusion.Signed("urn:uuid:2", agreement.id(), "x", "PHL", Case.SIGNED, "c"));
        acts.add(new Conclusion.Signed("urn:uuid:3", agreement.id(), "x", "ITA", Case.SIGNED, "d"));
        return new AgreementFile(agreement, "digest of " + agreement.id(), acts);
    }

    private static Leg withCube(Leg leg, String id, AllowedCube cube) {
        return new Leg(
                id,
                leg.version(),
                leg.title(),
                leg.provider(),
                leg.consumer(),
                leg.dataflow(),
                leg.standards(),
                leg.datasets(),
                leg.measure(),
                leg.population(),
                cube,
                leg.purposes(),
                leg.access(),
                leg.disclosure(),
                leg.coverage(),
                leg.quota(),
                leg.calendar(),
                leg.onward(),
                leg.retention(),
                leg.receiptHours(),
                leg.answering());
    }

    private static Agreement withLegs(Agreement a, String id, List<Leg> legs) {
        return new Agreement(
                a.schema(),
                id,
                a.version(),
                a.supersedes(),
                a.kind(),
                a.nature(),
                a.authenticForm(),
                a.authenticTexts(),
                a.languages(),
                a.title(),
                a.parent(),
                a.timeZone(),
                a.parties(),
                a.areas(),
                a.definitions(),
                legs,
                a.terms(),
                a.crisis(),
                a.accession(),
                a.federation(),
                a.course(),
                a.articles());
    }
}
