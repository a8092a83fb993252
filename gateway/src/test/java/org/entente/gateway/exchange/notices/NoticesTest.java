package org.entente.gateway.exchange.notices;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import org.entente.crypto.message.Headers;
import org.entente.gateway.access.StaffUser;
import org.entente.gateway.access.Users;
import org.entente.gateway.base.ErrorCode;
import org.entente.gateway.base.Uuids;
import org.entente.gateway.exchange.Asking;
import org.entente.gateway.exchange.Recalls;
import org.entente.gateway.journal.Journal;
import org.entente.gateway.journal.JournalEntry;
import org.entente.gateway.partners.PartnerClient;
import org.entente.gateway.partners.Partners;
import org.entente.gateway.testing.Corridor;
import org.entente.gateway.testing.TestNode;
import org.entente.gateway.treaties.Treaties;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/** One corridor: ITA tells PHL of its releases, while PHL is there and while it is not. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class NoticesTest {
    private static final String LEG = "ITA-PHL-STOCK";

    private Corridor corridor;
    private UUID first = new UUID(0, 0);

    @BeforeAll
    void open() {
        corridor = Corridor.open();
    }

    @AfterAll
    void close() {
        corridor.close();
    }

    private Notices phl() {
        return corridor.phl().bean(Notices.class);
    }

    private Notices ita() {
        return corridor.ita().bean(Notices.class);
    }

    private void tell() {
        corridor.ita().bean(NoticeMaking.class).look();
    }

    private StaffUser staff(String name) {
        Users users = corridor.ita().bean(Users.class);
        return users.staff(users.get(name));
    }

    private List<String> kinds(TestNode node, String subject) {
        return node.bean(Journal.class).bySubject(subject).stream()
                .map(JournalEntry::kind)
                .toList();
    }

    @Test
    @Order(1)
    void aPartnerWithARightIsToldOnceAndBothJournalsHoldIt() {
        tell();
        tell();
        Corridor.await(() -> !phl().received(10).isEmpty()
                && ita().sent(10).getFirst().state().equals(NoticeTables.DELIVERED));
        assertEquals(1, phl().received(10).size());
        assertEquals(1, ita().sent(10).size(), "what PHL publishes feeds no leg from ITA");
        Notices.Received notice = phl().received(10).getFirst();
        assertTrue(notice.isPublication());
        assertEquals(LEG, notice.leg());
        assertEquals("1990", notice.from());
        assertEquals("2020", notice.to());
        assertEquals(1, notice.number());
        assertEquals(List.of(), notice.replaces());
        assertEquals(List.of(NoticeMaking.KIND, NoticeDelivery.KIND), kinds(corridor.ita(), notice.id()));
        assertEquals(List.of(NoticeDesk.KIND), kinds(corridor.phl(), notice.id()));
    }

    @Test
    @Order(2)
    void aNoticeHoldsNoFigures() {
        String document = new String(document(corridor.ita()), StandardCharsets.UTF_8);
        assertTrue(document.length() < 1000, document);
        assertFalse(document.contains("OBS_VALUE"), document);
    }

    @Test
    @Order(3)
    void theSameNoticeAgainIsProvedAgainAndChangesNothing() {
        long size = corridor.phl().bean(Journal.class).size();
        assertEquals(200, send(corridor.ita(), corridor.phl(), document(corridor.ita())));
        assertEquals(size, corridor.phl().bean(Journal.class).size());
        assertEquals(1, phl().received(10).size());
        // Under another id the same event is no second one.
        assertEquals(
                ErrorCode.EXCHANGE_CONFLICT.status(),
                send(corridor.ita(), corridor.phl(), underNewId(document(corridor.ita()))));
        assertEquals(1, phl().received(10).size());
    }

    @Test
    @Order(4)
    void aNoticeThatNoLegGivesItsPlaceIsRefused() {
        byte[] document = document(corridor.ita());
        String text = new String(document, StandardCharsets.UTF_8);
        // PHL does not answer ITA under this leg.
        assertEquals(ErrorCode.NOTICE_NOT_AGREED.status(), send(corridor.phl(), corridor.ita(), underNewId(document)));
        String otherText = text.replace(digest(), "A".repeat(digest().length()));
        assertEquals(
                ErrorCode.NOTICE_NOT_AGREED.status(),
                send(corridor.ita(), corridor.phl(), underNewId(bytes(otherText))));
        String otherEvent = text.replace("\"event\":\"published\"", "\"event\":\"pondered\"");
        assertEquals(400, send(corridor.ita(), corridor.phl(), underNewId(bytes(otherEvent))));
        assertEquals(400, send(corridor.ita(), corridor.phl(), bytes("{}")));
        assertEquals(1, phl().received(10).size());
        assertEquals(0, ita().received(10).size());
    }

    @Test
    @Order(5)
    void whatIsHeldOfAnEarlierReleaseIsMarkedWhenANewerOneIsTold() {
        Asking.Figures held = corridor.phl().bean(Asking.class).ask(corridor.question(Corridor.FILIPINOS));
        first = held.exchange();
        assertEquals(List.of(), phl().outdated());
        corridor.publishStockAgain();
        tell();
        Corridor.await(() -> phl().received(10).size() == 2);
        Notices.Received newer = phl().received(10).getFirst();
        assertEquals(List.of(String.valueOf(held.release())), newer.replaces());
        assertEquals(1, phl().outdated().size());
        Notices.Outdated outdated = phl().outdated(first).orElseThrow();
        assertEquals(newer.release(), outdated.newer());
        Asking.Figures fresh = corridor.phl()
                .bean(Asking.class)
                .ask(corridor.question(Corridor.FILIPINOS).asFresh());
        assertTrue(phl().outdated(fresh.exchange()).isEmpty());
        assertEquals(
                newer.release(),
                phl().newest("ITA", corridor.agreement(), LEG).orElseThrow().release());
    }

    @Test
    @Order(6)
    void whileThePartnerIsDownTheNoticeWaitsAndComesAfterARestartOfBoth() {
        corridor.phl().stop();
        corridor.publishStockAgain();
        tell();
        Corridor.await(() -> ita().sent(10).getFirst().tries() > 0);
        assertEquals("waiting", ita().sent(10).getFirst().state());
        assertEquals(1, ita().waiting().notices());
        corridor.ita().restart();
        corridor.phl().restart();
        corridor.ita().bean(org.entente.gateway.base.Database.class).update("UPDATE notice_outbox SET next_us = 0");
        Corridor.await(() -> phl().received(10).size() == 3
                && ita().sent(10).getFirst().state().equals(NoticeTables.DELIVERED));
        assertEquals(0, ita().waiting().notices());
    }

    @Test
    @Order(7)
    void anEarlierNoticeThatWaitsIsWithdrawnWhenALaterOneSaysMore() {
        corridor.phl().stop();
        corridor.publishStockAgain();
        tell();
        corridor.publishStockAgain();
        tell();
        tell();
        List<Notices.Sent> sent = ita().sent(2);
        assertEquals("waiting", sent.getFirst().state());
        assertEquals(NoticeTables.WITHDRAWN, sent.getLast().state());
        assertEquals(
                List.of(NoticeMaking.KIND, NoticeMaking.WITHDRAWN),
                kinds(corridor.ita(), sent.getLast().id()));
        corridor.phl().restart();
        corridor.ita().bean(org.entente.gateway.base.Database.class).update("UPDATE notice_outbox SET next_us = 0");
        Corridor.await(() -> phl().received(10).size() == 4);
    }

    @Test
    @Order(8)
    void aRecallReachesWhoeverWasToldOfTheRelease() {
        String release = ita().sent(1).getFirst().release();
        Recalls recalls = corridor.ita().bean(Recalls.class);
        recalls.recall(UUID.fromString(release), "A wrong classification.", staff("approver"));
        tell();
        Corridor.await(() -> phl().received(10).size() == 5);
        Notices.Received notice = phl().received(1).getFirst();
        assertFalse(notice.isPublication());
        assertEquals(release, notice.release());
        assertEquals(List.of(release), notice.replaces());
    }

    @Test
    @Order(9)
    void staffSeeNoticesOverHttpAndAnAgreementThatIsNoLongerInEffectIsNotSpokenOf() throws Exception {
        corridor.phl().user("sara", "statistician");
        String received = corridor.phl().signIn("sara").get("/api/notices").body();
        assertTrue(received.contains("\"event\":\"recalled\""), received);
        assertTrue(corridor.phl()
                .signIn("sara")
                .get("/api/notices/outdated")
                .body()
                .contains(first.toString()));
        corridor.ita().user("sara", "statistician");
        assertTrue(corridor.ita().signIn("sara").get("/api/notices/sent").body().contains("withdrawn"));
    }

    private byte[] document(TestNode node) {
        return node.bean(NoticeTables.class).made(100).getLast().document();
    }

    private String digest() {
        return corridor.ita()
                .bean(Treaties.class)
                .get(corridor.agreement())
                .file()
                .digest();
    }

    private byte[] underNewId(byte[] document) {
        String text = new String(document, StandardCharsets.UTF_8);
        String id = ita().sent(100).getLast().id();
        return bytes(text.replace(id, corridor.ita().bean(Uuids.class).next().toString()));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static int send(TestNode from, TestNode to, byte[] document) {
        return from.bean(PartnerClient.class)
                .call(
                        from.bean(Partners.class).require(to.party()),
                        "POST",
                        NoticeDelivery.PATH,
                        Headers.of("accept", NoticeDocument.MEDIA_TYPE, "content-type", NoticeDocument.MEDIA_TYPE),
                        document,
                        false)
                .response()
                .status();
    }
}
