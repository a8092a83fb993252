package org.entente.gateway.exchange;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.entente.crypto.canonical.CanonicalJson;
import org.entente.gateway.access.Roles;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
import org.entente.gateway.journal.Journal;
import org.entente.gateway.journal.JournalEntry;
import org.entente.gateway.node.Main;
import org.entente.gateway.sdmx.DataQuery;
import org.entente.gateway.testing.Corridor;
import org.entente.gateway.testing.DescribedStock;
import org.entente.gateway.testing.TestClock;
import org.entente.gateway.testing.TestNode;
import org.entente.gateway.treaties.Treaties;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two nodes that no network connects exchange figures and agreements as sealed files. */
class SealedFilesTest {
    private final TestClock clock = new TestClock();
    private Corridor corridor;

    @BeforeEach
    void open() {
        corridor = Corridor.open(plan -> plan.clock(clock), Map.of());
        corridor.ita().restartWithoutListeners();
        corridor.phl().restartWithoutListeners();
    }

    @AfterEach
    void close() {
        corridor.close();
    }

    private SealedFiles phl() {
        return corridor.phl().bean(SealedFiles.class);
    }

    private SealedFiles ita() {
        return corridor.ita().bean(SealedFiles.class);
    }

    private SealedFile asked(String path, @Nullable String parameters) {
        return phl().ask(
                        DataQuery.parse(path, parameters, StaffData.PARAMETERS),
                        new Question.Asker("analyst", "statistician", "0123456789abcdef"));
    }

    private static UUID exchange(SealedFile file) {
        return file.letters().getFirst().request().headers().stream()
                .filter(line -> line.getFirst().equals("entente-exchange"))
                .map(line -> UUID.fromString(line.getLast()))
                .findFirst()
                .orElseThrow();
    }

    private static List<String> kinds(TestNode node, UUID exchange) {
        return node.bean(Journal.class).bySubject(exchange.toString()).stream()
                .map(JournalEntry::kind)
                .sorted()
                .toList();
    }

    private AskedExchanges.State state(UUID exchange) {
        return corridor.phl()
                .bean(AskedExchanges.class)
                .find(exchange)
                .orElseThrow()
                .state();
    }

    private static EntenteException refused(ErrorCode code, Runnable act) {
        EntenteException refusal = assertThrows(EntenteException.class, act::run);
        assertEquals(code, refusal.code(), refusal.getMessage());
        return refusal;
    }

    @Test
    void anExchangeByFilesLeavesTheSameEntriesOnBothSidesAsOneOverTheNetwork() {
        SealedFile request = asked(Corridor.FILIPINOS, null);
        clock.advance(Duration.ofDays(3));
        SealedFile answer = ita().answer(request.encode());
        clock.advance(Duration.ofDays(2));

        SealedFiles.Taken taken = phl().receive(answer.encode()).getFirst();

        Asking.Figures figures = Objects.requireNonNull(taken.figures());
        assertTrue(new String(figures.body(), StandardCharsets.UTF_8).contains(",PH,"));
        assertEquals(List.of("asked", "received"), kinds(corridor.phl(), figures.exchange()));
        SealedFile receipt = phl().receipts("ITA").orElseThrow();
        phl().receive(ita().answer(receipt.encode()).encode());
        assertEquals(List.of("answered", "receipted"), kinds(corridor.ita(), figures.exchange()));
        assertEquals(0, corridor.phl().bean(Receipts.class).waiting());
        assertTrue(
                corridor.phl()
                        .bean(Asking.class)
                        .ask(corridor.question(Corridor.FILIPINOS))
                        .held(),
                "the figures are a holding");
    }

    @Test
    void theReportOfTheReleaseComesInTheFileBesideItsFigures() {
        DescribedStock.describe(corridor.ita(), "Population register");
        DescribedStock.release(corridor.ita());
        SealedFile answer = ita().answer(asked(Corridor.FILIPINOS, null).encode());

        SealedFiles.Taken taken = phl().receive(answer.encode()).getFirst();

        assertTrue(taken.sentence().endsWith(" with its report"), taken.sentence());
        assertTrue(
                corridor.phl()
                        .bean(ReceivedReports.class)
                        .of(Objects.requireNonNull(taken.figures()))
                        .isPresent(),
                "the report is kept beside the figures");
    }

    @Test
    void aReportThatTheAnswerDoesNotNameIsLeftAsideAndTheFiguresStand() {
        DescribedStock.describe(corridor.ita(), "Population register");
        DescribedStock.release(corridor.ita());
        SealedFile answer = ita().answer(asked(Corridor.FILIPINOS, null).encode());
        SealedFile.Letter letter = answer.letters().getFirst();
        SealedFile.Letter changed = new SealedFile.Letter(letter.request(), letter.response(), "e30");

        SealedFiles.Taken taken = phl().receive(SealedFile.of(answer.from(), answer.to(), List.of(changed))
                        .encode())
                .getFirst();

        assertTrue(taken.sentence().contains("the report beside it was not taken"), taken.sentence());
        assertTrue(corridor.phl()
                .bean(ReceivedReports.class)
                .of(Objects.requireNonNull(taken.figures()))
                .isEmpty());
    }

    @Test
    void theSameFileTwiceGetsTheSameAnswerAndAddsNothing() {
        SealedFile request = asked(Corridor.FILIPINOS, null);
        byte[] first = ita().answer(request.encode()).encode();
        long entries = corridor.ita().bean(Journal.class).size();

        SealedFile second = ita().answer(request.encode());

        assertEquals(entries, corridor.ita().bean(Journal.class).size());
        assertEquals(
                Objects.requireNonNull(
                                SealedFile.parse(first).letters().getFirst().response())
                        .body(),
                Objects.requireNonNull(second.letters().getFirst().response()).body());
        phl().receive(first);
        Asking.Figures again =
                Objects.requireNonNull(phl().receive(second.encode()).getFirst().figures());
        assertEquals(List.of("asked", "received"), kinds(corridor.phl(), again.exchange()));
    }

    @Test
    void aRefusalByThePartnerComesBackSignedAndIsReceived() {
        SealedFile request = asked(Corridor.MOLDOVANS, "askAnyway=true");
        SealedFile answer = ita().answer(request.encode());

        EntenteException refusal = refused(ErrorCode.AGREEMENT_REFUSED, () -> phl().receive(answer.encode()));

        assertEquals("ITA", refusal.members().get("refusedBy"));
        assertEquals(AskedExchanges.State.RECEIVED, state(exchange(request)));
    }

    @Test
    void whatThisNodeRefusesItselfIsNotWritten() {
        long before = corridor.phl().bean(Journal.class).size();
        refused(ErrorCode.AGREEMENT_REFUSED, () -> asked(Corridor.MOLDOVANS, null));
        assertEquals(before + 1, corridor.phl().bean(Journal.class).size());
    }

    @Test
    void aFileThatWasChangedOnItsWayIsNotTaken() {
        SealedFile request = asked(Corridor.FILIPINOS, null);
        UUID exchange = exchange(request);
        byte[] otherQuestion = replaced(request.encode(), ".PH.", ".MD.");
        refused(ErrorCode.SIGNATURE_INVALID, () -> ita().answer(otherQuestion));
        assertEquals(List.of(), kinds(corridor.ita(), exchange));

        SealedFile answer = ita().answer(request.encode());
        Filed.Response response =
                Objects.requireNonNull(answer.letters().getFirst().response());
        byte[] otherFigures = replaced(
                answer.encode(),
                response.body(),
                response.body().substring(0, 400) + response.body().substring(404));
        refused(ErrorCode.PARTNER_ANSWER_INVALID, () -> phl().receive(otherFigures));
        byte[] otherStatus = replaced(answer.encode(), "\"status\":200", "\"status\":403");
        refused(ErrorCode.PARTNER_ANSWER_INVALID, () -> phl().receive(otherStatus));
        assertEquals(AskedExchanges.State.ASKED, state(exchange));
        assertEquals("figures", phl().receive(answer.encode()).getFirst().what());
    }

    private static byte[] replaced(byte[] file, String what, String by) {
        String text = new String(file, StandardCharsets.UTF_8);
        assertTrue(text.contains(what));
        return text.replace(what, by).getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void aFileForSomebodyElseOrOfAnotherFormIsRefused() {
        byte[] request = asked(Corridor.FILIPINOS, null).encode();
        refused(ErrorCode.FILE_UNUSABLE, () -> phl().answer(request));
        refused(ErrorCode.FILE_UNUSABLE, () -> ita().receive(request));
        refused(ErrorCode.FILE_UNUSABLE, () -> phl().receive(request));
        refused(ErrorCode.FILE_UNUSABLE, () -> ita().answer("{}".getBytes(StandardCharsets.UTF_8)));
        refused(ErrorCode.FILE_UNUSABLE, () -> ita().answer(replaced(request, "entente-sealed/1", "entente-sealed/2")));
        byte[] spaced = (new String(request, StandardCharsets.UTF_8) + " ").getBytes(StandardCharsets.UTF_8);
        refused(ErrorCode.FILE_UNUSABLE, () -> ita().answer(spaced));
        refused(
                ErrorCode.PARTNER_UNKNOWN,
                () -> ita().answer(replaced(request, "\"from\":\"PHL\"", "\"from\":\"MDA\"")));
    }

    @Test
    void anOldFileIsNotAnswered() {
        byte[] request = asked(Corridor.FILIPINOS, null).encode();
        clock.advance(Duration.ofDays(31));
        refused(ErrorCode.REQUEST_EXPIRED, () -> ita().answer(request));
    }

    @Test
    void aQueryThatAsksNotExactlyOnePartnerIsRefused() {
        refused(ErrorCode.REQUEST_MALFORMED, () -> asked("/data/dataflow/ENTENTE/DF_DIASPORA/1.0.0/A5.PH", null));
        refused(ErrorCode.REQUEST_MALFORMED, () -> asked("/data/dataflow/ENTENTE/DF_DIASPORA/1.0.0/*", null));
    }

    @Test
    void anAnswerByFileIsWaitedForAMonth() {
        UUID exchange = exchange(asked(Corridor.FILIPINOS, null));
        GivingUp givingUp = corridor.phl().bean(GivingUp.class);
        clock.advance(Duration.ofHours(100));
        givingUp.closeOverdue();
        assertEquals(AskedExchanges.State.ASKED, state(exchange));

        clock.advance(Duration.ofDays(30));
        givingUp.closeOverdue();
        assertEquals(AskedExchanges.State.NEVER_RECEIVED, state(exchange));
        phl().receive(ita().answer(phl().receipts("ITA").orElseThrow().encode()).encode());
        assertEquals(List.of("receipted"), kinds(corridor.ita(), exchange));
    }

    @Test
    void aRequestThatWaitsForAPersonIsAnsweredFromTheSameFileAfterTheDecision() {
        corridor.close();
        corridor = Corridor.open(
                plan -> plan.clock(clock),
                Map.of(),
                document -> ((ObjectNode) document.path("legs").path(0).path("answering"))
                        .put("mode", "APPROVAL")
                        .put("days", 10));
        corridor.ita().restartWithoutListeners();
        SealedFile request = asked(Corridor.FILIPINOS, null);
        UUID exchange = exchange(request);

        SealedFile notice = ita().answer(request.encode());
        refused(ErrorCode.ANSWER_WAITS, () -> phl().receive(notice.encode()));
        refused(
                ErrorCode.ANSWER_WAITS,
                () -> phl().receive(ita().answer(request.encode()).encode()));
        clock.advance(Duration.ofDays(2));
        corridor.ita()
                .bean(Approvals.class)
                .approve("PHL", exchange, null, corridor.ita().user("bianca", Roles.APPROVER));
        SealedFile answer = ita().answer(request.encode());

        assertEquals("figures", phl().receive(answer.encode()).getFirst().what());
        assertEquals(AskedExchanges.State.RECEIVED, state(exchange));
        assertEquals(List.of("asked", "deferral-received", "received"), kinds(corridor.phl(), exchange));
    }

    @Test
    void textsAndActsTravelAsFilesToo() throws Exception {
        Treaties ours = corridor.phl().bean(Treaties.class);
        ObjectNode text = (ObjectNode) CanonicalJson.parseStrict(
                ours.get(corridor.agreement()).file().agreement().canonical());
        text.put("version", 2)
                .put("supersedes", ours.get(corridor.agreement()).file().digest());
        String digest = ours.propose(CanonicalJson.encode(text), "test").digest();
        Corridor.await(() -> ours.waitingFor("ITA").size() == 1);

        SealedFile acts = phl().acts("ITA").orElseThrow();
        SealedFile answered = ita().answer(acts.encode());

        Treaties theirs = corridor.ita().bean(Treaties.class);
        assertTrue(theirs.find(digest).isPresent());
        assertEquals("act", phl().receive(answered.encode()).getFirst().what());
        assertEquals(List.of(), ours.waitingFor("ITA"));
        assertArrayEquals(
                ours.messages(digest).getFirst(), theirs.messages(digest).getFirst());
        assertTrue(phl().acts("ITA").isEmpty());
    }

    @Test
    void aFileThatWasLostIsReplacedUnderTheSameExchangeAndAnsweredOnce() {
        SealedFile lost = asked(Corridor.FILIPINOS, null);
        UUID exchange = exchange(lost);
        SealedFile again = asked(Corridor.FILIPINOS, "exchange=" + exchange);
        assertEquals(exchange, exchange(again));
        refused(ErrorCode.EXCHANGE_CONFLICT, () -> asked(Corridor.FILIPINOS + ".F", "exchange=" + exchange));
        SealedFile answered = ita().answer(again.encode());
        assertEquals("figures", phl().receive(answered.encode()).getFirst().what());
        // The first file turns up after all: the same answer, and nothing new in either journal.
        SealedFile late = ita().answer(lost.encode());
        assertEquals(
                answered.letters().getFirst().response(),
                late.letters().getFirst().response());
        assertEquals("figures", phl().receive(late.encode()).getFirst().what());
        assertEquals(List.of("answered"), kinds(corridor.ita(), exchange));
        assertEquals(List.of("asked", "asked", "received"), kinds(corridor.phl(), exchange));
        refused(ErrorCode.EXCHANGE_CONFLICT, () -> asked(Corridor.FILIPINOS, "exchange=" + exchange));
    }

    @Test
    void theCommandsCarryAnExchangeFromRequestToReceipt(@TempDir Path folder) throws IOException {
        corridor.phl().user("asker", Roles.STATISTICIAN);
        Path password = Files.writeString(folder.resolve("password"), TestNode.PASSPHRASE);
        Path request = folder.resolve("request");
        Path answer = folder.resolve("answer");
        Path figures = folder.resolve("figures.csv");
        Path receipts = folder.resolve("receipts");
        Path verdict = folder.resolve("verdict");
        run(
                corridor.phl(),
                "ask",
                "A5.IT._T.PH._T.CB",
                "--sealed",
                request.toString(),
                "--as",
                "asker",
                "--password-file",
                password.toString());
        run(corridor.ita(), "answer", request.toString(), "--out", answer.toString());
        run(
                corridor.phl(),
                "receive",
                answer.toString(),
                "--figures",
                figures.toString(),
                "--receipts",
                receipts.toString());
        run(corridor.ita(), "answer", receipts.toString(), "--out", verdict.toString());
        run(corridor.phl(), "receive", verdict.toString());

        assertTrue(Files.readString(figures).contains("STOCK_IN"));
        assertEquals(0, corridor.phl().bean(Receipts.class).waiting());
        UUID exchange = exchange(ita().open(Files.readAllBytes(request)));
        assertEquals(List.of("answered", "receipted"), kinds(corridor.ita(), exchange));
    }

    private static void run(TestNode node, String... arguments) {
        List<String> line = new ArrayList<>(List.of(arguments));
        line.addAll(List.of("-c", node.configuration().toString()));
        StringWriter out = new StringWriter();
        PrintWriter writer = new PrintWriter(out);
        assertEquals(0, Main.run(writer, writer, line.toArray(String[]::new)), out.toString());
    }
}
