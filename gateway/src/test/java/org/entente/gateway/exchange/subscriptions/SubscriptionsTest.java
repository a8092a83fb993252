package org.entente.gateway.exchange.subscriptions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.entente.agreements.Calendar;
import org.entente.gateway.access.Roles;
import org.entente.gateway.access.StaffUser;
import org.entente.gateway.access.Users;
import org.entente.gateway.base.Database;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
import org.entente.gateway.exchange.Holdings;
import org.entente.gateway.exchange.notices.Notices;
import org.entente.gateway.journal.Journal;
import org.entente.gateway.journal.JournalEntry;
import org.entente.gateway.testing.Corridor;
import org.entente.gateway.testing.TestNode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.function.Executable;

/** PHL's analyst subscribes to Filipinos in Italy; the leg's quota is three requests a day. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class SubscriptionsTest {
    private Corridor corridor;
    private StaffUser analyst;
    private StaffUser approver;
    private UUID first = new UUID(0, 0);

    @BeforeAll
    void open() {
        corridor = Corridor.open(plan -> plan.property("entente.notices.pause", "1s"), Map.of("quota", "3"));
        Users users = corridor.phl().bean(Users.class);
        analyst = users.staff(users.get("analyst"));
        approver = users.staff(users.get("approver"));
        Corridor.await(() -> !notices().received(10).isEmpty());
    }

    @AfterAll
    void close() {
        corridor.close();
    }

    private Subscriptions phl() {
        return corridor.phl().bean(Subscriptions.class);
    }

    private Notices notices() {
        return corridor.phl().bean(Notices.class);
    }

    private void look() {
        corridor.phl().bean(SubscriptionRuns.class).look();
    }

    private LocalDate today() {
        return LocalDate.ofInstant(corridor.phl().bean(Clock.class).instant(), ZoneOffset.UTC);
    }

    private Subscriptions.Wish wish(String query, boolean onCalendar, int most) {
        return new Subscriptions.Wish(query, null, null, "statistics", true, onCalendar, today().plusDays(30), most);
    }

    private Subscription active(StaffUser by, int most) {
        Subscription made = phl().add(wish(Corridor.FILIPINOS, false, most), by);
        return phl().approve(made.id(), approver);
    }

    private void publish() {
        int before = notices().received(100).size();
        corridor.publishStockAgain();
        Corridor.await(() -> notices().received(100).size() == before + 1);
    }

    private static ErrorCode refused(Executable act) {
        return assertThrows(EntenteException.class, act).code();
    }

    private static List<String> kinds(TestNode node, UUID subject) {
        return node.bean(Journal.class).bySubject(subject.toString()).stream()
                .map(JournalEntry::kind)
                .toList();
    }

    @Test
    @Order(1)
    void aSubscriptionIsJudgedAtHomeAndBeginsWhenAnotherPersonApproves() {
        assertEquals(
                ErrorCode.AGREEMENT_REFUSED, refused(() -> phl().add(wish(Corridor.MOLDOVANS, false, 5), analyst)));
        assertEquals(ErrorCode.FORBIDDEN, refused(() -> phl().add(wish(Corridor.FILIPINOS, false, 5), approver)));
        assertEquals(
                ErrorCode.REQUEST_MALFORMED, refused(() -> phl().add(wish(Corridor.FILIPINOS, false, 0), analyst)));
        assertEquals(
                ErrorCode.REQUEST_MALFORMED,
                refused(() -> phl().add(wish(Corridor.FILIPINOS + "?fresh=true", false, 1), analyst)));
        StaffUser both = corridor.phl().user("both", Roles.STATISTICIAN, Roles.APPROVER);
        Subscription own = phl().add(wish(Corridor.FILIPINOS, false, 5), both);
        assertEquals(ErrorCode.FOUR_EYES, refused(() -> phl().approve(own.id(), both)));
        assertEquals("refused", phl().refuse(own.id(), "Not needed.", approver).endCode());
        assertEquals(ErrorCode.REQUEST_DECIDED, refused(() -> phl().approve(own.id(), approver)));

        Subscription made = phl().add(wish(Corridor.FILIPINOS, false, 5), analyst);
        first = made.id();
        assertEquals("proposed", made.state());
        assertEquals("ITA-PHL-STOCK", made.leg());
        publish();
        look();
        assertEquals(List.of(), phl().turns(first), "nobody has approved it");
        assertEquals("active", phl().approve(first, approver).state());
        look();
        assertEquals(List.of(), phl().turns(first), "what was told before it began asks nothing");
    }

    @Test
    @Order(2)
    void aNewerReleaseIsAskedForOnceByItselfInTheAnalystsName() {
        publish();
        look();
        look();
        Corridor.await(() -> phl().turns(first).getFirst().state() == Subscription.State.ANSWERED);
        assertEquals(1, phl().turns(first).size());
        Subscription.Turn turn = phl().turns(first).getFirst();
        assertTrue(kinds(corridor.phl(), turn.exchange()).containsAll(List.of("asked", "received")));
        assertTrue(kinds(corridor.ita(), turn.exchange()).contains("answered"));
        Holdings.Holding held =
                corridor.phl().bean(Holdings.class).find(turn.exchange()).orElseThrow();
        assertEquals(notices().received(1).getFirst().release(), held.release());
        assertEquals(
                List.of("subscription-made", "subscription-approved", SubscriptionRuns.DUE),
                kinds(corridor.phl(), first));
        assertEquals(1, phl().get(first).used());
    }

    @Test
    @Order(3)
    void whileTheProviderIsDownTheTurnWaitsAndIsOneExchangeInTheEnd() {
        publish();
        corridor.ita().stop();
        look();
        Subscription.Turn turn = phl().turns(first).getFirst();
        assertEquals(Subscription.State.OPEN, turn.state());
        assertEquals("partner-unreachable", turn.code());
        assertTrue(turn.next().isAfter(turn.made()));
        corridor.ita().restart();
        corridor.phl().bean(Database.class).update("UPDATE subscription_turn SET next_us = 0 WHERE state = 'OPEN'");
        Corridor.await(() -> {
            look();
            return phl().turns(first).getFirst().state() == Subscription.State.ANSWERED;
        });
        assertEquals(2, phl().turns(first).size());
        assertEquals(turn.exchange(), phl().turns(first).getFirst().exchange());
    }

    @Test
    @Order(4)
    void aUsedUpQuotaPausesItUntilTheNextDay() {
        publish();
        look();
        assertEquals(Subscription.State.ANSWERED, phl().turns(first).getFirst().state());
        publish();
        look();
        Subscription.Turn turn = phl().turns(first).getFirst();
        assertEquals(Subscription.State.PAUSED, turn.state());
        assertTrue(String.valueOf(turn.sentence()).contains("requests of this day"), turn.sentence());
        Subscription paused = phl().get(first);
        assertEquals("paused", paused.state());
        assertEquals(turn.next(), paused.resumes());
        assertEquals(4, phl().turns(first).size());
    }

    @Test
    @Order(5)
    void itStopsWhenThePersonIsGoneTheAgreementEndsItsDayPassesOrItHasMadeItsRequests() {
        StaffUser leaving = corridor.phl().user("leaving", Roles.STATISTICIAN);
        StaffUser admin = corridor.phl().user("admin", Roles.ADMINISTRATOR);
        Subscription of = active(leaving, 5);
        corridor.phl().bean(Users.class).setEnabled("leaving", false, admin);
        look();
        assertEquals("person-gone", phl().get(of.id()).endCode());

        Database database = corridor.phl().bean(Database.class);
        Subscription elsewhere = active(analyst, 5);
        database.update("UPDATE subscription SET agreement_id = 'urn:uuid:none' WHERE id = ?", elsewhere.id());
        Subscription past = active(analyst, 5);
        database.update(
                "UPDATE subscription SET until_day = ? WHERE id = ?",
                today().minusDays(1).toString(),
                past.id());
        Subscription spent = active(analyst, 1);
        database.update("UPDATE subscription SET used = 1 WHERE id = ?", spent.id());
        publish();
        look();
        assertEquals("agreement-ended", phl().get(elsewhere.id()).endCode());
        assertEquals("until-passed", phl().get(past.id()).endCode());
        assertEquals("requests-used", phl().get(spent.id()).endCode());

        Subscription unwanted = active(analyst, 5);
        StaffUser other = corridor.phl().user("other", Roles.STATISTICIAN);
        assertEquals(ErrorCode.FORBIDDEN, refused(() -> phl().end(unwanted.id(), "Mine now.", other)));
        assertEquals(
                "ended", phl().end(unwanted.id(), "No longer needed.", analyst).endCode());
    }

    @Test
    @Order(6)
    void staffSeeSubscriptionsAndTheirTurnsOverHttp() {
        var client = corridor.phl().signIn("other");
        assertTrue(client.get("/api/subscriptions").body().contains("\"resumes\":\""));
        String shown = client.get("/api/subscriptions/" + first).body();
        assertTrue(shown.contains("\"cause\":\"notice:"), shown);
        String proposed = client.post(
                        "/api/subscriptions",
                        Map.of(
                                "query",
                                Corridor.FILIPINOS,
                                "onRelease",
                                false,
                                "onCalendar",
                                true,
                                "until",
                                today().plusDays(3).toString(),
                                "most",
                                2))
                .body();
        assertTrue(proposed.contains("\"state\":\"proposed\"") || proposed.contains("\"onCalendar\":true"), proposed);
        assertFalse(proposed.contains("approvedBy"), proposed);
    }

    @Test
    void theDueDayThatCountsIsTheLatestOneOfTheCalendarThatHasCome() {
        Calendar twice = new Calendar("A", List.of("--03-31", "--09-30"), null, 10, List.of());
        assertEquals(
                Optional.of(LocalDate.of(2026, 3, 31)), SubscriptionRuns.latestDue(twice, LocalDate.of(2026, 9, 29)));
        assertEquals(
                Optional.of(LocalDate.of(2026, 9, 30)), SubscriptionRuns.latestDue(twice, LocalDate.of(2026, 9, 30)));
        assertEquals(
                Optional.of(LocalDate.of(2025, 9, 30)), SubscriptionRuns.latestDue(twice, LocalDate.of(2026, 1, 1)));
        Calendar never = new Calendar("A", List.of(), null, 10, List.of());
        assertEquals(Optional.empty(), SubscriptionRuns.latestDue(never, LocalDate.of(2026, 1, 1)));
    }
}
