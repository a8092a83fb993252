package org.entente.gateway.region;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.entente.agreements.life.FigureAct;
import org.entente.agreements.life.Instrument;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
import org.entente.gateway.evidence.VerificationReport;
import org.entente.gateway.region.MemberStates.Row;
import org.entente.gateway.region.profile.Profile;
import org.entente.gateway.region.profile.ProfileBundles;
import org.entente.gateway.region.profile.ProfileEdition;
import org.entente.gateway.region.profile.ProfileVerifier;
import org.entente.gateway.region.profile.Profiles;
import org.entente.gateway.region.profile.Reconciled;
import org.entente.gateway.region.programme.Programme;
import org.entente.gateway.region.programme.Programmes;
import org.entente.gateway.region.programme.ReconciliationRule;
import org.entente.gateway.region.programme.Rounds;
import org.entente.gateway.statistics.Dataflows;
import org.entente.gateway.testing.FilledForm;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** A mirror pair is reconciled only as long as both states consent to the very rule; both figures stay as they are. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ReconciliationTest {
    private static final String PROGRAMME = """
            format: entente-programme/1
            id: ADD-MIRROR
            version: 1
            agreement: %s
            title: {en: Regional migration profile}
            tables:
              - id: FLOW
                title: {en: Arrivals and departures}
                dataflow: ENTENTE:DF_DIASPORA(1.0.0)
                leg: PROFILE-STOCK
                purpose: migration-profile
                dimensions: {INDICATOR: [INFLOW, OUTFLOW], SEX: [_T], AGE: [_T]}
                publish: MEMBERS
            rounds: {due: [], yearsBack: 1, deadlineHours: 240, attemptSeconds: 30}
            acceptedYears: 1
            minimumReporting: 3
            dominance: 10
            comparability: 1.0.0
            reconciliation:
              - {id: PHL-ARE, method: MEAN/1, table: FLOW, origin: PHL, destination: ARE, note: Both registers are new.}
            """;

    private MemberStates region;
    private UUID round = new UUID(0, 0);
    private String consent = "";

    @BeforeAll
    void open() {
        region = MemberStates.open(new TreeMap<>(Map.of("ARE", "AE", "IND", "IN", "PHL", "PH")), document -> {});
        region.publish("ARE", "ARE-FLOW", List.of(Row.flow("PH", "PR", "INFLOW", 2020, 90)));
        region.publish("PHL", "PHL-FLOW", List.of(Row.flow("AE", "NR", "OUTFLOW", 2020, 60)));
        region.publish("IND", "IND-FLOW", List.of(Row.flow("PH", "PR", "INFLOW", 2020, 5)));
    }

    @AfterAll
    void close() {
        region.close();
    }

    private Profiles profiles() {
        return region.secretariat().bean(Profiles.class);
    }

    private Programme declare(String programme) {
        return region.secretariat()
                .bean(Programmes.class)
                .declare(
                        programme.formatted(region.agreement()).getBytes(StandardCharsets.UTF_8),
                        region.statistician("ADD"))
                .programme();
    }

    private ReconciliationRule.Document rule() {
        Programme programme =
                region.secretariat().bean(Programmes.class).get("ADD-MIRROR").programme();
        return programme.reconciliation().getFirst().of(programme.id());
    }

    private Instrument consent(String party, String with, String rule) {
        return region.act(
                party,
                (digest, at) -> new FigureAct.ReconciliationConsented(
                        "urn:uuid:" + UUID.randomUUID(),
                        region.agreement(),
                        digest,
                        party,
                        at,
                        "ADD-MIRROR",
                        "FLOW",
                        "MEAN/1",
                        with,
                        rule));
    }

    private Reconciled made() {
        Profile profile = profiles().document(profiles().make(round, region.statistician("ADD")));
        assertEquals(60, profile.corridors().getFirst().originSide().value());
        assertEquals(90, profile.corridors().getFirst().destinationSide().value());
        assertTrue(profile.tables().getFirst().groups().stream()
                .flatMap(group -> group.totals().stream())
                .noneMatch(total -> Double.valueOf(75).equals(total.total().value())));
        assertEquals(1, profile.reconciled().size());
        Reconciled one = profile.reconciled().getFirst();
        assertEquals(60, one.origin().value());
        assertEquals(90, one.destination().value());
        return one;
    }

    @Test
    @Order(1)
    void aRuleThatSaysTooLittleIsNotDeclared() {
        EntenteException refused = assertThrows(
                EntenteException.class,
                () -> declare(PROGRAMME
                        .replace("MEAN/1", "MODEL/9")
                        .replace("table: FLOW, origin", "table: OTHER, origin")
                        .replace("note: Both registers are new.", "note: ''")));
        assertEquals(ErrorCode.PROGRAMME_INVALID, refused.code());
        assertTrue(
                refused.detail().contains("MEAN/1, LARGER/1, PREFERRED/1")
                        && refused.detail().contains("does not have")
                        && refused.detail().contains("why the method is fair"),
                refused.detail());
        EntenteException sideless = assertThrows(
                EntenteException.class, () -> declare(PROGRAMME.replace("method: MEAN/1", "method: PREFERRED/1")));
        assertTrue(sideless.detail().contains("preferred side"), sideless.detail());
        neverApplies("INDICATOR: [OUTFLOW], SEX: [_T]", "no two indicators that are a mirror pair");
        neverApplies("INDICATOR: [INFLOW, OUTFLOW], ORIGIN_BASIS: [NR], SEX: [_T]", "no two indicators");
        neverApplies("INDICATOR: [INFLOW, OUTFLOW], SEX: [F, M]", "no _T of SEX");
        neverApplies("INDICATOR: [INFLOW, OUTFLOW], COUNTERPART_AREA: [AE, IN], SEX: [_T]", "no figures on PHL");
        declare(PROGRAMME);
        Rounds rounds = region.secretariat().bean(Rounds.class);
        round = rounds.open("ADD-MIRROR", 2020, region.statistician("ADD"))
                .round()
                .id();
        rounds.turn(round);
        rounds.close(round, region.statistician("ADD"));
    }

    /** Members would consent to nothing. */
    private void neverApplies(String dimensions, String why) {
        EntenteException refused = assertThrows(
                EntenteException.class,
                () -> declare(PROGRAMME.replace("INDICATOR: [INFLOW, OUTFLOW], SEX: [_T]", dimensions)));
        assertEquals(ErrorCode.PROGRAMME_INVALID, refused.code());
        assertTrue(
                refused.detail().contains("PHL-ARE can never apply")
                        && refused.detail().contains(why),
                refused.detail());
    }

    @Test
    @Order(2)
    void withoutBothConsentsThereAreBothFiguresAndTheReason() {
        Reconciled nobody = made();
        assertNull(nobody.value());
        assertEquals("PHL has not consented to this rule.", nobody.reason());
        consent = consent("PHL", "ARE", rule().digest()).id();
        assertThrows(EntenteException.class, () -> consent("PHL", "ARE", rule().digest()));
        // To another rule: what differs in anything is another one.
        consent("ARE", "PHL", "another");
        Reconciled half = made();
        assertNull(half.value());
        assertEquals("ARE has not consented to this rule.", half.reason());
        assertEquals(
                List.of("PHL"),
                half.consents().stream().map(Reconciled.Consent::party).toList());
    }

    private HttpResponse<String> site(String path) throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(region.secretariat().everybody() + path))
                                .header("Accept-Language", "en")
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }

    @Test
    @Order(3)
    void withBothTheMeanStandsBesideBothAndTheBundleProvesIt(@TempDir Path folder) throws Exception {
        consent("ARE", "PHL", rule().digest());
        Reconciled both = made();
        assertEquals(75, both.value());
        assertNull(both.reason());
        assertTrue(both.consents().stream().allMatch(one -> one.journal() > 0 && one.withdrawn() == null));
        ProfileEdition edition = profiles().of("ADD-MIRROR").getFirst();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        region.secretariat().bean(ProfileBundles.class).write(edition, out);
        Path bundle = folder.resolve("profile.zip");
        Files.write(bundle, out.toByteArray());
        Dataflows flows = region.secretariat().bean(Dataflows.class);
        VerificationReport report = ProfileVerifier.verify(bundle, region.roots(), flows);
        assertTrue(report.holds(), () -> report.steps().toString());
        assertTrue(report.steps().stream()
                .anyMatch(step -> step.name().equals("consents")
                        && step.sentence().contains("PHL to MEAN/1")
                        && step.sentence().contains("ARE to MEAN/1")));
        String act = "consents/" + consent.substring("urn:uuid:".length()) + ".json";
        Files.write(
                bundle,
                FilledForm.of(out.toByteArray())
                        .part(
                                act,
                                json -> json.replace("entente-act", "entente-acts")
                                        .replace("eyJ", "eyK"))
                        .bytes());
        VerificationReport changed = ProfileVerifier.verify(bundle, region.roots(), flows);
        assertFalse(changed.holds());
        assertEquals("consents", changed.failure().name());

        profiles().publish("ADD-MIRROR", edition.edition(), region.approver("ADD"));
        String path = "/profiles/ADD-MIRROR/" + edition.edition();
        String page = site(path).body();
        assertTrue(page.contains("id=\"reconciled\"") && page.contains("mean of both figures"), page);
        String csv = site(path + "/reconciled.csv").body();
        assertTrue(csv.contains(",60,") && csv.contains(",90,75,"), csv);
        HttpResponse<String> signed = site(path + "/consents/" + consent.substring("urn:uuid:".length()));
        assertEquals(200, signed.statusCode());
        assertTrue(signed.body().contains("signatures") || signed.body().contains("signature"), signed.body());
        assertEquals(404, site(path + "/consents/" + UUID.randomUUID()).statusCode());
        assertFalse(site(path + "/tables/FLOW.csv").body().contains(",75"));
    }

    @Test
    @Order(4)
    void aWithdrawnConsentEndsItFromTheNextEditionOn(@TempDir Path folder) throws IOException {
        assertThrows(EntenteException.class, () -> region.act("ARE", (digest, at) -> withdrawal("ARE", digest, at)));
        region.act("PHL", (digest, at) -> withdrawal("PHL", digest, at));
        Reconciled withdrawn = made();
        assertNull(withdrawn.value());
        assertTrue(String.valueOf(withdrawn.reason()).startsWith("PHL has withdrawn its consent on "));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        region.secretariat()
                .bean(ProfileBundles.class)
                .write(profiles().of("ADD-MIRROR").getFirst(), out);
        Path bundle = folder.resolve("profile.zip");
        Files.write(bundle, out.toByteArray());
        VerificationReport report = ProfileVerifier.verify(
                bundle, region.roots(), region.secretariat().bean(Dataflows.class));
        assertTrue(report.holds(), () -> report.steps().toString());
        consent("PHL", "ARE", rule().digest());
        assertEquals(75, made().value());
    }

    private Instrument withdrawal(String party, String digest, java.time.Instant at) {
        return new FigureAct.ReconciliationWithdrawn(
                "urn:uuid:" + UUID.randomUUID(),
                region.agreement(),
                digest,
                party,
                at,
                consent,
                "the register is under review");
    }
}
