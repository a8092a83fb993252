package org.entente.gateway.desk;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.UUID;
import org.entente.agreements.Agreement;
import org.entente.agreements.life.State;
import org.entente.crypto.canonical.CanonicalJson;
import org.entente.crypto.message.Headers;
import org.entente.crypto.message.HttpRequestMessage;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
import org.entente.gateway.evidence.Evidence;
import org.entente.gateway.evidence.EvidenceVerifier;
import org.entente.gateway.exchange.AnswerMaking;
import org.entente.gateway.exchange.Asking;
import org.entente.gateway.exchange.Filed;
import org.entente.gateway.exchange.Receipts;
import org.entente.gateway.exchange.SealedFile;
import org.entente.gateway.node.Main;
import org.entente.gateway.partners.Card;
import org.entente.gateway.partners.CardDocument;
import org.entente.gateway.partners.CardList;
import org.entente.gateway.partners.FiledMessages;
import org.entente.gateway.partners.NodeIdentity;
import org.entente.gateway.partners.PartnerClient;
import org.entente.gateway.partners.Partners;
import org.entente.gateway.releases.Protection;
import org.entente.gateway.releases.ReleaseStatus;
import org.entente.gateway.releases.ReleaseTerms;
import org.entente.gateway.sdmx.StructureFormat;
import org.entente.gateway.testing.SoftToken;
import org.entente.gateway.testing.WorkersAbroad;
import org.entente.gateway.treaties.Treaties;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A desk in a folder takes part in an agreement with a node and answers it, and the node cannot tell it from another node. */
class DeskTest {
    @TempDir
    private Path scratch;

    private @Nullable DeskCorridor opened;

    private DeskCorridor open() {
        return keep(DeskCorridor.concluded(scratch));
    }

    private DeskCorridor keep(DeskCorridor corridor) {
        opened = corridor;
        return corridor;
    }

    @AfterEach
    void close() {
        if (opened != null) {
            opened.close();
        }
    }

    private static EntenteException refused(ErrorCode code, Runnable act) {
        EntenteException refusal = assertThrows(EntenteException.class, act::run);
        assertEquals(code, refusal.code(), refusal.getMessage());
        return refusal;
    }

    private static UUID exchange(SealedFile file) {
        return file.letters().getFirst().request().headers().stream()
                .filter(line -> line.getFirst().equals("entente-exchange"))
                .map(line -> UUID.fromString(line.getLast()))
                .findFirst()
                .orElseThrow();
    }

    private static Filed.Response response(SealedFile file) {
        return Objects.requireNonNull(file.letters().getFirst().response());
    }

    private static String body(Filed.Response response) throws Exception {
        return new String(response.content(), StandardCharsets.UTF_8);
    }

    @Test
    void bothSidesConcludeAnAgreementByFiles() {
        DeskCorridor corridor = open();
        assertEquals(State.Phase.IN_EFFECT, corridor.phaseAtTheDesk());
        assertEquals(State.Phase.IN_EFFECT, corridor.phaseAtTheNode());
        assertTrue(corridor.ita.acts("PHL").isEmpty());
        assertEquals(List.of(), corridor.phl.bean(Treaties.class).waitingFor("ITA"));
        corridor.reopened();
        assertEquals(State.Phase.IN_EFFECT, corridor.phaseAtTheDesk());
        assertTrue(corridor.ita.acts("PHL").isEmpty());
    }

    @Test
    void aRequestIsAnsweredReceiptedAndProvedToAThirdParty() throws Exception {
        DeskCorridor corridor = open();
        SealedFile request = corridor.asked(DeskCorridor.FILIPINOS, null);
        corridor.clock.advance(Duration.ofDays(3));

        SealedFile answer = corridor.reopened().answer(request.encode(), null);
        Asking.Figures figures = Objects.requireNonNull(
                corridor.node().receive(answer.encode()).getFirst().figures());

        assertTrue(new String(figures.body(), StandardCharsets.UTF_8).contains(",PH,"));
        UUID id = exchange(request);
        SealedFile receipts = corridor.node().receipts("ITA").orElseThrow();
        corridor.node()
                .receive(corridor.reopened().answer(receipts.encode(), null).encode());
        assertEquals(0, corridor.phl.bean(Receipts.class).waiting());
        assertEquals(
                List.of(id + " permit true"),
                corridor.reopened().exchanges().stream()
                        .map(one -> one.id() + " " + one.outcome() + " " + one.receipted())
                        .toList());

        var report = EvidenceVerifier.verify(
                corridor.phl.bean(Evidence.class).ofAsked(id).encode(),
                Map.of(
                        "PHL",
                        corridor.phl
                                .bean(NodeIdentity.class)
                                .chain()
                                .getFirst()
                                .fingerprint()
                                .toString(),
                        "ITA",
                        corridor.ita.cards().getFirst().fingerprint().toString()));
        assertTrue(report.holds(), report::toString);
    }

    @Test
    void theSameFileTwiceGetsTheFirstAnswerAndAnotherQuestionUnderItsIdIsRefused() throws Exception {
        DeskCorridor corridor = open();
        SealedFile request = corridor.asked(DeskCorridor.FILIPINOS, null);
        SealedFile first = corridor.ita.answer(request.encode(), null);
        long entries = corridor.ita.verify();

        SealedFile second = corridor.reopened().answer(request.encode(), null);

        assertEquals(entries, corridor.ita.verify());
        assertArrayEquals(response(first).content(), response(second).content());
        assertEquals(signature(first), signature(second));
        corridor.node().receive(second.encode());

        SealedFile other = anotherQuestionUnderTheSameId(corridor, request);
        refused(ErrorCode.EXCHANGE_CONFLICT, () -> corridor.ita.answer(other.encode(), null));
    }

    /** What an honest node never sends: its exchange id again, for another question, signed anew. */
    private static SealedFile anotherQuestionUnderTheSameId(DeskCorridor corridor, SealedFile first) throws Exception {
        HttpRequestMessage request = first.letters().getFirst().request().message();
        Headers.Builder headers = Headers.builder();
        request.headers().all().stream()
                .filter(field ->
                        field.name().startsWith("entente-") || field.name().equals("accept"))
                .forEach(field -> headers.add(field.name(), field.value()));
        URI target = URI.create(request.targetUri());
        PartnerClient.Prepared signed = FiledMessages.prepare(
                corridor.phl.bean(NodeIdentity.class),
                corridor.phl.bean(Partners.class).require("ITA"),
                request.method(),
                target.getRawPath().replace("A5.IT._T.PH", "A5.IT._T.*"),
                headers.build(),
                new byte[0],
                true,
                corridor.clock.instant(),
                new SecureRandom());
        return SealedFile.of(
                "PHL", "ITA", List.of(SealedFile.Letter.of(Filed.Request.of(signed.request(), signed.body()))));
    }

    private static String signature(SealedFile file) {
        return response(file).headers().stream()
                .filter(line -> line.getFirst().equals("signature"))
                .map(List::getLast)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aRequestOutsideTheLegGetsASignedRefusalThatNamesTheClause() throws Exception {
        DeskCorridor corridor = open();
        SealedFile request = corridor.asked(DeskCorridor.MOLDOVANS, "askAnyway=true");

        SealedFile answer = corridor.ita.answer(request.encode(), null);

        assertEquals(403, response(answer).status());
        assertTrue(body(response(answer)).contains("COUNTERPART_AREA"), body(response(answer)));
        EntenteException refusal =
                refused(ErrorCode.AGREEMENT_REFUSED, () -> corridor.node().receive(answer.encode()));
        assertEquals("ITA", refusal.members().get("refusedBy"));
        assertEquals("refusal", corridor.ita.exchanges().getFirst().outcome());
    }

    @Test
    void aFileOfAStrangerAChangedFileAndAFileForSomebodyElseLeaveNothingBehind() {
        DeskCorridor corridor = open();
        byte[] request = corridor.asked(DeskCorridor.FILIPINOS, null).encode();
        long entries = corridor.ita.verify();
        refused(
                ErrorCode.PARTNER_UNKNOWN,
                () -> corridor.ita.answer(
                        DeskCorridor.replaced(request, "\"from\":\"PHL\"", "\"from\":\"MDA\""), null));
        refused(
                ErrorCode.SIGNATURE_INVALID,
                () -> corridor.ita.answer(DeskCorridor.replaced(request, ".PH.", ".MD."), null));
        refused(
                ErrorCode.FILE_UNUSABLE,
                () -> corridor.ita.answer(DeskCorridor.replaced(request, "\"to\":\"ITA\"", "\"to\":\"MDA\""), null));
        refused(ErrorCode.FILE_UNUSABLE, () -> corridor.ita.answer("{}".getBytes(StandardCharsets.UTF_8), null));
        assertEquals(entries, corridor.ita.verify());
        assertEquals(List.of(), corridor.ita.exchanges());
    }

    @Test
    void anOldFileAPartnersExpiredCardAndAnExpiredOwnCardAreRefused() {
        DeskCorridor corridor = open();
        SealedFile request = corridor.asked(DeskCorridor.FILIPINOS, null);
        corridor.clock.advance(Duration.ofDays(31));
        refused(ErrorCode.REQUEST_EXPIRED, () -> corridor.ita.answer(request.encode(), null));
        corridor.clock.advance(Duration.ofDays(825));
        EntenteException own =
                refused(ErrorCode.CERTIFICATE_EXPIRED, () -> corridor.ita.answer(request.encode(), null));
        assertTrue(own.detail().contains("own card"), own.detail());
    }

    @Test
    void withoutAnAgreementNothingIsGivenAndWithoutConfirmationNobodyIsTrusted() {
        DeskCorridor corridor = keep(new DeskCorridor(scratch));
        corridor.publish();
        SealedFile request = corridor.asked(DeskCorridor.FILIPINOS, "askAnyway=true");
        assertEquals(403, response(corridor.ita.answer(request.encode(), null)).status());
        NodeIdentity identity = corridor.phl.bean(NodeIdentity.class);
        refused(
                ErrorCode.CARD_INVALID,
                () -> corridor.ita.trust(
                        CardList.write(identity.chain()),
                        corridor.ita.cards().getFirst().fingerprint().toString()));
    }

    @Test
    void aQuotaHoldsAcrossCommands() {
        DeskCorridor corridor = keep(DeskCorridor.concluded(
                scratch,
                Map.of(),
                document -> ((ObjectNode) document.path("legs").path(0))
                        .putObject("quota")
                        .put("requests", 1)
                        .put("per", "YEAR")));
        byte[] first = corridor.asked(DeskCorridor.FILIPINOS, null).encode();
        byte[] second = corridor.asked(DeskCorridor.FILIPINOS, "fresh=true").encode();
        assertEquals(200, response(corridor.ita.answer(first, null)).status());
        assertEquals(403, response(corridor.reopened().answer(second, null)).status());
    }

    @Test
    void whatTheLegLeavesToPersonsIsDecidedAtTheDeskAndARefusalNamesItsGround() {
        DeskCorridor corridor = keep(DeskCorridor.concluded(scratch, Map.of(), document -> {
            ObjectNode answering = (ObjectNode) document.path("legs").path(0).path("answering");
            answering.put("mode", "APPROVAL").put("fourEyes", true).put("days", 10);
            answering
                    .putArray("grounds")
                    .addObject()
                    .put("code", "UNDER_REVISION")
                    .putObject("text")
                    .put("en", "The figures are being revised.");
        }));
        byte[] request = corridor.asked(DeskCorridor.FILIPINOS, null).encode();
        refused(ErrorCode.DECISION_NEEDED, () -> corridor.ita.answer(request, null));
        AnswerMaking.Verdict one = new AnswerMaking.Verdict(List.of("Anna"), null);
        refused(ErrorCode.FOUR_EYES, () -> corridor.ita.answer(request, one));
        assertEquals(List.of(), corridor.ita.exchanges());
        AnswerMaking.Verdict both = new AnswerMaking.Verdict(List.of("Anna", "Carlo"), null);
        SealedFile answer = corridor.ita.answer(request, both);
        assertNotNull(corridor.node().receive(answer.encode()).getFirst().figures());

        byte[] another = corridor.asked(DeskCorridor.FILIPINOS, "fresh=true").encode();
        AnswerMaking.Verdict mood = new AnswerMaking.Verdict(List.of("Anna"), "MOOD");
        refused(ErrorCode.GROUND_UNKNOWN, () -> corridor.ita.answer(another, mood));
        SealedFile refusal = corridor.ita.answer(another, new AnswerMaking.Verdict(List.of("Anna"), "UNDER_REVISION"));
        EntenteException said =
                refused(ErrorCode.REFUSED_BY_PERSON, () -> corridor.node().receive(refusal.encode()));
        assertEquals("UNDER_REVISION", said.members().get("ground"));
    }

    @Test
    void figuresThatOnePersonAlonePublishesOrThatCannotBeReadAreRefused() {
        DeskCorridor corridor = open();
        byte[] noFigures = "no figures".getBytes(StandardCharsets.UTF_8);
        refused(ErrorCode.CSV_MALFORMED, () -> publish(corridor, noFigures, "Anna", "Carlo"));
        refused(ErrorCode.FOUR_EYES, () -> publish(corridor, DeskCorridor.stock(), "Anna", "anna"));
        assertEquals(1, corridor.ita.releases().all().size());
    }

    private static void publish(DeskCorridor corridor, byte[] csv, String by, String approvedBy) {
        corridor.ita
                .releases()
                .publish(
                        DeskCorridor.declaration(),
                        csv,
                        new DeskReleases.Publication(
                                new ReleaseTerms(
                                        ReleaseStatus.FINAL, new Protection.ByOffice("rounded", "ISTAT"), null),
                                by,
                                approvedBy,
                                null,
                                new TreeSet<>()));
    }

    @Test
    void aFileIsReadByWhomItIsSealedToAndNobodyElse() {
        DeskCorridor corridor = open();
        SealedFile request = corridor.asked(DeskCorridor.FILIPINOS, null);
        byte[] closed = corridor.node().close(request);
        assertFalse(new String(closed, StandardCharsets.UTF_8).contains("letters"));
        refused(ErrorCode.FILE_UNUSABLE, () -> corridor.node().open(closed));
        byte[] changed = closed.clone();
        int place = new String(closed, StandardCharsets.UTF_8).indexOf("\"content\"") + 100;
        changed[place] = (byte) (changed[place] == 'A' ? 'B' : 'A');
        refused(ErrorCode.FILE_UNUSABLE, () -> corridor.ita.answer(changed, null));

        byte[] answer = corridor.ita.close(corridor.ita.answer(closed, null));

        assertFalse(new String(answer, StandardCharsets.UTF_8).contains("letters"));
        assertNotNull(corridor.node().receive(answer).getFirst().figures());
    }

    @Test
    void twoTextsThatCrossOnTheWayAreSettledByOneSideTakingUpTheOthers() {
        DeskCorridor corridor = keep(new DeskCorridor(scratch));
        Agreement ours = corridor.draft(Map.of(), document -> document.put("timeZone", "Asia/Manila"));
        Agreement theirs = corridor.draft(
                Map.of(), document -> document.put("id", ours.id()).put("timeZone", "Europe/Rome"));
        corridor.agreement = ours.id();
        Treaties node = corridor.phl.bean(Treaties.class);
        node.propose(ours.canonical(), "test");
        corridor.ita.propose(theirs.canonical(), null);

        byte[] fromNode = corridor.node().acts("ITA").orElseThrow().encode();
        byte[] fromDesk = corridor.ita.acts("PHL").orElseThrow().encode();
        SealedFile atTheDesk = corridor.ita.answer(fromNode, null);
        SealedFile atTheNode = corridor.node().answer(fromDesk);

        assertTrue(corridor.node()
                .receive(atTheDesk.encode())
                .getFirst()
                .sentence()
                .contains(theirs.digest()));
        assertTrue(corridor.ita.receive(atTheNode.encode()).getFirst().contains(ours.digest()));
        assertTrue(node.find(theirs.digest()).isEmpty());
        node.propose(theirs.canonical(), ours.digest(), "test");
        corridor.ita.submit(corridor.itaOfficer.sign(theirs.canonical(), corridor.clock.instant()));
        corridor.carryActsToNode();
        node.sign(corridor.phlOfficer.sign(theirs.canonical(), corridor.clock.instant()), "test");
        corridor.carryActsToDesk();
        assertEquals(State.Phase.IN_EFFECT, corridor.phaseAtTheDesk());
        assertEquals(State.Phase.IN_EFFECT, corridor.phaseAtTheNode());
        assertEquals(theirs.digest(), corridor.ita.agreement(ours.id()).file().digest());
    }

    @Test
    void aDeskWhoseFolderWasSetBackAnswersNothing() throws IOException {
        DeskCorridor corridor = open();
        byte[] request = corridor.asked(DeskCorridor.FILIPINOS, null).encode();
        Path entries = corridor.folder().resolve("journal/entries");
        byte[] before = Files.readAllBytes(entries);
        corridor.ita.answer(request, null);
        corridor.ita.close();
        Files.write(entries, before);
        refused(ErrorCode.JOURNAL_UNAVAILABLE, corridor::reopened);
        assertTrue(Files.exists(entries), "nothing is thrown away");
    }

    @Test
    void theNodeSaysWhyItDoesNotReachADesk() {
        DeskCorridor corridor = open();
        EntenteException unreachable = refused(
                ErrorCode.PARTNER_UNREACHABLE,
                () -> corridor.phl.bean(Treaties.class).catchUpWith("ITA"));
        assertTrue(unreachable.detail().contains("sealed files"), unreachable.detail());
    }

    @Test
    void theCommandsLeadFromAnEmptyFolderToAReceipt() throws Exception {
        DeskCorridor corridor = keep(new DeskCorridor(scratch.resolve("unused")));
        Path folder = scratch.resolve("mda");
        Path word = Files.writeString(scratch.resolve("word"), "a long enough passphrase");
        Path card = Files.write(
                scratch.resolve("card-phl.json"),
                CardList.write(corridor.phl.bean(NodeIdentity.class).chain()));
        List<String> desk = List.of("-d", folder.toString(), "--password-file", word.toString());

        String made = run(
                0,
                desk,
                "desk",
                "init",
                "--party",
                "MDA",
                "--anchor",
                scratch.resolve("a").toString());
        assertTrue(made.contains("MDA"), made);
        run(
                1,
                desk,
                "desk",
                "init",
                "--party",
                "MDA",
                "--anchor",
                scratch.resolve("a").toString());
        run(0, desk, "desk", "card", "--out", scratch.resolve("card-mda.json").toString());
        run(1, desk, "desk", "trust", card.toString(), "--fingerprint", "AAAA-AAAA-AAAA-AAAA-AAAA-AAAA");
        run(
                0,
                desk,
                "desk",
                "trust",
                card.toString(),
                "--fingerprint",
                corridor.phl.bean(NodeIdentity.class).current().fingerprint().toString());
        String trusted = run(0, desk, "desk", "trust");
        assertTrue(trusted.contains("PHL"), trusted);
        run(0, desk, "desk", "agreement", "list");
        Path structure = Files.write(
                scratch.resolve("structure.xml"), WorkersAbroad.message(WorkersAbroad.flow(), StructureFormat.ML_3_0));
        String taken =
                run(0, desk, "desk", "structure", "import", structure.toString(), "--role", "HOST=REPORTING_AREA");
        assertTrue(taken.contains(WorkersAbroad.FLOW), taken);
        run(1, desk, "desk", "structure", "import", structure.toString());
        String known = run(0, desk, "desk", "structure", "list");
        assertTrue(known.contains(WorkersAbroad.FLOW) && known.contains("DF_PERMITS"), known);
        run(
                1,
                desk,
                "desk",
                "agreement",
                "send",
                "PHL",
                "--out",
                scratch.resolve("acts").toString());
        String whole = run(0, desk, "desk", "journal");
        assertTrue(whole.contains("whole\t4 entries"), whole);
        run(2, desk, "desk", "answer", "x", "--out", "y", "--refuse", "MOOD");
    }

    @Test
    void theSigningKeyStaysOnAToken() throws Exception {
        SoftToken token = SoftToken.get();
        Path pin = Files.writeString(scratch.resolve("pin"), SoftToken.PIN);
        String key = token.address() + "&pin-source=" + pin;
        DeskCorridor corridor = keep(DeskCorridor.signingByToken(scratch, key));
        Card card = corridor.ita.cards().getLast().card();
        assertTrue(
                card.signing().stream().anyMatch(one -> one.certificate().equals(token.certificate())),
                card.toString());
        corridor.reopened();
        SealedFile request = corridor.asked(DeskCorridor.FILIPINOS, null);
        SealedFile answered = corridor.ita.answer(request.encode(), null);
        assertEquals(
                "figures", corridor.node().receive(answered.encode()).getFirst().what());
        assertEquals(State.Phase.IN_EFFECT, corridor.phaseAtTheNode());

        // Without the PIN nothing is opened, and the refusal says what is wrong.
        Files.delete(pin);
        corridor.ita.close();
        EntenteException closed = refused(ErrorCode.KEY_FILE_INVALID, corridor::reopened);
        assertTrue(closed.detail().contains("token"), closed.detail());
        Files.writeString(pin, SoftToken.PIN);
        corridor.reopened();
    }

    @Test
    void aDeskIsMadeAtTheCommandLineWithItsSigningKeyOnAToken() throws Exception {
        SoftToken token = SoftToken.get();
        Path pin = Files.writeString(scratch.resolve("pin"), SoftToken.PIN);
        Path word = Files.writeString(scratch.resolve("word"), "a long enough passphrase");
        List<String> desk = List.of("-d", scratch.resolve("mda").toString(), "--password-file", word.toString());
        String anchor = scratch.resolve("a").toString();
        String wrong = token.address().replace("object=", "object=no-such-") + "&pin-source=" + pin;
        String refused = run(1, desk, "desk", "init", "--party", "MDA", "--anchor", anchor, "--signing-key", wrong);
        assertTrue(refused.contains("key-file-invalid"), refused);
        String key = token.address() + "&pin-source=" + pin;
        run(0, desk, "desk", "init", "--party", "MDA", "--anchor", anchor, "--signing-key", key);
        Path card = scratch.resolve("card-mda.json");
        run(0, desk, "desk", "card", "--out", card.toString());
        Card made = CardDocument.parse(CanonicalJson.encode(
                        CanonicalJson.parseStrict(Files.readAllBytes(card)).get(0)))
                .card();
        assertEquals(token.certificate(), made.signing().getFirst().certificate());
        String settings = Files.readString(scratch.resolve("mda").resolve("desk.json"));
        assertTrue(settings.contains("pkcs11:") && !settings.contains(SoftToken.PIN), settings);
    }

    private static String run(int code, List<String> desk, String... arguments) {
        List<String> line = new ArrayList<>(List.of(arguments));
        line.addAll(desk);
        StringWriter out = new StringWriter();
        PrintWriter writer = new PrintWriter(out);
        assertEquals(code, Main.run(writer, writer, line.toArray(String[]::new)), out.toString());
        return out.toString();
    }
}
