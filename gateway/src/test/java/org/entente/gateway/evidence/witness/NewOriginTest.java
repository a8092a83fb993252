package org.entente.gateway.evidence.witness;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.entente.crypto.journal.Ed25519NoteSigner;
import org.entente.crypto.journal.ListedKey;
import org.entente.crypto.keys.KeyRing;
import org.entente.gateway.access.Roles;
import org.entente.gateway.access.StaffUser;
import org.entente.gateway.base.Database;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
import org.entente.gateway.evidence.Evidence;
import org.entente.gateway.evidence.EvidenceVerifier;
import org.entente.gateway.evidence.VerificationReport;
import org.entente.gateway.evidence.archive.Archives;
import org.entente.gateway.evidence.reconciliation.Difference;
import org.entente.gateway.evidence.reconciliation.Reconciliation;
import org.entente.gateway.exchange.Asking;
import org.entente.gateway.exchange.Receipts;
import org.entente.gateway.journal.Draft;
import org.entente.gateway.journal.Journal;
import org.entente.gateway.journal.JournalCheck;
import org.entente.gateway.journal.JournalTiles;
import org.entente.gateway.journal.JournalUnavailableException;
import org.entente.gateway.partners.CardDocument;
import org.entente.gateway.partners.CardList;
import org.entente.gateway.partners.CardMaking;
import org.entente.gateway.partners.CardText;
import org.entente.gateway.partners.NewOrigin;
import org.entente.gateway.partners.NodeIdentity;
import org.entente.gateway.partners.Partner;
import org.entente.gateway.partners.Partners;
import org.entente.gateway.testing.Corridor;
import org.entente.gateway.testing.SchemaCopy;
import org.entente.gateway.testing.TestClock;
import org.entente.gateway.testing.TestNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A journal that nobody can continue goes on under another name, once its partners' people agree. */
class NewOriginTest {
    @TempDir
    Path folder = Path.of("");

    private final TestClock clock = new TestClock();

    private static UUID exchange(Corridor corridor) {
        UUID id = corridor.phl()
                .bean(Asking.class)
                .ask(corridor.question(Corridor.FILIPINOS).asFresh())
                .exchange();
        Corridor.await(() -> corridor.phl().bean(Receipts.class).waiting() == 0);
        return id;
    }

    private static boolean succeeds(Corridor corridor) {
        try {
            exchange(corridor);
            return true;
        } catch (EntenteException e) {
            return false;
        }
    }

    private static String origin(TestNode node) {
        return node.bean(Journal.class).origin();
    }

    private static Partner ita(Corridor corridor) {
        return corridor.phl().bean(Partners.class).find("ITA").orElseThrow();
    }

    private static JournalUnavailableException refused(TestNode node) {
        return assertThrows(
                JournalUnavailableException.class,
                () -> node.bean(Journal.class).append(new Draft("tested", Map.of("kind", "tested"))));
    }

    /** Sets ITA's database back, and takes from PHL what could continue the journal. */
    private static void loseForGood(Corridor corridor, SchemaCopy backup) throws SQLException {
        corridor.ita().stop();
        corridor.phl().bean(Database.class).update("DELETE FROM witness_tile");
        backup.restore();
        corridor.ita().restart();
    }

    /** PHL has recomputed all that ITA's journal has under its present name. */
    private static void witnessed(Corridor corridor) {
        await(() -> corridor.ita()
                .bean(JournalTiles.class)
                .checkpoint(corridor.ita().bean(Journal.class).size())
                .isPresent());
        corridor.phl().bean(Witness.class).follow(ita(corridor), true);
    }

    /** Several starts and calls over TLS may lie in between. */
    private static void await(BooleanSupplier condition) {
        for (int i = 0; i < 6; i++) {
            try {
                Corridor.await(condition);
                return;
            } catch (AssertionError e) {
                // again; the last time counts
            }
        }
        Corridor.await(condition);
    }

    private static void confirm(Corridor corridor, StaffUser by) {
        NodeIdentity identity = corridor.ita().bean(NodeIdentity.class);
        corridor.phl()
                .bean(Partners.class)
                .confirmJournal(
                        CardList.write(identity.chain()),
                        identity.current().fingerprint().toString(),
                        by);
    }

    private static Map<String, String> roots(Corridor corridor) {
        return Map.of("PHL", root(corridor.phl()), "ITA", root(corridor.ita()));
    }

    private static String root(TestNode node) {
        return node.bean(NodeIdentity.class).chain().getFirst().fingerprint().toString();
    }

    private static String record(TestNode node, long index) {
        return new String(
                Objects.requireNonNull(node.bean(Journal.class)
                                .entry(index)
                                .orElseThrow()
                                .opening())
                        .record(),
                StandardCharsets.UTF_8);
    }

    private static void assertHolds(byte[] evidence, Corridor corridor) {
        VerificationReport report = EvidenceVerifier.verify(evidence, roots(corridor));
        assertTrue(report.holds(), String.valueOf(report.failure()));
    }

    private static void assertWhole(TestNode node) {
        for (JournalCheck.Depth depth : JournalCheck.Depth.values()) {
            assertEquals(List.of(), node.bean(JournalCheck.class).run(depth).findings());
        }
    }

    @Test
    void aJournalThatNobodyCanContinueGoesOnUnderAnotherName() throws Exception {
        try (Corridor corridor = Corridor.open(plan -> plan.clock(clock), Map.of())) {
            TestNode ita = corridor.ita();
            StaffUser admin = ita.user("adm", Roles.ADMINISTRATOR);
            StaffUser officer = corridor.phl().user("off", Roles.TREATY_OFFICER);
            Instant begin = clock.instant().minus(Duration.ofHours(1));
            UUID kept = exchange(corridor);
            byte[] before = corridor.phl().bean(Evidence.class).ofAsked(kept).encode();
            clock.advance(Duration.ofMinutes(10));
            Path archive = folder.resolve("before.zip");
            ita.bean(Archives.class).export(begin, clock.instant(), archive, "test");
            SchemaCopy backup = SchemaCopy.of(ita.database());
            long held = ita.bean(Journal.class).size();
            UUID lost = exchange(corridor);
            String first = origin(ita);
            witnessed(corridor);
            byte[] ofLost = corridor.phl().bean(Evidence.class).ofAsked(lost).encode();
            loseForGood(corridor, backup);
            SchemaCopy again = SchemaCopy.of(ita.database());

            refused(ita);
            Recovery recovery = ita.bean(Recovery.class);
            EntenteException cannot =
                    assertThrows(EntenteException.class, () -> recovery.recover(false, false, "disk lost", admin));
            assertEquals(ErrorCode.JOURNAL_UNAVAILABLE, cannot.code());
            CardDocument card = recovery.beginAnew(false, "disk lost", admin);
            String second = origin(ita);
            assertTrue(second.startsWith(first + "-from-"), second);
            assertEquals(second, card.card().journalOrigin());
            assertGap(ita, held, first, cannot.detail());

            // Until the partner's people agree, nothing has changed for the partner, and nothing is exchanged.
            assertFalse(succeeds(corridor));
            assertEquals(first, ita(corridor).card().journalOrigin());
            assertRefusedWithoutDecision(corridor);
            confirm(corridor, officer);
            await(() -> succeeds(corridor));
            witnessed(corridor);
            assertEquals(
                    2,
                    corridor.phl()
                            .bean(Database.class)
                            .one(
                                    "SELECT COUNT(*) AS n FROM witness_tree WHERE party = 'ITA'",
                                    row -> row.longValue("n"))
                            .orElseThrow());

            assertWhole(ita);
            assertWhole(corridor.phl());
            assertHolds(before, corridor);
            assertHolds(ofLost, corridor);
            assertHolds(corridor.phl().bean(Evidence.class).ofAsked(lost).encode(), corridor);
            byte[] anew = ita.bean(Evidence.class).ofAnswered("PHL", kept).encode();
            assertTrue(
                    new String(anew, StandardCharsets.UTF_8).contains(second + "\\n"), "a new proof of an old entry");
            assertHolds(anew, corridor);
            assertReconciledAndArchived(corridor, begin, lost, archive);
            anOlderBackupIsRefusedAndBegunAnewOnceMore(corridor, again, second, admin, officer);
        }
    }

    private static void assertGap(TestNode ita, long held, String first, String cause) {
        assertEquals(
                NewOrigin.BEGAN_ANEW,
                ita.bean(Journal.class).entry(held).orElseThrow().kind());
        String gap = record(ita, held);
        for (String part : List.of(
                "\"before\":{\"origin\":\"" + first + "\"",
                "\"size\":" + held,
                "\"reason\":\"disk lost\"",
                "\"PHL\":{\"checkpoint\":\"" + first,
                "\"anchor\":{\"checkpoint\":\"" + first,
                cause)) {
            assertTrue(gap.contains(part), part + " is not in " + gap);
        }
    }

    private static void assertRefusedWithoutDecision(Corridor corridor) {
        NodeIdentity identity = corridor.ita().bean(NodeIdentity.class);
        byte[] cards = CardList.write(identity.chain());
        String fingerprint = identity.current().fingerprint().toString();
        Partners partners = corridor.phl().bean(Partners.class);
        assertEquals(
                ErrorCode.CARD_INVALID,
                assertThrows(EntenteException.class, () -> partners.importCard(cards, fingerprint, "test"))
                        .code());
        assertEquals(
                ErrorCode.CARD_INVALID,
                assertThrows(EntenteException.class, () -> partners.renew(cards))
                        .code());
        StaffUser analyst = corridor.phl().user("ana", Roles.STATISTICIAN);
        assertEquals(
                ErrorCode.FORBIDDEN,
                assertThrows(EntenteException.class, () -> partners.confirmJournal(cards, fingerprint, analyst))
                        .code());
    }

    private void assertReconciledAndArchived(Corridor corridor, Instant begin, UUID lost, Path archive) {
        clock.advance(Duration.ofMinutes(10));
        StaffUser auditor = corridor.ita().user("aud", Roles.AUDITOR);
        List<Difference> differences = corridor.ita()
                .bean(Reconciliation.class)
                .run("PHL", null, null, auditor)
                .differences();
        assertEquals(
                List.of(new Difference(lost, "PHL", Difference.Kind.UNKNOWN_ANSWER, "received", null)),
                differences.stream().filter(d -> d.exchange().equals(lost)).toList());
        Archives archives = corridor.ita().bean(Archives.class);
        assertDoesNotThrow(() -> Archives.verify(archive, root(corridor.ita())));
        assertDoesNotThrow(() -> archives.restore(archive, "test"));
        Path across = folder.resolve("across.zip");
        archives.export(begin, clock.instant(), across, "test");
        assertDoesNotThrow(() -> Archives.verify(across, root(corridor.ita())));
    }

    private void anOlderBackupIsRefusedAndBegunAnewOnceMore(
            Corridor corridor, SchemaCopy backup, String second, StaffUser admin, StaffUser officer)
            throws SQLException {
        TestNode ita = corridor.ita();
        loseForGood(corridor, backup);
        JournalUnavailableException refused = refused(ita);
        assertTrue(refused.detail().contains(second) && refused.detail().contains("backup"), refused.detail());
        assertFalse(succeeds(corridor));
        ita.bean(Recovery.class).beginAnew(false, "an old backup was restored", admin);
        String third = origin(ita);
        assertNotEquals(second, third);
        // The card of the second name was lost with the database, and came back from the partner.
        assertEquals(3, ita.bean(NodeIdentity.class).chain().size());
        confirm(corridor, officer);
        await(() -> succeeds(corridor));
        witnessed(corridor);
        assertWhole(ita);
        ita.restart();
        await(() -> succeeds(corridor));
    }

    /** With post-quantum companions, so that the new name's checkpoints need both keys. */
    @Test
    void aNewKeyThatAProcessWhichEndedHasLeftAsideIsPutInPlaceByTheSameCommand() throws Exception {
        try (Corridor corridor = Corridor.open(plan -> plan.clock(clock).withCompanions(), Map.of())) {
            TestNode ita = corridor.ita();
            StaffUser admin = ita.user("adm", Roles.ADMINISTRATOR);
            StaffUser officer = corridor.phl().user("off", Roles.TREATY_OFFICER);
            exchange(corridor);
            clock.advance(Duration.ofMinutes(10));
            SchemaCopy backup = SchemaCopy.of(ita.database());
            exchange(corridor);
            witnessed(corridor);
            loseForGood(corridor, backup);
            Path ring = ita.home().resolve("keyring.p12");
            Path aside = ita.home().resolve("keyring-new-origin.p12");
            byte[] before = Files.readAllBytes(ring);
            CardDocument card = ita.bean(Recovery.class).beginAnew(false, "disk lost", admin);
            assertNotNull(card.card().journalCompanion());

            // As the disk would be if the process had ended between the commit and the move.
            ita.stop();
            Files.copy(ring, aside);
            Files.write(ring, before);
            ita.restart();
            refused(ita);
            assertFalse(succeeds(corridor));
            CardDocument again = ita.bean(Recovery.class).beginAnew(false, "disk lost", admin);
            assertEquals(card.digest(), again.digest());
            assertFalse(Files.exists(aside));

            confirm(corridor, officer);
            await(() -> succeeds(corridor));
            witnessed(corridor);
            UUID anew = exchange(corridor);
            assertHolds(corridor.phl().bean(Evidence.class).ofAsked(anew).encode(), corridor);
            assertWhole(ita);
            assertWhole(corridor.phl());
        }
    }

    @Test
    void aJournalThatCanBeContinuedIsNotBegunAnew() throws Exception {
        try (Corridor corridor = Corridor.open()) {
            StaffUser admin = corridor.ita().user("adm", Roles.ADMINISTRATOR);
            StaffUser analyst = corridor.ita().user("ana", Roles.STATISTICIAN);
            exchange(corridor);
            SchemaCopy backup = SchemaCopy.of(corridor.ita().database());
            exchange(corridor);
            witnessed(corridor);
            Recovery whole = corridor.ita().bean(Recovery.class);
            assertEquals(
                    ErrorCode.REQUEST_MALFORMED,
                    assertThrows(EntenteException.class, () -> whole.beginAnew(false, "for no reason", admin))
                            .code());
            corridor.ita().stop();
            backup.restore();
            corridor.ita().restart();
            Recovery recovery = corridor.ita().bean(Recovery.class);
            String origin = origin(corridor.ita());
            EntenteException possible =
                    assertThrows(EntenteException.class, () -> recovery.beginAnew(false, "disk lost", admin));
            assertEquals(ErrorCode.REQUEST_MALFORMED, possible.code());
            assertTrue(possible.detail().contains("can be continued"), possible.detail());
            assertEquals(
                    ErrorCode.FORBIDDEN,
                    assertThrows(EntenteException.class, () -> recovery.beginAnew(false, "disk lost", analyst))
                            .code());
            assertTrue(recovery.recover(false, false, "disk lost", admin).lost() > 0);
            assertEquals(origin, origin(corridor.ita()));
            await(() -> succeeds(corridor));
        }
    }

    @Test
    @SuppressWarnings("NullAway") // a nullable member type of a compiled record is not seen to be nullable
    void aThiefsNewNameChangesNothing() throws Exception {
        try (Corridor corridor = Corridor.open()) {
            exchange(corridor);
            TestNode ita = corridor.ita();
            NodeIdentity identity = ita.bean(NodeIdentity.class);
            KeyRing stolen = KeyRing.load(ita.home().resolve("keyring.p12"), TestNode.PASSPHRASE.toCharArray());
            KeyRing thiefs = stolen.withJournal("ITA", clock.instant(), Duration.ofDays(100), new SecureRandom());
            Ed25519NoteSigner signer = Ed25519NoteSigner.of(origin(ita) + "-from-thief", thiefs.journal());
            CardDocument forged = CardMaking.next(
                    new CardMaking.Plan(
                            "ITA",
                            CardText.of(identity.card()),
                            ita.node(),
                            stolen.signing(),
                            null,
                            identity.card().tls(),
                            new ListedKey(signer.verifierKey(), null),
                            null,
                            Duration.ofDays(100),
                            null),
                    identity.chain(),
                    List.of(),
                    Instant.ofEpochSecond(clock.instant().getEpochSecond()));
            Partners partners = corridor.phl().bean(Partners.class);
            byte[] cards = CardList.write(List.of(forged));
            assertThrows(EntenteException.class, () -> partners.renew(cards));
            assertThrows(
                    EntenteException.class,
                    () -> partners.importCard(cards, forged.fingerprint().toString(), "test"));
            assertEquals(origin(ita), ita(corridor).card().journalOrigin());
            assertTrue(succeeds(corridor));
        }
    }
}
