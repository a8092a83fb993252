package org.entente.gateway.operations.reminders;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import java.util.stream.StreamSupport;
import org.entente.gateway.access.Roles;
import org.entente.gateway.access.StaffUser;
import org.entente.gateway.access.Users;
import org.entente.gateway.exchange.notices.Notices;
import org.entente.gateway.exchange.subscriptions.Subscription;
import org.entente.gateway.exchange.subscriptions.Subscriptions;
import org.entente.gateway.journal.Journal;
import org.entente.gateway.journal.JournalEntry;
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

/**
 * The due days of an agreement's calendar from end to end, over two whole nodes: both are reminded, the provider publishes and tells, the
 * consumer's subscription asks by itself on the day, and an auditor sees the obligation kept; the next one is published late, and nobody asks.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class DueDayTest {
    private static final int GRACE = 5;

    private final TestClock clock = new TestClock();
    private final LocalDate begun = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);

    /** What is published at the beginning is the delivery of the day before it. */
    private final LocalDate due = begun.plusDays(16);

    private final LocalDate next = begun.plusDays(36);
    private Corridor corridor;
    private Subscription subscription;

    @BeforeAll
    void open() {
        corridor = Corridor.open(
                plan -> plan.clock(clock)
                        .property("entente.notices.pause", "1s")
                        .property("entente.reminders.pause", "1s"),
                Map.of(),
                document -> {
                    document.put("timeZone", "UTC");
                    document.path("legs").forEach(leg -> {
                        ObjectNode calendar = (ObjectNode) leg.path("calendar");
                        calendar.put("graceDays", GRACE);
                        calendar.remove("firstDelivery");
                        ArrayNode days = calendar.putArray("due");
                        for (LocalDate day : List.of(begun.plusDays(1), due, next)) {
                            days.add("--" + day.toString().substring(5));
                        }
                    });
                });
        corridor.ita().user("romana", Roles.AUDITOR);
        corridor.phl().user("rosa", Roles.AUDITOR);
        Users users = corridor.phl().bean(Users.class);
        StaffUser analyst = users.staff(users.get("analyst"));
        Subscriptions subscriptions = corridor.phl().bean(Subscriptions.class);
        subscription = subscriptions.add(
                new Subscriptions.Wish(
                        Corridor.FILIPINOS, null, null, "statistics", false, true, begun.plusDays(20), 3),
                analyst);
        told(1);
    }

    @AfterAll
    void close() {
        corridor.close();
    }

    /** Moves the clock to a day, at noon. */
    private void reach(LocalDate day) {
        clock.advance(Duration.between(clock.instant(), day.atTime(12, 0).toInstant(ZoneOffset.UTC)));
    }

    /** What the nodes do by themselves takes its time where much else runs. */
    private static void await(BooleanSupplier condition) {
        for (int i = 0; i < 1_200 && !condition.getAsBoolean(); i++) {
            Corridor.pause();
        }
        assertTrue(condition.getAsBoolean(), "it did not happen within a minute");
    }

    private void told(int notices) {
        await(() -> corridor.phl().bean(Notices.class).received(10).size() == notices);
    }

    private static List<Kind> reminders(TestNode node) {
        return node.bean(Reminders.class).open().stream()
                .filter(one -> one.subject().contains("ITA-PHL-STOCK"))
                .map(Reminders.Reminder::kind)
                .toList();
    }

    private static long journaled(TestNode node, LocalDate day) {
        return node.bean(Journal.class).bySubject("ITA").stream()
                .filter(entry -> entry.kind().equals(Reminders.KIND))
                .map(entry -> new String(Objects.requireNonNull(entry.opening()).record(), StandardCharsets.UTF_8))
                .filter(record -> record.contains(day.toString()) && record.contains("ITA-PHL-STOCK"))
                .count();
    }

    private List<Subscription.Turn> turns() {
        return corridor.phl().bean(Subscriptions.class).turns(subscription.id());
    }

    /** As {@code audit obligations} has it: the delivery of that day. */
    private JsonNode obligation(TestNode node, String auditor, LocalDate day) throws Exception {
        List<JsonNode> found = new ArrayList<>();
        for (int year : new int[] {begun.getYear(), begun.getYear() + 1}) {
            String body = node.signIn(auditor)
                    .get("/api/audit/obligations?agreement=" + corridor.agreement() + "&year=" + year)
                    .body();
            StreamSupport.stream(
                            new JsonMapper().readTree(body).path("obligations").spliterator(), false)
                    .filter(one -> one.path("leg").asText().equals("ITA-PHL-STOCK")
                            && one.path("subject").asText().equals("delivery of " + day))
                    .forEach(found::add);
        }
        assertEquals(1, found.size(), found.toString());
        return found.getFirst();
    }

    private static String kind(TestNode node, JsonNode obligation) {
        return node.bean(Journal.class)
                .entries(obligation.path("entries").get(0).asLong(), 1)
                .getFirst()
                .kind();
    }

    @Test
    @Order(1)
    void bothAreRemindedBeforeTheDayUntilTheReleaseIsToldOf() throws Exception {
        reach(due.minusDays(10));
        Users users = corridor.phl().bean(Users.class);
        corridor.phl().bean(Subscriptions.class).approve(subscription.id(), users.staff(users.get("approver")));
        await(() -> reminders(corridor.ita()).equals(List.of(Kind.RELEASE_DUE)));
        await(() -> reminders(corridor.phl()).equals(List.of(Kind.RELEASE_EXPECTED)));
        await(() -> journaled(corridor.ita(), due) == 1 && journaled(corridor.phl(), due) == 1);
        assertEquals(
                "OPEN", obligation(corridor.phl(), "rosa", due).path("outcome").asText());
        corridor.publishStockAgain();
        told(2);
        await(() ->
                reminders(corridor.ita()).isEmpty() && reminders(corridor.phl()).isEmpty());
        // Nobody has asked yet; the provider's signed notice shows the delivery.
        JsonNode shown = obligation(corridor.phl(), "rosa", due);
        assertEquals("KEPT", shown.path("outcome").asText());
        assertEquals("notice-received", kind(corridor.phl(), shown));
        assertEquals(List.of(), turns(), "its first day is still to come");
    }

    @Test
    @Order(2)
    void onTheDayTheSubscriptionAsksByItselfAndTheObligationIsKeptAtBothEnds() throws Exception {
        reach(due);
        await(() -> turns().stream()
                .anyMatch(turn -> turn.cause().equals("day:" + due) && turn.state() == Subscription.State.ANSWERED));
        Subscription.Turn turn = turns().stream()
                .filter(one -> one.cause().equals("day:" + due))
                .findFirst()
                .orElseThrow();
        assertTrue(kinds(corridor.phl(), turn).containsAll(List.of("asked", "received")));
        await(() -> kinds(corridor.ita(), turn).contains("receipted"));
        JsonNode seen = obligation(corridor.phl(), "rosa", due);
        assertEquals("KEPT", seen.path("outcome").asText());
        assertEquals("received", kind(corridor.phl(), seen));
        JsonNode own = obligation(corridor.ita(), "romana", due);
        assertEquals("KEPT", own.path("outcome").asText());
        assertEquals("release-published", kind(corridor.ita(), own));
        reach(due.plusDays(GRACE + 1L));
        // Of the next day alone, two weeks ahead.
        await(() -> reminders(corridor.phl()).equals(List.of(Kind.RELEASE_EXPECTED)));
        assertEquals(
                "KEPT", obligation(corridor.phl(), "rosa", due).path("outcome").asText());
    }

    private static List<String> kinds(TestNode node, Subscription.Turn turn) {
        return node.bean(Journal.class).bySubject(turn.exchange().toString()).stream()
                .map(JournalEntry::kind)
                .toList();
    }

    @Test
    @Order(3)
    void aDeliveryThatNobodyAsksForIsNotShownUntilTheProviderItselfSaysThatItIsLate() throws Exception {
        reach(next.plusDays(GRACE + 2L));
        await(() -> reminders(corridor.phl()).equals(List.of(Kind.RELEASE_NOT_COME)));
        assertEquals(
                "NOT_SHOWN",
                obligation(corridor.phl(), "rosa", next).path("outcome").asText());
        assertEquals(
                "MISSED",
                obligation(corridor.ita(), "romana", next).path("outcome").asText());
        corridor.publishStockAgain();
        told(3);
        JsonNode late = obligation(corridor.phl(), "rosa", next);
        assertEquals("LATE", late.path("outcome").asText());
        assertEquals("notice-received", kind(corridor.phl(), late));
        assertEquals(
                "LATE",
                obligation(corridor.ita(), "romana", next).path("outcome").asText());
    }
}
