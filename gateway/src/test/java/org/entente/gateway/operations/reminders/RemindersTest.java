package org.entente.gateway.operations.reminders;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.entente.gateway.journal.Journal;
import org.entente.gateway.operations.reminders.Reminders.Kind;
import org.entente.gateway.testing.Corridor;
import org.entente.gateway.testing.TestClock;
import org.entente.gateway.testing.TestNode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/** Deliveries fall due in 5 and in 25 days; what is published at the beginning is the first of them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class RemindersTest {
    private final TestClock clock = new TestClock();
    private final LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    private Corridor corridor;

    @BeforeAll
    void open() {
        corridor = Corridor.open(plan -> plan.clock(clock), Map.of(), document -> {
            document.put("timeZone", "UTC");
            document.path("legs").forEach(leg -> {
                ObjectNode calendar = (ObjectNode) leg.path("calendar");
                calendar.put("graceDays", 5);
                calendar.remove("firstDelivery");
                ArrayNode due = calendar.putArray("due");
                due.add(monthDay(today.plusDays(5)));
                due.add(monthDay(today.plusDays(25)));
            });
        });
    }

    @AfterAll
    void close() {
        corridor.close();
    }

    private static String monthDay(LocalDate day) {
        return "--" + day.toString().substring(5);
    }

    private List<Kind> look(TestNode node) {
        node.bean(Reminders.class).look();
        return open(node);
    }

    private static List<Kind> open(TestNode node) {
        return node.bean(Reminders.class).open().stream()
                .filter(one -> one.subject().contains("ITA-PHL-STOCK"))
                .map(Reminders.Reminder::kind)
                .toList();
    }

    private static long journaled(TestNode node) {
        return node.bean(Journal.class).bySubject("ITA").stream()
                .filter(entry -> entry.kind().equals(Reminders.KIND))
                .count();
    }

    @Test
    @Order(1)
    void aDeliveryThatIsMadeIsNotRemindedOf() {
        assertEquals(List.of(), look(corridor.ita()), "the release of today is that of the first due day");
        // The consumer has neither been told nor asked.
        assertEquals(List.of(Kind.RELEASE_EXPECTED), look(corridor.phl()));
        corridor.phl().bean(org.entente.gateway.exchange.Asking.class).ask(corridor.question(Corridor.FILIPINOS));
        assertEquals(List.of(), look(corridor.phl()));
    }

    @Test
    @Order(2)
    void bothSidesAreRemindedBeforeAndAfterEachOnce() {
        clock.advance(Duration.ofDays(13));
        assertEquals(List.of(Kind.RELEASE_DUE), look(corridor.ita()));
        assertEquals(List.of(Kind.RELEASE_DUE), look(corridor.ita()));
        assertEquals(List.of(Kind.RELEASE_EXPECTED), look(corridor.phl()));
        long before = journaled(corridor.ita());
        look(corridor.ita());
        assertEquals(before, journaled(corridor.ita()));

        clock.advance(Duration.ofDays(13));
        assertEquals(List.of(Kind.RELEASE_LATE), look(corridor.ita()));
        assertEquals(List.of(Kind.RELEASE_NOT_COME), look(corridor.phl()));
        assertEquals(before + 1, journaled(corridor.ita()));
        corridor.ita().user("sara", "statistician");
        String shown = corridor.ita().signIn("sara").get("/api/reminders").body();
        assertTrue(
                shown.contains("RELEASE_LATE")
                        && shown.contains(today.plusDays(25).toString()),
                shown);
    }

    @Test
    @Order(3)
    void aReminderIsOverWhenTheReleaseIsThere() {
        corridor.publishStockAgain();
        assertEquals(List.of(), look(corridor.ita()));
    }
}
