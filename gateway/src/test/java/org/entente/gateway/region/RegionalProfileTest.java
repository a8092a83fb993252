package org.entente.gateway.region;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.entente.agreements.decision.Facts;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
import org.entente.gateway.evidence.VerificationReport;
import org.entente.gateway.exchange.Holds;
import org.entente.gateway.journal.Journal;
import org.entente.gateway.journal.JournalEntry;
import org.entente.gateway.region.MemberStates.Row;
import org.entente.gateway.region.comparison.Corridor;
import org.entente.gateway.region.comparison.RegionalTotal;
import org.entente.gateway.region.comparison.Relation;
import org.entente.gateway.region.indicator.ReferenceIndicators;
import org.entente.gateway.region.indicator.ReferenceSource;
import org.entente.gateway.region.profile.Profile;
import org.entente.gateway.region.profile.ProfileBundles;
import org.entente.gateway.region.profile.ProfileEdition;
import org.entente.gateway.region.profile.ProfileVerifier;
import org.entente.gateway.region.profile.Profiles;
import org.entente.gateway.region.programme.Programmes;
import org.entente.gateway.region.programme.Round;
import org.entente.gateway.region.programme.Rounds;
import org.entente.gateway.region.webhook.Webhook;
import org.entente.gateway.region.webhook.Webhooks;
import org.entente.gateway.releases.OwnStructures;
import org.entente.gateway.sdmx.StructureFormat;
import org.entente.gateway.statistics.Dataflows;
import org.entente.gateway.testing.FilledForm;
import org.entente.gateway.testing.TestNode;
import org.entente.gateway.testing.WorkersAbroad;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** A secretariat and four members, from the programme to a profile that proves itself; one member refuses, one is down for a while. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class RegionalProfileTest {
    private static final String PROGRAMME = """
            format: entente-programme/1
            id: ADD-PROFILE
            version: 1
            agreement: %s
            title: {en: Regional migration profile}
            tables:
              - id: STOCK
                title: {en: Foreign citizens by citizenship}
                dataflow: ENTENTE:DF_DIASPORA(1.0.0)
                leg: PROFILE-STOCK
                purpose: migration-profile
                dimensions: {INDICATOR: [STOCK_IN], ORIGIN_BASIS: [CT], AGE: [_T]}
                publish: MEMBERS
              - id: FLOW
                title: {en: Arrivals and departures}
                dataflow: ENTENTE:DF_DIASPORA(1.0.0)
                leg: PROFILE-STOCK
                purpose: migration-profile
                dimensions: {INDICATOR: [INFLOW, OUTFLOW], SEX: [_T], AGE: [_T]}
                publish: TOTALS
            rounds: {due: [--10-31], yearsBack: 1, deadlineHours: 240, attemptSeconds: 30}
            acceptedYears: 1
            minimumReporting: 3
            dominance: 10
            comparability: 1.0.0
            """;

    private MemberStates region;
    private UUID first = new UUID(0, 0);

    @BeforeAll
    void open() {
        region = MemberStates.open(
                new TreeMap<>(Map.of("ARE", "AE", "IND", "IN", "PHL", "PH", "QAT", "QA")), document -> {});
        region.publish(
                "ARE",
                "ARE-STOCK",
                List.of(
                        Row.stock("PH", "_T", 2020, 500),
                        Row.stock("PH", "F", 2020, 300),
                        Row.stock("PH", "M", 2020, 200),
                        Row.stock("IN", "_T", 2020, 4000),
                        Row.flow("PH", "PR", "INFLOW", 2020, 90)));
        region.publish(
                "IND", "IND-STOCK", List.of(Row.stock("PH", "_T", 2019, 30), Row.stock("PH", "F", 2019, Double.NaN)));
        region.publish(
                "PHL",
                "PHL-STOCK",
                List.of(Row.stock("IN", "_T", 2020, 70), Row.flow("AE", "NR", "OUTFLOW", 2020, 60)));
        region.publish("QAT", "QAT-STOCK", List.of(Row.stock("PH", "_T", 2020, 100), Row.stock("IN", "_T", 2020, 700)));
    }

    @AfterAll
    void close() {
        region.close();
    }

    private TestNode secretariat() {
        return region.secretariat();
    }

    private Rounds rounds() {
        return secretariat().bean(Rounds.class);
    }

    private Profiles profiles() {
        return secretariat().bean(Profiles.class);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static Round.Task task(Rounds.Progress progress, String party, String table) {
        return progress.tasks().stream()
                .filter(task -> task.party().equals(party) && task.table().equals(table))
                .findFirst()
                .orElseThrow();
    }

    @Test
    @Order(1)
    void aProgrammeIsHeldAgainstItsFrameworkAndEveryFaultIsNamed() {
        String wrong = PROGRAMME
                .formatted(region.agreement())
                .replace("minimumReporting: 3", "minimumReporting: 2")
                .replace("comparability: 1.0.0", "comparability: 9.9.9");
        EntenteException unreadable = assertThrows(
                EntenteException.class,
                () -> secretariat().bean(Programmes.class).declare(bytes(wrong), region.statistician("ADD")));
        assertEquals(ErrorCode.PROGRAMME_INVALID, unreadable.code());
        assertTrue(unreadable.detail().contains("minimumReporting")
                && unreadable.detail().contains("9.9.9"));
        String astray = PROGRAMME
                .formatted(region.agreement())
                .replace("leg: PROFILE-STOCK", "leg: MEMBERS-STOCK")
                .replace("version: 1\n", "version: 2\n");
        EntenteException refused = assertThrows(
                EntenteException.class,
                () -> secretariat().bean(Programmes.class).declare(bytes(astray), region.statistician("ADD")));
        assertTrue(
                refused.detail().contains("nobody answers ADD")
                        && refused.detail().contains("version: the next one"),
                refused.detail());
        EntenteException member = assertThrows(
                EntenteException.class,
                () -> region.node("PHL")
                        .bean(Programmes.class)
                        .declare(bytes(PROGRAMME.formatted(region.agreement())), region.statistician("PHL")));
        assertTrue(member.detail().contains("does not make PHL a secretariat"), member.detail());
        EntenteException approver = assertThrows(
                EntenteException.class,
                () -> secretariat()
                        .bean(Programmes.class)
                        .declare(bytes(PROGRAMME.formatted(region.agreement())), region.approver("ADD")));
        assertEquals(ErrorCode.FORBIDDEN, approver.code());
        Programmes.Declared declared = secretariat()
                .bean(Programmes.class)
                .declare(bytes(PROGRAMME.formatted(region.agreement())), region.statistician("ADD"));
        assertEquals(2, declared.programme().tables().size());
        Webhooks webhooks = secretariat().bean(Webhooks.class);
        Webhook hook = webhooks.add("https://ministry.example/hook", "ADD-PROFILE", region.administrator("ADD"));
        assertEquals("ADD-PROFILE", hook.programme(), "what is declared can be told of");
        webhooks.end(hook.id(), "Only tried.", region.administrator("ADD"));
    }

    @Test
    @Order(2)
    void aRoundAsksAllMembersAndNamesWhoDidNotAnswer() {
        Rounds.Progress opened = rounds().open("ADD-PROFILE", 2020, region.statistician("ADD"));
        first = opened.round().id();
        assertEquals(8, opened.tasks().size());
        UUID before = task(opened, "QAT", "STOCK").exchange();
        region.node("QAT").stop();
        region.node("IND")
                .bean(Holds.class)
                .set(Facts.Hold.Scope.PARTNER, "ADD", "under review", region.administrator("IND"));
        Rounds.Progress asked = rounds().turn(first);
        assertEquals(Round.Outcome.ANSWERED, task(asked, "ARE", "STOCK").state());
        assertEquals(Round.Outcome.UNREACHABLE, task(asked, "QAT", "STOCK").state());
        assertEquals(Round.Outcome.REFUSED, task(asked, "IND", "STOCK").state());
        assertNotNull(task(asked, "IND", "STOCK").sentence());
        region.node("QAT").restart();
        Rounds.Progress again = rounds().turn(first);
        assertEquals(Round.Outcome.ANSWERED, task(again, "QAT", "STOCK").state());
        assertEquals(before, task(again, "QAT", "STOCK").exchange());
        assertEquals(Round.Outcome.REFUSED, task(again, "IND", "STOCK").state());
    }

    @Test
    @Order(3)
    void aProfileNeedsAClosedRoundAndNamesWhoIsMissing() {
        assertEquals(
                ErrorCode.REQUEST_MALFORMED,
                assertThrows(EntenteException.class, () -> profiles().make(first, region.statistician("ADD")))
                        .code());
        Rounds.Progress closed = rounds().close(first, region.statistician("ADD"));
        assertNotNull(closed.round().closed());
        assertEquals(
                ErrorCode.ROUND_CLOSED,
                assertThrows(EntenteException.class, () -> rounds().turn(first)).code());
        List<String> kinds = secretariat().bean(Journal.class).bySubject(first.toString()).stream()
                .map(JournalEntry::kind)
                .toList();
        assertEquals(List.of("round-opened", "round-closed"), kinds);
        ProfileEdition edition = profiles().make(first, region.statistician("ADD"));
        Profile profile = profiles().document(edition);
        Profile.Reply india = profile.members().get(1).replies().getLast();
        assertEquals("IND", profile.members().get(1).party());
        assertEquals("REFUSED", india.outcome());
        // Only three have answered: of these ARE and QAT count Filipinos, PHL does not count its own.
        Profile.Group stock = profile.tables().getFirst().groups().getFirst();
        assertEquals(List.of("ARE", "PHL", "QAT"), stock.parties());
        assertTrue(stock.totals().stream()
                .filter(total -> "PH".equals(total.key().get("COUNTERPART_AREA")))
                .allMatch(total -> total.total().kind() == RegionalTotal.Kind.NOT_SHOWN));
    }

    @Test
    @Order(4)
    void aMemberThatAnswersAgainAndOneWhoseLastAnswerStandsInCompleteTheNextEdition() {
        region.node("IND")
                .bean(Holds.class)
                .lift(Facts.Hold.Scope.PARTNER, "ADD", "reviewed", region.administrator("IND"));
        UUID second = rounds().open("ADD-PROFILE", 2020, region.statistician("ADD"))
                .round()
                .id();
        region.node("QAT").stop();
        try {
            rounds().turn(second);
            Rounds.Progress closed = rounds().close(second, region.statistician("ADD"));
            assertEquals(Round.Outcome.STANDS_IN, task(closed, "QAT", "STOCK").state());
            assertEquals(Round.Outcome.ANSWERED, task(closed, "IND", "STOCK").state());
        } finally {
            region.node("QAT").restart();
        }
        Profile profile = profiles().document(profiles().make(second, region.statistician("ADD")));
        assertEquals(2, profile.edition());
        Profile.Group stock = profile.tables().getFirst().groups().getFirst();
        RegionalTotal filipinos = total(stock, "_T");
        assertEquals(RegionalTotal.Kind.EXACT, filipinos.kind());
        assertEquals(630, filipinos.value());
        assertEquals(List.of("2019", "2020"), filipinos.periods());
        assertEquals(List.of("PHL"), filipinos.absent());
        RegionalTotal women = total(stock, "F");
        assertEquals(RegionalTotal.Kind.NOT_SHOWN, women.kind());
        assertEquals(List.of("IND"), women.withheldBy());
        assertTrue(profile.sources().stream()
                .filter(source -> source.party().equals("QAT"))
                .allMatch(org.entente.gateway.region.profile.Source::standsIn));
        Corridor corridor = profile.corridors().getFirst();
        assertEquals(Relation.MIRROR_PAIR, corridor.relation());
        assertEquals(60, corridor.originSide().value());
        assertEquals(90, corridor.destinationSide().value());
        assertEquals(1.5, corridor.asymmetry().ratio());
        assertEquals("LARGE", corridor.asymmetry().grade());
    }

    private static RegionalTotal total(Profile.Group group, String sex) {
        return group.totals().stream()
                .filter(total -> "PH".equals(total.key().get("COUNTERPART_AREA"))
                        && sex.equals(total.key().getOrDefault("SEX", "_T")))
                .findFirst()
                .orElseThrow()
                .total();
    }

    @Test
    @Order(5)
    void aProfileProvesItselfOfflineAndAChangedFigureIsFound(@TempDir Path folder) throws IOException {
        ProfileEdition edition = profiles().get("ADD-PROFILE", 2);
        Path bundle = folder.resolve("profile.zip");
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        secretariat().bean(ProfileBundles.class).write(edition, out);
        Files.write(bundle, out.toByteArray());
        Dataflows flows = secretariat().bean(Dataflows.class);
        VerificationReport report = ProfileVerifier.verify(bundle, region.roots(), flows);
        assertTrue(report.holds(), () -> report.steps().toString());
        Map<String, String> without = region.roots();
        without.remove("IND");
        VerificationReport unknown = ProfileVerifier.verify(bundle, without, flows);
        assertFalse(unknown.holds());
        Map<String, String> swapped = region.roots();
        swapped.put("ADD", swapped.get("PHL"));
        assertEquals(
                "secretariat",
                ProfileVerifier.verify(bundle, swapped, flows).failure().name());
    }

    @Test
    @Order(6)
    void somebodyElsePublishes() {
        EntenteException refused = assertThrows(
                EntenteException.class, () -> profiles().publish("ADD-PROFILE", 2, region.statistician("ADD")));
        assertEquals(ErrorCode.FORBIDDEN, refused.code());
        assertNotNull(
                profiles().publish("ADD-PROFILE", 2, region.approver("ADD")).published());
        EntenteException again = assertThrows(
                EntenteException.class, () -> profiles().publish("ADD-PROFILE", 2, region.approver("ADD")));
        assertEquals(ErrorCode.EDITION_PUBLISHED, again.code());
        assertEquals(
                List.of(2),
                profiles().published().stream().map(ProfileEdition::edition).toList());
    }

    @Test
    @Order(7)
    void coreIndicatorsComeFromASignedReferenceReleaseWithTheirDatesAndProveThemselves(@TempDir Path folder)
            throws IOException {
        TestNode node = secretariat();
        node.bean(OwnStructures.class)
                .importMessage(
                        WorkersAbroad.message(ReferenceIndicators.load(), StructureFormat.JSON_2_0),
                        Map.of(),
                        region.statistician("ADD"));
        String withIndicators = PROGRAMME.formatted(region.agreement()).replace("version: 1\n", "version: 2\n")
                + "indicators: {dataset: GMG-CORE, codes: [HDI, POP, RAT_ICRMW, MIGRANT_SHARE]}\n";
        EntenteException unknown = assertThrows(
                EntenteException.class,
                () -> node.bean(Programmes.class)
                        .declare(bytes(withIndicators.replace("HDI", "HAPPINESS")), region.statistician("ADD")));
        assertTrue(unknown.detail().contains("HAPPINESS is no reference indicator"), unknown.detail());
        node.bean(Programmes.class).declare(bytes(withIndicators), region.statistician("ADD"));
        UUID third = rounds().open("ADD-PROFILE", 2020, region.statistician("ADD"))
                .round()
                .id();
        rounds().turn(third);
        rounds().close(third, region.statistician("ADD"));
        EntenteException unpublished =
                assertThrows(EntenteException.class, () -> profiles().make(third, region.statistician("ADD")));
        assertTrue(unpublished.detail().contains("GMG-CORE"), unpublished.detail());
        String row = "dataflow,ENTENTE:DF_REFERENCE(1.0.0),I,A,";
        region.publish(
                "ADD",
                "GMG-CORE",
                ReferenceIndicators.FLOW,
                "STRUCTURE,STRUCTURE_ID,ACTION,FREQ,REF_AREA,INDICATOR,TIME_PERIOD,OBS_VALUE,SOURCE_ORG,AS_OF,OBS_STATUS\n"
                        + row + "AE,HDI,2018,0.889,UNDP,2019-12,A\n"
                        + row + "AE,HDI,2019,0.890,UNDP,2020-12-15,A\n"
                        + row + "PH,HDI,2019,0.718,UNDP,2020-12-15,A\n"
                        + row + "PH,RAT_ICRMW,2020,1995,UN Treaty Collection,2021-01-10,A\n"
                        + row + "AE,RAT_ICRMW,2020,NaN,UN Treaty Collection,2021-01-10,M\n"
                        + row + "AE,POP,2020,9890400,UN DESA,2019,E\n");
        ProfileEdition edition = profiles().make(third, region.statistician("ADD"));
        ReferenceSource reference =
                java.util.Objects.requireNonNull(profiles().document(edition).reference());
        assertEquals("https://statistics.example/GMG-CORE (2021-01)", reference.origin());
        assertEquals(
                List.of(
                        "ARE HDI 2019 0.89 2020-12-15 UNDP",
                        "ARE POP 2020 9890400.0 2019 UN DESA",
                        "ARE RAT_ICRMW 2020 null 2021-01-10 UN Treaty Collection",
                        "PHL HDI 2019 0.718 2020-12-15 UNDP",
                        "PHL RAT_ICRMW 2020 1995.0 2021-01-10 UN Treaty Collection"),
                reference.indicators().stream()
                        .map(one -> one.party() + " " + one.indicator() + " " + one.period() + " " + one.value() + " "
                                + one.asOf() + " " + one.source())
                        .toList());
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        node.bean(ProfileBundles.class).write(edition, out);
        Path bundle = folder.resolve("profile.zip");
        Files.write(bundle, out.toByteArray());
        VerificationReport report = ProfileVerifier.verify(bundle, region.roots(), node.bean(Dataflows.class));
        assertTrue(report.holds(), () -> report.steps().toString());
        assertTrue(report.steps().stream().anyMatch(step -> step.name().equals("indicators")));
        Files.write(
                bundle,
                FilledForm.of(out.toByteArray())
                        .part("reference.csv", csv -> csv.replace("0.718", "0.818"))
                        .bytes());
        VerificationReport changed = ProfileVerifier.verify(bundle, region.roots(), node.bean(Dataflows.class));
        assertEquals("indicators", changed.failure().name());
    }
}
