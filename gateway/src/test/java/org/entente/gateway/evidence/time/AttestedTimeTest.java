package org.entente.gateway.evidence.time;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.entente.agreements.life.CrisisAct;
import org.entente.gateway.base.Database;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
import org.entente.gateway.evidence.Evidence;
import org.entente.gateway.evidence.EvidenceFile;
import org.entente.gateway.evidence.EvidenceVerifier;
import org.entente.gateway.evidence.VerificationReport;
import org.entente.gateway.exchange.Asking;
import org.entente.gateway.journal.Journal;
import org.entente.gateway.partners.NodeIdentity;
import org.entente.gateway.testing.Corridor;
import org.entente.gateway.testing.TestClock;
import org.entente.gateway.testing.TestNode;
import org.entente.gateway.testing.TestTimestampAuthority;
import org.entente.gateway.treaties.Treaties;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/** One corridor: timestamps are taken, renewed, missed and restored; only the asking node has authorities. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class AttestedTimeTest {
    private final TestClock clock = new TestClock();
    private TestTimestampAuthority first;
    private TestTimestampAuthority second;
    private Corridor corridor;
    private Map<String, String> roots;
    private UUID exchange = new UUID(0, 0);

    @BeforeAll
    void open() {
        first = TestTimestampAuthority.start(clock, Duration.ofDays(90));
        second = TestTimestampAuthority.start(clock, Duration.ofDays(900));
        corridor = Corridor.open(this::configure, Map.of(), this::edit);
        roots = Map.of("PHL", root(corridor.phl()), "ITA", root(corridor.ita()));
    }

    @AfterAll
    void close() {
        corridor.close();
        first.close();
        second.close();
    }

    private TestNode.Plan configure(TestNode.Plan plan) {
        plan.clock(clock);
        if ("PHL".equals(plan.properties().get("entente.party"))) {
            plan.property("entente.timestamp.authorities[0].url", first.url().toString())
                    .property(
                            "entente.timestamp.authorities[0].trust",
                            first.trust().toString())
                    .property(
                            "entente.timestamp.authorities[1].url", second.url().toString())
                    .property(
                            "entente.timestamp.authorities[1].trust",
                            second.trust().toString());
        }
        return plan;
    }

    /** The agreement accepts the first authority only, and has a crisis clause that Italy has countersigned in advance. */
    private void edit(ObjectNode document) {
        ((ObjectNode) document.path("terms").path("audit"))
                .putArray("timestampAuthorities")
                .add(first.sha256());
        ObjectNode crisis = document.putObject("crisis");
        crisis.putArray("triggers").addObject().put("en", "A natural disaster.");
        crisis.putArray("declarableBy").add("PHL").add("ITA");
        crisis.putArray("countersigned").add("ITA");
        crisis.put("maxDays", 30).put("reviewDays", 60).put("extraLog", true);
        ObjectNode widening = crisis.putArray("widenings").addObject();
        widening.put("leg", "ITA-PHL-STOCK");
        widening.set("cube", document.path("legs").get(0).path("cube").deepCopy());
    }

    private static String root(TestNode node) {
        return node.bean(NodeIdentity.class).chain().getFirst().fingerprint().toString();
    }

    private UUID ask() {
        return corridor.phl()
                .bean(Asking.class)
                .ask(corridor.question(Corridor.FILIPINOS).asFresh())
                .exchange();
    }

    private Timestamps timestamps() {
        return corridor.phl().bean(Timestamps.class);
    }

    private VerificationReport verify(Set<String> authorities) {
        EvidenceFile file = corridor.phl().bean(Evidence.class).ofAsked(exchange);
        return EvidenceVerifier.verify(file.encode(), roots, authorities);
    }

    private static String time(VerificationReport report) {
        assertTrue(report.holds(), String.valueOf(report.failure()));
        return report.steps().stream()
                .filter(step -> step.name().equals("time"))
                .findFirst()
                .orElseThrow()
                .sentence();
    }

    private long outages() {
        return corridor.phl()
                .bean(Database.class)
                .one("SELECT COUNT(*) AS n FROM journal_entry WHERE kind = 'time-outage'", row -> row.longValue("n"))
                .orElseThrow();
    }

    @Test
    @Order(1)
    void anExchangeIsStampedAndItsEvidenceSaysByWhom() {
        exchange = ask();
        clock.advance(Duration.ofHours(2));
        timestamps().lookNow();
        String attested = time(verify(Set.of(first.fingerprint())));
        assertTrue(attested.startsWith("attested: 'received'"), attested);
        assertTrue(attested.contains("the agreement accepts it"), attested);
    }

    @Test
    @Order(2)
    void withoutAFingerprintTheTimeIsOnlyAsserted() {
        String asserted = time(verify(Set.of()));
        assertTrue(asserted.startsWith("asserted by both parties: "), asserted);
    }

    @Test
    @Order(3)
    void anotherAuthoritysFingerprintDoesNotAttestIt() {
        VerificationReport report = verify(Set.of(second.fingerprint()));
        assertEquals("time", Objects.requireNonNull(report.failure()).name());
    }

    @Test
    @Order(4)
    void whenTheFirstAuthorityIsSilentTheNextIsAsked() {
        first.silent(true);
        exchange = ask();
        clock.advance(Duration.ofHours(2));
        int before = second.answered();
        timestamps().lookNow();
        assertTrue(second.answered() > before);
        // The agreement does not accept this one, and a verifier who trusts it is told so.
        VerificationReport report = verify(Set.of(second.fingerprint()));
        assertEquals("time", Objects.requireNonNull(report.failure()).name());
        assertTrue(
                report.failure().sentence().contains("does not accept"),
                report.failure().sentence());
    }

    @Test
    @Order(5)
    void aTokenIsStampedAgainBeforeItsCertificateEnds() {
        clock.advance(Duration.ofDays(40));
        timestamps().lookNow();
        Timestamps.StampedCheckpoint stamped = timestamps().covering(0).orElseThrow();
        assertEquals(2, stamped.tokens().size());
        assertEquals(
                1,
                timestamps().covering(corridor.phl().bean(Journal.class).size() - 1).stream()
                        .count());
    }

    @Test
    @Order(6)
    void anOutageIsCountedInTheDatabaseAndAlarmedOnce() {
        second.silent(true);
        timestamps().lookNow();
        ask();
        clock.advance(Duration.ofHours(7));
        timestamps().lookNow();
        TimeState state = timestamps().state();
        assertEquals(TimeState.Level.ALARM, state.level());
        assertTrue(state.failures() >= 1);
        assertEquals(1, outages());
        Instant since = Objects.requireNonNull(state.unattestedSince());
        corridor.phl().restart();
        timestamps().lookNow();
        assertEquals(since, timestamps().state().unattestedSince());
        assertTrue(timestamps().state().failures() > state.failures());
        assertEquals(1, outages());
    }

    @Test
    @Order(7)
    void aLongOutageStopsNewExchanges() {
        clock.advance(Duration.ofHours(72));
        assertEquals(TimeState.Level.STOPPED, timestamps().state().level());
        EntenteException stopped = assertThrows(EntenteException.class, this::ask);
        assertEquals(ErrorCode.TIME_UNATTESTED, stopped.code());
    }

    @Test
    @Order(8)
    void aDeclaredCrisisLiftsTheStopAndMarksTheExchangeUntilItIsStamped() {
        Treaties treaties = corridor.phl().bean(Treaties.class);
        CrisisAct.CrisisDeclared act = new CrisisAct.CrisisDeclared(
                "urn:uuid:" + UUID.randomUUID(),
                corridor.agreement(),
                treaties.get(corridor.agreement()).file().digest(),
                "PHL",
                clock.instant().truncatedTo(ChronoUnit.MICROS),
                1,
                "Earthquake.",
                List.of(),
                10);
        treaties.act(corridor.officer("PHL").sign(act, clock.instant()), "test");
        exchange = ask();
        TimestampTables tables = corridor.phl().bean(TimestampTables.class);
        assertEquals(
                List.of(exchange.toString()),
                tables.marked(10).stream().map(TimestampTables.Marked::exchange).toList());
        second.silent(false);
        timestamps().lookNow();
        assertEquals(TimeState.Level.ATTESTED, timestamps().state().level());
        assertEquals(List.of(), tables.marked(10));
        assertNotNull(timestamps().state().stamped());
        assertFalse(timestamps()
                .covering(corridor.phl().bean(Journal.class).size() - 2)
                .isEmpty());
    }
}
