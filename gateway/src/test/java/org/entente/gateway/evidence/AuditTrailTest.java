package org.entente.gateway.evidence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.entente.gateway.access.Roles;
import org.entente.gateway.access.StaffUser;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
import org.entente.gateway.exchange.Asking;
import org.entente.gateway.exchange.Receipts;
import org.entente.gateway.journal.Journal;
import org.entente.gateway.testing.Corridor;
import org.entente.gateway.testing.TestNode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What an auditor sees of exchanges, on both sides, and what the journal says of the auditor. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AuditTrailTest {
    private static final AuditTrail.Filter ALL =
            new AuditTrail.Filter(null, null, null, null, null, null, null, null, null, null, null);

    private Corridor corridor;
    private StaffUser auditor;

    @BeforeAll
    void exchanges() {
        corridor = Corridor.open();
        Asking asking = corridor.phl().bean(Asking.class);
        for (int i = 0; i < 5; i++) {
            asking.ask(corridor.question(Corridor.FILIPINOS).asFresh());
        }
        assertThrows(
                EntenteException.class,
                () -> asking.ask(corridor.question(Corridor.MOLDOVANS).anyway()));
        // A receipt that comes later changes the line of its exchange.
        Corridor.await(() -> corridor.phl().bean(Receipts.class).waiting() == 0);
        auditor = corridor.ita().user("aud", Roles.AUDITOR);
    }

    @AfterAll
    void close() {
        corridor.close();
    }

    private List<AuditTrail.Line> look(TestNode node, AuditTrail.Filter filter) {
        return node.bean(AuditTrail.class).look(filter, "view", auditor);
    }

    private static AuditTrail.Filter outcome(String outcome) {
        return new AuditTrail.Filter(null, null, null, null, null, null, null, outcome, null, null, null);
    }

    private static AuditTrail.Filter sample(int count, String seed) {
        return new AuditTrail.Filter(null, null, null, null, null, null, null, null, null, count, seed);
    }

    @Test
    void bothSidesSayWhoAskedWhatForWhatOnWhichClauseAndWithWhichAnswer() {
        List<AuditTrail.Line> answered = look(corridor.ita(), ALL);
        assertEquals(6, answered.size());
        AuditTrail.Line first = answered.getFirst();
        assertEquals("PHL", first.partner());
        assertEquals(corridor.agreement(), first.agreement());
        assertEquals("permit", first.outcome());
        assertTrue(first.requester().contains("0123456789abcdef"), first.requester());
        assertFalse(first.clauses().isEmpty());
        AuditTrail.Line refused = look(corridor.ita(), outcome("refusal")).getFirst();
        assertFalse(refused.clauses().isEmpty(), refused.toString());
        List<AuditTrail.Line> asked = look(corridor.phl(), ALL);
        assertEquals(6, asked.size());
        assertEquals("analyst", asked.getFirst().requester());
        assertEquals(AuditTrail.Side.ASKED, asked.getFirst().side());
    }

    @Test
    void filtersNarrow() {
        assertEquals(5, look(corridor.ita(), outcome("permit")).size());
        Instant third = look(corridor.ita(), ALL).get(2).at();
        assertEquals(
                4,
                look(
                                corridor.ita(),
                                new AuditTrail.Filter(
                                        AuditTrail.Side.ANSWERED,
                                        "PHL",
                                        third,
                                        null,
                                        corridor.agreement(),
                                        null,
                                        "statistics",
                                        null,
                                        "0123456789abcdef",
                                        null,
                                        null))
                        .size());
        assertEquals(
                0,
                look(
                                corridor.ita(),
                                new AuditTrail.Filter(
                                        AuditTrail.Side.ASKED,
                                        null,
                                        null,
                                        null,
                                        null,
                                        null,
                                        null,
                                        null,
                                        null,
                                        null,
                                        null))
                        .size());
    }

    @Test
    void aSeedDrawsTheSameSampleAgainAndAnotherSeedAnother() {
        List<AuditTrail.Line> sample = look(corridor.ita(), sample(3, "2026-11"));
        assertEquals(3, sample.size());
        assertEquals(sample, look(corridor.ita(), sample(3, "2026-11")));
        Set<List<UUID>> draws = new HashSet<>();
        for (int seed = 0; seed < 20; seed++) {
            draws.add(look(corridor.ita(), sample(3, "seed " + seed)).stream()
                    .map(AuditTrail.Line::exchange)
                    .toList());
        }
        assertTrue(draws.size() > 1);
        assertEquals(6, look(corridor.ita(), sample(100, "x")).size());
    }

    @Test
    void everyLookIsJournaledWithItsFilterBeforeItIsShown() {
        long before = corridor.ita().bean(Journal.class).size();
        corridor.ita().bean(AuditTrail.class).look(outcome("refusal"), "export", auditor);
        var entry = corridor.ita().bean(Journal.class).entries(before, 100).stream()
                .filter(e -> e.kind().equals("audit-looked"))
                .findFirst()
                .orElseThrow();
        String record =
                new String(java.util.Objects.requireNonNull(entry.opening()).record(), StandardCharsets.UTF_8);
        assertTrue(record.contains("\"by\":\"" + auditor.pseudonym() + "\""), record);
        assertTrue(record.contains("\"filter\":{\"outcome\":\"refusal\"}"), record);
        assertTrue(record.contains("\"exchanges\":1"), record);
        assertTrue(record.contains("\"use\":\"export\""), record);
    }

    @Test
    void onlyAuditorsLook() {
        StaffUser analyst = corridor.ita().user("ana", Roles.STATISTICIAN);
        long before = corridor.ita().bean(Journal.class).size();
        EntenteException refused = assertThrows(
                EntenteException.class,
                () -> corridor.ita().bean(AuditTrail.class).look(ALL, "view", analyst));
        assertEquals(ErrorCode.FORBIDDEN, refused.code());
        assertEquals(
                0,
                corridor.ita().bean(Journal.class).entries(before, 100).stream()
                        .filter(e -> e.kind().equals("audit-looked"))
                        .count());
    }

    @Test
    void theExportIsCsvThatNoSpreadsheetTakesForFormulas() throws Exception {
        var response = corridor.ita().signIn("aud").get("/api/audit/exchanges.csv?outcome=permit&side=ANSWERED");
        assertEquals(200, response.statusCode(), response.body());
        List<String> lines = response.body().lines().toList();
        assertEquals(6, lines.size());
        assertTrue(lines.getFirst().startsWith("side,exchange,partner,at"));
        assertTrue(lines.get(1).startsWith("ANSWERED,"));
        var view = corridor.ita().signIn("aud").get("/api/audit/exchanges?sample=2&seed=x");
        assertEquals(200, view.statusCode(), view.body());
        String evil = new String(
                AuditTrail.csv(List.of(new AuditTrail.Line(
                        AuditTrail.Side.ASKED,
                        UUID.randomUUID(),
                        "ITA",
                        Instant.EPOCH,
                        "=cmd|' /C calc'!A0",
                        "a,\"b\"",
                        null,
                        null,
                        "q",
                        "asked",
                        null,
                        List.of(),
                        null))),
                StandardCharsets.UTF_8);
        assertTrue(evil.contains(",'=cmd"), evil);
        assertTrue(evil.contains("\"a,\"\"b\"\"\""), evil);
    }
}
