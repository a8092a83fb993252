package org.entente.gateway.evidence.archive;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.entente.gateway.access.Roles;
import org.entente.gateway.access.StaffUser;
import org.entente.gateway.base.Database;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
import org.entente.gateway.base.Uuids;
import org.entente.gateway.evidence.Evidence;
import org.entente.gateway.evidence.EvidenceVerifier;
import org.entente.gateway.evidence.witness.Recovery;
import org.entente.gateway.evidence.witness.Witness;
import org.entente.gateway.exchange.Asking;
import org.entente.gateway.exchange.Receipts;
import org.entente.gateway.journal.Journal;
import org.entente.gateway.journal.JournalCheck;
import org.entente.gateway.partners.NodeIdentity;
import org.entente.gateway.testing.Corridor;
import org.entente.gateway.testing.SchemaCopy;
import org.entente.gateway.testing.TestClock;
import org.entente.gateway.testing.TestNode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ArchivesTest {
    @TempDir
    Path folder = Path.of("");

    private final TestClock clock = new TestClock();
    private Corridor corridor;
    private Instant from;
    private Instant middle;
    private Instant until;
    private UUID exchange;

    @BeforeAll
    void exchangeInTwoPeriods() {
        from = clock.instant().minus(Duration.ofHours(1));
        corridor = Corridor.open(plan -> plan.clock(clock), Map.of());
        ask();
        clock.advance(Duration.ofMinutes(10));
        middle = clock.instant();
        clock.advance(Duration.ofMinutes(10));
        exchange = ask();
        clock.advance(Duration.ofMinutes(10));
        until = clock.instant();
        clock.advance(Duration.ofMinutes(10));
    }

    @AfterAll
    void close() {
        corridor.close();
    }

    private UUID ask() {
        return corridor.phl()
                .bean(Asking.class)
                .ask(corridor.question(Corridor.FILIPINOS).asFresh())
                .exchange();
    }

    private Archives archives() {
        return corridor.phl().bean(Archives.class);
    }

    private static String root(TestNode node) {
        return node.bean(NodeIdentity.class).chain().getFirst().fingerprint().toString();
    }

    @Test
    void theSamePeriodGivesTheSameBytesAndHoldsOffline() throws IOException {
        Path first = folder.resolve("first.zip");
        Path second = folder.resolve("second.zip");
        Archives.Summary summary = archives().export(from, until, first, "test");
        archives().export(from, until, second, "test");
        assertArrayEquals(Files.readAllBytes(first), Files.readAllBytes(second));
        assertEquals(0, summary.first());
        assertEquals(summary, Archives.verify(first, root(corridor.phl())));
        assertThrows(EntenteException.class, () -> Archives.verify(first, root(corridor.ita())));
    }

    @Test
    void periodsThatFollowEachOtherMeet() {
        Archives.Summary one = archives().export(from, middle, folder.resolve("one.zip"), "test");
        Archives.Summary two = archives().export(middle, until, folder.resolve("two.zip"), "test");
        assertEquals(one.end(), two.first());
        assertTrue(two.first() > 0);
        assertEquals(two, Archives.verify(folder.resolve("two.zip"), root(corridor.phl())));
    }

    @Test
    void aChangedByteIsFoundWhereverItIs() throws IOException {
        Path file = folder.resolve("whole.zip");
        archives().export(middle, until, file, "test");
        byte[] good = Files.readAllBytes(file);
        String root = root(corridor.phl());
        for (String mark : new String[] {"\"payload\":\"", "\"kind\":\"received\"", "\"entry\":\"", "{\"0\":\""}) {
            int at = new String(good, StandardCharsets.ISO_8859_1).indexOf(mark);
            assertTrue(at > 0, mark);
            byte[] bad = good.clone();
            bad[at + 3] ^= 1;
            Path changed = Files.write(folder.resolve("changed.zip"), bad);
            assertThrows(EntenteException.class, () -> Archives.verify(changed, root), mark);
        }
    }

    @Test
    void whatWasLostIsTakenBackAndProvesAgain() {
        Path file = folder.resolve("back.zip");
        archives().export(from, until, file, "test");
        Database database = corridor.phl().bean(Database.class);
        byte[] id = Uuids.toBytes(exchange);
        database.update("UPDATE journal_entry SET salt = NULL, record = NULL WHERE subject = ?", exchange.toString());
        database.update("DELETE FROM body WHERE digest = (SELECT body_digest FROM closed_exchange WHERE id = ?)", id);
        database.update("DELETE FROM closed_exchange WHERE id = ?", id);
        database.update("DELETE FROM asked_attempt WHERE exchange = ?", id);
        assertThrows(
                EntenteException.class,
                () -> corridor.phl().bean(Evidence.class).ofAsked(exchange));

        Archives.Restored restored = archives().restore(file, "test");
        assertTrue(restored.records() >= 2, restored.toString());
        assertEquals(2, restored.rows());
        assertEquals(1, restored.bodies());
        byte[] evidence = corridor.phl().bean(Evidence.class).ofAsked(exchange).encode();
        assertTrue(EvidenceVerifier.verify(evidence, Map.of("PHL", root(corridor.phl()), "ITA", root(corridor.ita())))
                .holds());
        Archives.Restored again = archives().restore(file, "test");
        assertEquals(0, again.records() + again.rows() + again.bodies());
    }

    @Test
    void lostEntriesAreArchivedByTheirLeavesAndTakenBackFromAnOlderArchive() throws Exception {
        TestClock time = new TestClock();
        try (Corridor other = Corridor.open(plan -> plan.clock(time), Map.of())) {
            TestNode ita = other.ita();
            StaffUser admin = ita.user("adm", Roles.ADMINISTRATOR);
            Instant begin = time.instant().minus(Duration.ofHours(1));
            SchemaCopy backup = SchemaCopy.of(ita.database());
            UUID lost = other.phl()
                    .bean(Asking.class)
                    .ask(other.question(Corridor.FILIPINOS).asFresh())
                    .exchange();
            Corridor.await(() -> other.phl().bean(Receipts.class).waiting() == 0);
            time.advance(Duration.ofMinutes(10));
            Instant end = time.instant();
            time.advance(Duration.ofMinutes(10));
            Path whole = folder.resolve("before-the-loss.zip");
            ita.bean(Archives.class).export(begin, end, whole, "test");
            // After an hour the partner looks by itself.
            time.advance(Duration.ofHours(2));
            Corridor.await(() -> italyIsWitnessed(other));
            ita.stop();
            backup.restore();
            ita.restart();
            long entries = ita.bean(Recovery.class)
                    .recover(false, false, "disk lost", admin)
                    .lost();
            assertTrue(entries > 0);
            time.advance(Duration.ofMinutes(10));

            Path gap = folder.resolve("with-a-gap.zip");
            ita.bean(Archives.class).export(begin, time.instant(), gap, "test");
            Archives.Summary verified = Archives.verify(gap, root(ita));
            assertTrue(verified.withoutRecord() >= entries, verified + ", lost " + entries);
            byte[] forged = Files.readAllBytes(gap);
            forged[new String(forged, StandardCharsets.ISO_8859_1).indexOf("\"leaf\":\"") + 12] ^= 1;
            Path changed = Files.write(folder.resolve("another-leaf.zip"), forged);
            assertThrows(EntenteException.class, () -> Archives.verify(changed, root(ita)));

            ita.bean(Archives.class).restore(whole, "test");
            JournalCheck.Report report = ita.bean(JournalCheck.class).run();
            assertEquals(List.of(), report.findings());
            assertTrue(report.lost() < entries, report + " of " + entries);
            byte[] evidence = ita.bean(Evidence.class).ofAnswered("PHL", lost).encode();
            assertTrue(EvidenceVerifier.verify(evidence, Map.of("PHL", root(other.phl()), "ITA", root(ita)))
                    .holds());
        }
    }

    private static boolean italyIsWitnessed(Corridor corridor) {
        long size = corridor.ita().bean(Journal.class).size();
        return corridor.phl().bean(Witness.class).standings().stream()
                .anyMatch(standing -> standing.party().equals("ITA") && standing.size() == size);
    }

    @Test
    void anArchiveOfAnotherJournalIsNotTakenBack() {
        Path file = folder.resolve("other.zip");
        archives().export(from, until, file, "test");
        EntenteException refused = assertThrows(
                EntenteException.class,
                () -> corridor.ita().bean(Archives.class).restore(file, "test"));
        assertEquals(ErrorCode.EVIDENCE_INVALID, refused.code());
    }

    @Test
    void aPeriodEndsInThePastAndHoldsSomething() {
        Instant now = clock.instant();
        assertThrows(
                EntenteException.class,
                () -> archives().export(from, now.plusSeconds(60), folder.resolve("x.zip"), "test"));
        assertThrows(
                EntenteException.class,
                () -> archives()
                        .export(
                                from.minus(Duration.ofDays(2)),
                                from.minus(Duration.ofDays(1)),
                                folder.resolve("x.zip"),
                                "test"));
        assertFalse(Files.exists(folder.resolve("x.zip")));
    }

    /** Only a role and a pseudonym of the person who asks reach the partner. */
    @Test
    void thePersonWhoAskedIsNowhereAtThePartner() {
        String asker = corridor.phl()
                .bean(Database.class)
                .one(
                        "SELECT requester FROM asked_exchange WHERE id = ?",
                        row -> row.string("requester"),
                        Uuids.toBytes(exchange))
                .orElseThrow();
        assertEquals("analyst", asker);
        Database partner = corridor.ita().bean(Database.class);
        String message = partner.one(
                        "SELECT request_message FROM answered_exchange WHERE id = ?",
                        row -> new String(row.bytes("request_message"), StandardCharsets.UTF_8),
                        Uuids.toBytes(exchange))
                .orElseThrow();
        String records = String.join(
                "\n",
                partner.query(
                        "SELECT record FROM journal_entry WHERE subject = ?",
                        row -> new String(row.bytes("record"), StandardCharsets.UTF_8),
                        exchange.toString()));
        for (String text : List.of(message, records)) {
            assertTrue(text.contains("statistician"), text);
            assertTrue(text.contains("0123456789abcdef"), text);
            assertFalse(text.contains(asker), text);
        }
    }
}
