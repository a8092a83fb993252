package org.entente.gateway.exchange.subscriptions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.entente.gateway.access.StaffUser;
import org.entente.gateway.access.Users;
import org.entente.gateway.exchange.notices.Notices;
import org.entente.gateway.journal.Journal;
import org.entente.gateway.testing.Corridor;
import org.entente.gateway.testing.StaffBrowsing;
import org.entente.gateway.testing.TestClock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The leg's quota is one request a day: what it has no room for waits for the next day, unless there will be none. */
class PausedSubscriptionsTest {
    private final TestClock clock = new TestClock();
    private final LocalDate day = today().plusDays(1);

    @SuppressWarnings("NullAway.Init") // each test opens it
    private Corridor corridor;

    private void open(Consumer<ObjectNode> terms) {
        corridor = Corridor.open(
                plan -> plan.clock(clock).property("entente.notices.pause", "1s"), Map.of("quota", "1"), terms);
        Corridor.await(() -> !notices().received(10).isEmpty());
        // At noon, so that the day lasts and the next one begins when the test wants it.
        clock.advance(
                Duration.between(clock.instant(), day.atTime(LocalTime.NOON).toInstant(ZoneOffset.UTC)));
    }

    @AfterEach
    void close() {
        if (corridor != null) {
            corridor.close();
        }
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    }

    private Notices notices() {
        return corridor.phl().bean(Notices.class);
    }

    private Subscriptions phl() {
        return corridor.phl().bean(Subscriptions.class);
    }

    private void look() {
        corridor.phl().bean(SubscriptionRuns.class).look();
    }

    private void publish() {
        int before = notices().received(100).size();
        corridor.publishStockAgain();
        Corridor.await(() -> notices().received(100).size() == before + 1);
    }

    private Subscription active(LocalDate until, int most) {
        Users users = corridor.phl().bean(Users.class);
        StaffUser analyst = users.staff(users.get("analyst"));
        Subscription made = phl().add(
                        new Subscriptions.Wish(Corridor.FILIPINOS, null, null, "statistics", true, false, until, most),
                        analyst);
        return phl().approve(made.id(), users.staff(users.get("approver")));
    }

    private Subscription.Turn newest(Subscription of) {
        return phl().turns(of.id()).getFirst();
    }

    @Test
    void whatTheQuotaHasNoRoomForIsAskedWhenTheNextWindowOpensAndCountsOnce() throws Exception {
        open(document -> {});
        Subscription one = active(today().plusDays(30), 2);
        publish();
        look();
        assertEquals(Subscription.State.ANSWERED, newest(one).state());
        corridor.phl()
                .bean(SubscriptionTables.class)
                .tried(newest(one), Subscription.State.OPEN, "exchange-running", null, clock.instant());
        assertEquals(
                Subscription.State.ANSWERED, newest(one).state(), "whoever asked at the same time changes nothing");
        publish();
        look();
        Subscription.Turn refused = newest(one);
        assertEquals(Subscription.State.PAUSED, refused.state());
        assertEquals(
                today().plusDays(1).atTime(0, 5).toInstant(ZoneOffset.UTC),
                refused.next(),
                "when the partner's clock has come to the next day too");
        assertEquals("paused", phl().get(one.id()).state());
        assertEquals(2, phl().get(one.id()).used());
        String page = StaffBrowsing.as("analyst", corridor.phl())
                .get("/console/notices")
                .body();
        assertTrue(page.contains("waits for room in the quota, asks again on"), page);

        // A newer release takes its place: it waits as long, and is the same request.
        publish();
        look();
        Subscription.Turn newer = newest(one);
        assertEquals(Subscription.State.PAUSED, newer.state());
        assertEquals(refused.next(), newer.next());
        assertEquals(
                List.of(Subscription.State.PAUSED, Subscription.State.DROPPED, Subscription.State.ANSWERED),
                phl().turns(one.id()).stream().map(Subscription.Turn::state).toList());
        assertEquals(2, phl().get(one.id()).used());
        look();
        assertEquals(newer, newest(one), "nothing is asked before the day is over");

        corridor.phl().restart();
        clock.advance(Duration.ofHours(13));
        look();
        Subscription.Turn answered = newest(one);
        assertEquals(Subscription.State.ANSWERED, answered.state(), answered.sentence());
        assertEquals(newer.cause(), answered.cause());
        assertNotEquals(newer.exchange(), answered.exchange());
        assertEquals("active", phl().get(one.id()).state());
        assertEquals(2, phl().get(one.id()).used());
        assertEquals(
                4,
                corridor.phl().bean(Journal.class).bySubject(one.id().toString()).stream()
                        .filter(entry -> entry.kind().equals(SubscriptionRuns.DUE))
                        .count(),
                "three causes, and one that asks again under another exchange");

        // The day's request is used; who may ask on this day alone has none to wait for.
        Subscription lastDay = active(today(), 2);
        publish();
        look();
        assertEquals("quota-used", phl().get(lastDay.id()).endCode());
        assertEquals(Subscription.State.REFUSED, newest(lastDay).state());
    }

    @Test
    void itEndsWhereTheAgreementIsOverBeforeTheNextWindowOpens() {
        open(document -> {
            ((ObjectNode) document.path("course")).putObject("validity").put("until", day.toString());
        });
        Subscription one = active(today().plusDays(30), 5);
        publish();
        look();
        publish();
        look();
        Subscription ended = phl().get(one.id());
        assertEquals("quota-used", ended.endCode(), newest(one).toString());
        assertTrue(String.valueOf(ended.endReason()).contains("no other window"), ended.endReason());
        assertNotNull(newest(one).sentence());
        assertEquals(Subscription.State.REFUSED, newest(one).state());
    }
}
