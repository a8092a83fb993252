package org.entente.gateway.evidence.witness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.entente.gateway.access.Roles;
import org.entente.gateway.access.StaffUser;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
import org.entente.gateway.exchange.Asking;
import org.entente.gateway.exchange.Receipts;
import org.entente.gateway.journal.Draft;
import org.entente.gateway.journal.Journal;
import org.entente.gateway.journal.JournalCheck;
import org.entente.gateway.journal.JournalTiles;
import org.entente.gateway.journal.JournalUnavailableException;
import org.entente.gateway.partners.JournalConflicts;
import org.entente.gateway.partners.Partners;
import org.entente.gateway.testing.Corridor;
import org.entente.gateway.testing.SchemaCopy;
import org.junit.jupiter.api.Test;

/** What a node asks its partners before it goes on, and how it goes on after it has lost entries. */
class RecoveryTest {
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

    /** PHL has recomputed all that ITA's journal has. */
    private static void witnessed(Corridor corridor) {
        // The checkpoint is signed a moment after the entries are durable.
        Corridor.await(() -> corridor.ita()
                .bean(JournalTiles.class)
                .checkpoint(corridor.ita().bean(Journal.class).size())
                .isPresent());
        corridor.phl()
                .bean(Witness.class)
                .follow(corridor.phl().bean(Partners.class).find("ITA").orElseThrow(), true);
    }

    private static Draft draft() {
        return new Draft("tested", Map.of("kind", "tested"));
    }

    @Test
    void bothNodesMayRestartAtOnce() throws Exception {
        try (Corridor corridor = Corridor.open()) {
            exchange(corridor);
            corridor.phl().stop();
            corridor.ita().stop();
            Thread ita = Thread.ofVirtual().start(() -> corridor.ita().restart());
            corridor.phl().restart();
            ita.join();
            Corridor.await(() -> succeeds(corridor));
            assertEquals(List.of(), corridor.phl().bean(StartCheck.class).missing());
            assertEquals(List.of(), corridor.ita().bean(StartCheck.class).missing());
        }
    }

    @Test
    void anUnreachablePartnerBlocksOnlyItsOwnExchanges() {
        try (Corridor corridor = Corridor.open()) {
            exchange(corridor);
            corridor.ita().stop();
            corridor.phl().restart();
            assertEquals(List.of("ITA"), corridor.phl().bean(StartCheck.class).missing());
            EntenteException refused = assertThrows(EntenteException.class, () -> exchange(corridor));
            assertEquals(ErrorCode.PARTNER_UNREACHABLE, refused.code());
            corridor.phl().bean(Journal.class).append(draft());
            corridor.ita().restart();
            Corridor.await(() -> succeeds(corridor));
        }
    }

    @Test
    void anOldBackupIsRefusedAndRecoveredFromThePartnersCopy() throws Exception {
        try (Corridor corridor = Corridor.open()) {
            StaffUser admin = corridor.ita().user("adm", Roles.ADMINISTRATOR);
            exchange(corridor);
            SchemaCopy backup = SchemaCopy.of(corridor.ita().database());
            long kept = corridor.ita().bean(Journal.class).size();
            exchange(corridor);
            exchange(corridor);
            witnessed(corridor);
            long signed = corridor.ita().bean(Journal.class).size();
            corridor.ita().stop();
            backup.restore();
            corridor.ita().restart();

            JournalUnavailableException refused = assertThrows(
                    JournalUnavailableException.class,
                    () -> corridor.ita().bean(Journal.class).append(draft()));
            assertTrue(
                    refused.detail().contains("was set back")
                            || refused.detail().contains("has seen"),
                    refused.detail());
            assertFalse(succeeds(corridor));

            Recovery recovery = corridor.ita().bean(Recovery.class);
            assertTrue(recovery.known().stream().anyMatch(k -> k.by().equals("PHL") && k.size() == signed));
            Recovery.Result result = recovery.recover(false, false, "backup of last night restored", admin);
            assertEquals(signed, result.size());
            assertEquals(signed - kept, result.lost());
            afterRecovery(corridor, result.lost());
        }
    }

    private static void afterRecovery(Corridor corridor, long lost) {
        Corridor.await(() -> succeeds(corridor));
        witnessed(corridor);
        assertTrue(corridor.phl().bean(JournalConflicts.class).open(null).isEmpty());
        JournalCheck.Report report = corridor.ita().bean(JournalCheck.class).run();
        assertEquals(List.of(), report.findings());
        assertEquals(lost, report.lost());
        assertEquals(
                1,
                corridor.ita().bean(Journal.class).entries(0, 10_000).stream()
                        .filter(entry -> entry.kind().equals("journal-recovered"))
                        .count());
    }

    @Test
    void whoLosesTheAnchorFileTooIsStoppedByThePartner() throws Exception {
        try (Corridor corridor = Corridor.open()) {
            StaffUser admin = corridor.ita().user("adm", Roles.ADMINISTRATOR);
            exchange(corridor);
            SchemaCopy backup = SchemaCopy.of(corridor.ita().database());
            exchange(corridor);
            witnessed(corridor);
            corridor.ita().stop();
            backup.restore();
            Files.delete(corridor.ita().home().resolve("journal.anchor"));
            corridor.ita().restart();
            assertThrows(
                    JournalUnavailableException.class,
                    () -> corridor.ita().bean(Journal.class).append(draft()));
            Recovery recovery = corridor.ita().bean(Recovery.class);
            assertThrows(JournalUnavailableException.class, () -> recovery.adopt(admin));
            Recovery.Result result = recovery.recover(false, false, "disk lost", admin);
            assertTrue(result.lost() > 0);
            afterRecovery(corridor, result.lost());
        }
    }

    @Test
    void aWholeJournalWithoutAnchorIsAdopted() throws Exception {
        try (Corridor corridor = Corridor.open()) {
            StaffUser admin = corridor.ita().user("adm", Roles.ADMINISTRATOR);
            exchange(corridor);
            corridor.ita().stop();
            Files.delete(corridor.ita().home().resolve("journal.anchor"));
            corridor.ita().restart();
            assertFalse(succeeds(corridor));
            corridor.ita().bean(Recovery.class).adopt(admin);
            Corridor.await(() -> succeeds(corridor));
        }
    }

    @Test
    void whatNoPartnerHasSeenIsGivenUpOnlyByNameAndJournaledAsVoid() throws Exception {
        try (Corridor corridor = Corridor.open()) {
            StaffUser admin = corridor.ita().user("adm", Roles.ADMINISTRATOR);
            exchange(corridor);
            SchemaCopy backup = SchemaCopy.of(corridor.ita().database());
            exchange(corridor);
            witnessed(corridor);
            long seen = corridor.ita().bean(Journal.class).size();
            corridor.ita().bean(Journal.class).append(draft());
            corridor.ita().stop();
            backup.restore();
            corridor.ita().restart();
            Recovery recovery = corridor.ita().bean(Recovery.class);
            assertEquals(
                    ErrorCode.JOURNAL_UNAVAILABLE,
                    assertThrows(EntenteException.class, () -> recovery.recover(false, false, "backup restored", admin))
                            .code());
            assertEquals(
                    seen,
                    recovery.recover(true, false, "backup restored", admin).size());
            String record = new String(
                    java.util.Objects.requireNonNull(corridor.ita()
                                    .bean(Journal.class)
                                    .entry(seen)
                                    .orElseThrow()
                                    .opening())
                            .record(),
                    java.nio.charset.StandardCharsets.UTF_8);
            assertTrue(
                    record.contains(
                            "\"void\":\"" + corridor.ita().bean(Journal.class).origin()),
                    record);
            Corridor.await(() -> succeeds(corridor));
        }
    }
}
