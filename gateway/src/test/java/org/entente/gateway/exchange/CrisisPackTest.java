package org.entente.gateway.exchange;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.microsoft.playwright.Page;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.entente.agreements.life.CrisisAct;
import org.entente.crypto.message.Headers;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
import org.entente.gateway.base.Uuids;
import org.entente.gateway.evidence.DeliveredPacks;
import org.entente.gateway.evidence.Evidence;
import org.entente.gateway.evidence.EvidenceVerifier;
import org.entente.gateway.evidence.VerificationReport;
import org.entente.gateway.journal.Journal;
import org.entente.gateway.partners.NodeIdentity;
import org.entente.gateway.partners.PartnerClient;
import org.entente.gateway.partners.Partners;
import org.entente.gateway.testing.Corridor;
import org.entente.gateway.testing.TestNode;
import org.entente.gateway.testing.VerifyPage;
import org.entente.gateway.treaties.Treaties;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * The leg gives totals; its crisis pack gives women and men apart. One corridor, from delivery to opening while the provider is down; with
 * post-quantum keys beside all others, so that the evidence must carry their signatures too.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class CrisisPackTest {
    private static final String LEG = "ITA-PHL-STOCK";
    private static final String WOMEN = "/data/dataflow/ENTENTE/DF_DIASPORA/1.0.0/A5.IT._T.PH._T.CB.F";

    private Corridor corridor;

    @BeforeAll
    void open() {
        corridor = Corridor.openWithCompanions(CrisisPackTest::orderPack);
    }

    @AfterAll
    void close() {
        corridor.close();
    }

    private static void orderPack(ObjectNode document) {
        ObjectNode leg = (ObjectNode) document.path("legs").get(0);
        ObjectNode wide = leg.path("cube").deepCopy();
        ArrayNode sexes = ((ObjectNode) leg.path("cube").path("dimensions").path("SEX")).putArray("codes");
        sexes.add("_T");
        ObjectNode crisis = document.putObject("crisis");
        crisis.putArray("triggers").addObject().put("en", "A natural disaster in the provider's territory.");
        crisis.putArray("declarableBy").add("PHL").add("ITA");
        crisis.putArray("countersigned").add("ITA");
        crisis.put("maxDays", 30).put("reviewDays", 60).put("extraLog", true);
        ObjectNode widening = crisis.putArray("widenings").addObject();
        widening.put("leg", LEG);
        widening.set("cube", wide.deepCopy());
        ObjectNode pack = crisis.putArray("packs").addObject();
        pack.put("leg", LEG).put("reportHours", 24);
        pack.set("cube", wide);
    }

    private List<PackTables.Held> held() {
        return corridor.phl().bean(PackTables.class).held(10);
    }

    private List<PackTables.Made> made() {
        return corridor.ita().bean(PackTables.class).made(10);
    }

    @Test
    @Order(1)
    void theProviderDeliversOnePackPerReleaseAndTheConsumerProvesIt() throws InterruptedException {
        awaitLong(() -> !made().isEmpty() && made().getFirst().delivered() != null);
        assertEquals(1, made().size());
        assertEquals(1, held().size());
        PackTables.Held pack = held().getFirst();
        assertEquals(made().getFirst().id(), pack.id());
        assertArrayEquals(made().getFirst().bodyDigest(), pack.bodyDigest());
        assertEquals(List.of(PackMaking.KIND, PackDelivery.KIND), kinds(corridor.ita(), pack.id()));
        assertEquals(List.of(PackDesk.KIND), kinds(corridor.phl(), pack.id()));
    }

    @Test
    @Order(2)
    void aSealedPackAnswersNobodyAndIsUnreadableAtRest() {
        EntenteException refused = assertThrows(EntenteException.class, this::askForWomen);
        assertEquals(ErrorCode.AGREEMENT_REFUSED, refused.code());
        byte[] sealed = corridor.phl()
                .bean(Bodies.class)
                .find(held().getFirst().sealedDigest())
                .orElseThrow();
        assertFalse(new String(sealed, StandardCharsets.ISO_8859_1).contains("entente-pack"));
        EntenteException closed = assertThrows(
                EntenteException.class,
                () -> corridor.phl()
                        .bean(Evidence.class)
                        .ofPack(held().getFirst().id()));
        assertEquals(ErrorCode.NOT_FOUND, closed.code());
        assertThrows(EntenteException.class, this::providersEvidence);
        assertTrue(corridor.phl()
                .bean(Bodies.class)
                .find(held().getFirst().bodyDigest())
                .isEmpty());
    }

    @Test
    @Order(3)
    void aPackThatNoClauseOrdersIsRefusedAndSigned() {
        byte[] other = "{\"type\":\"entente-pack\"}".getBytes(StandardCharsets.UTF_8);
        PartnerClient.Answered answer = deliver(corridor.phl(), corridor.ita(), other);
        assertEquals(400, answer.response().status());
        // The consumer of the leg is not the one who may deliver its pack.
        byte[] delivered = corridor.ita()
                .bean(Bodies.class)
                .find(made().getFirst().bodyDigest())
                .orElseThrow();
        String renamed = new String(delivered, StandardCharsets.UTF_8)
                .replace(
                        made().getFirst().id().toString(),
                        corridor.phl().bean(Uuids.class).next().toString());
        PartnerClient.Answered wrongWay =
                deliver(corridor.phl(), corridor.ita(), renamed.getBytes(StandardCharsets.UTF_8));
        assertEquals(ErrorCode.PACK_NOT_AGREED.status(), wrongWay.response().status());
    }

    @Test
    @Order(4)
    void theSamePackAgainIsProvedAgainAndAnotherUnderItsIdIsRefused() {
        byte[] document = corridor.ita()
                .bean(Bodies.class)
                .find(made().getFirst().bodyDigest())
                .orElseThrow();
        long size = corridor.phl().bean(Journal.class).size();
        assertEquals(
                200,
                deliver(corridor.ita(), corridor.phl(), document).response().status());
        assertEquals(size, corridor.phl().bean(Journal.class).size());
        byte[] changed = new String(document, StandardCharsets.UTF_8)
                .replace("\"version\":1}", "\"version\":1 }")
                .getBytes(StandardCharsets.UTF_8);
        int status = deliver(corridor.ita(), corridor.phl(), changed).response().status();
        assertTrue(status == 400 || status == 409, "status " + status);
        assertEquals(1, held().size());
    }

    @Test
    @Order(5)
    void theConsumersDeclarationAloneOpensItWhileTheProviderIsDown() throws InterruptedException {
        PackTables.Held pack = held().getFirst();
        corridor.ita().stop();
        Clock clock = corridor.phl().bean(Clock.class);
        Treaties treaties = corridor.phl().bean(Treaties.class);
        String digest = treaties.get(corridor.agreement()).file().digest();
        CrisisAct.PackOpened act = new CrisisAct.PackOpened(
                "urn:uuid:" + UUID.randomUUID(),
                corridor.agreement(),
                digest,
                "PHL",
                clock.instant().truncatedTo(java.time.temporal.ChronoUnit.MICROS),
                LEG,
                pack.release(),
                "Earthquake; the provider does not answer.");
        treaties.act(corridor.officer("PHL").sign(act, clock.instant()), "test");
        awaitLong(() -> held().getFirst().act() != null);
        Asking.Figures figures = askForWomen();
        assertTrue(figures.held());
        assertEquals(pack.id(), figures.exchange());
        assertTrue(new String(figures.body(), StandardCharsets.UTF_8).contains(",F,"));
        assertEquals(List.of(PackDesk.KIND, PackOpening.KIND), kinds(corridor.phl(), pack.id()));
    }

    @Test
    @Order(6)
    void anOpenedPackStillRefusesWhatItsCubeDoesNotHold() {
        EntenteException refused = assertThrows(
                EntenteException.class,
                () -> corridor.phl().bean(Asking.class).ask(corridor.question(Corridor.MOLDOVANS)));
        assertEquals(ErrorCode.AGREEMENT_REFUSED, refused.code());
    }

    @Test
    @Order(7)
    void theProviderLearnsOfTheOpeningOnceItIsBack() throws InterruptedException {
        corridor.ita().restart();
        Treaties theirs = corridor.ita().bean(Treaties.class);
        corridor.phl().bean(Treaties.class).catchUpWith("ITA");
        awaitLong(() -> theirs.get(corridor.agreement()).file().instruments().stream()
                .anyMatch(CrisisAct.PackOpened.class::isInstance));
    }

    private static String root(TestNode node) {
        return node.bean(NodeIdentity.class).chain().getFirst().fingerprint().toString();
    }

    private Map<String, String> roots() {
        return Map.of("PHL", root(corridor.phl()), "ITA", root(corridor.ita()));
    }

    private VerificationReport verify(byte[] file) {
        return EvidenceVerifier.verify(file, roots());
    }

    private byte[] evidence() {
        return corridor.phl()
                .bean(Evidence.class)
                .ofPack(held().getFirst().id())
                .encode();
    }

    @Test
    @Order(8)
    void theOpenedFiguresAreProvedToThirdParties() {
        byte[] file = evidence();
        VerificationReport report = verify(file);
        assertTrue(report.holds(), report.steps().toString());
        assertEquals(
                List.of(
                        "format",
                        "cards",
                        "agreement",
                        "delivery-digest",
                        "delivery-signature",
                        "pack",
                        "consumer",
                        "received",
                        "declaration",
                        "opened",
                        "witnesses",
                        "seal",
                        "time",
                        "keys"),
                report.steps().stream().map(VerificationReport.Step::name).toList());
        String page = new String(file, StandardCharsets.UTF_8);
        assertTrue(page.contains("Earthquake; the provider does not answer."), page);
        Random random = new Random(20261128);
        for (int i = 0; i < 100; i++) {
            byte[] changed = file.clone();
            int at = random.nextInt(changed.length);
            changed[at] = (byte) (changed[at] ^ (1 << random.nextInt(7)));
            assertFalse(verify(changed).holds(), "byte " + at);
        }
    }

    /** What the provider has: its own record, the consumer's as it came back with the delivery, and the declaration. */
    private byte[] providersEvidence() {
        return corridor.ita()
                .bean(DeliveredPacks.class)
                .fromThisSide(made().getFirst().id());
    }

    private void assertNamed(byte[] file, List<PackEvidenceChange> changes, Function<byte[], String> failure) {
        assertEquals("none", failure.apply(file));
        int number = 0;
        for (PackEvidenceChange change : changes) {
            assertEquals(change.step(), failure.apply(change.of(file)), "change " + number++);
        }
    }

    private String failure(byte[] file) {
        VerificationReport.Step failure = verify(file).failure();
        return failure == null ? "none" : failure.name();
    }

    @Test
    @Order(8)
    void aPartThatBelongsElsewhereIsNamed() {
        assertNamed(evidence(), PackEvidenceChange.toTheConsumers(), this::failure);
    }

    @Test
    @Order(8)
    void theProviderProvesWhatItDeliveredAndThatItWasOpened() {
        byte[] file = providersEvidence();
        assertNamed(file, PackEvidenceChange.toTheProviders(), this::failure);
        assertEquals(
                List.of(
                        "format",
                        "cards",
                        "agreement",
                        "pack",
                        "consumer",
                        "made",
                        "received",
                        "declaration",
                        "witnesses",
                        "seal",
                        "time"),
                verify(file).steps().stream().map(VerificationReport.Step::name).toList());
        UUID held = held().getFirst().id();
        assertTrue(corridor.phl().bean(DeliveredPacks.class).find(held).isEmpty());
    }

    @Test
    @Order(8)
    void aBrowserVerifiesBothSidesAndNamesTheSameParts(@TempDir Path folder) throws IOException {
        Path saved = Files.write(folder.resolve("pack.evidence.json"), evidence());
        try (VerifyPage opened = VerifyPage.open()) {
            Page page = opened.page();
            opened.choose(saved);
            assertEquals(
                    "Figures of a crisis pack that was opened: pack "
                            + held().getFirst().id(),
                    page.innerText("#kind"));
            roots().forEach((party, fingerprint) -> page.fill("#root-" + party, fingerprint));
            page.click("#go");
            page.waitForFunction("document.getElementById('verdict').textContent !== ''");
            String table = page.innerText("#steps");
            assertEquals("The evidence holds.", page.innerText("#verdict"), table);
            assertEquals(
                    verify(evidence()).steps().stream()
                            .map(VerificationReport.Step::name)
                            .toList(),
                    page.locator("#steps tbody tr td:first-child").allInnerTexts());
            assertTrue(table.contains("Earthquake; the provider does not answer."), table);
            assertNamed(evidence(), PackEvidenceChange.toTheConsumers(), file -> opened.failure(file, roots()));
            assertNamed(
                    providersEvidence(), PackEvidenceChange.toTheProviders(), file -> opened.failure(file, roots()));
        }
    }

    private Asking.Figures askForWomen() {
        return corridor.phl().bean(Asking.class).ask(corridor.question(WOMEN));
    }

    private static PartnerClient.Answered deliver(TestNode from, TestNode to, byte[] document) {
        return from.bean(PartnerClient.class)
                .call(
                        from.bean(Partners.class).require(to.party()),
                        "POST",
                        PackDelivery.PATH,
                        Headers.of("accept", PackDocument.MEDIA_TYPE, "content-type", PackDocument.MEDIA_TYPE),
                        document,
                        false);
    }

    private static List<String> kinds(TestNode node, UUID pack) {
        return node.bean(Journal.class).bySubject(pack.toString()).stream()
                .map(entry -> entry.kind())
                .toList();
    }

    /** Packs go out by schedule, some seconds after what they are made from. */
    private static void awaitLong(BooleanSupplier condition) throws InterruptedException {
        for (int i = 0; i < 400 && !condition.getAsBoolean(); i++) {
            Thread.sleep(100);
        }
        assertTrue(condition.getAsBoolean(), "it has not happened in forty seconds");
    }
}
