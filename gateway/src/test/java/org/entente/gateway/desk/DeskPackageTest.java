package org.entente.gateway.desk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
import org.entente.gateway.disclosure.SealedPackage;
import org.entente.gateway.releases.Protection;
import org.entente.gateway.releases.Release;
import org.entente.gateway.releases.ReleaseApproval.KnownTables;
import org.entente.gateway.releases.ReleaseStatus;
import org.entente.gateway.testing.ProtectedStock;
import org.entente.gateway.treaties.OfficerKey;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A desk publishes what an office has protected and sealed, as a node does. */
class DeskPackageTest {
    @TempDir
    private Path scratch;

    @Test
    void aSealedPackageIsHeldAgainstItsAuditItsSignerAndTheDeclarationOfKnownTables() {
        try (DeskCorridor corridor = DeskCorridor.concluded(scratch)) {
            String before = answering(corridor);
            SealedPackage sealed = ProtectedStock.sealed(5);
            refused(ErrorCode.KNOWN_TABLES_UNDECLARED, () -> publish(corridor, sealed, null, "Carlo"));
            refused(
                    ErrorCode.KNOWN_TABLES_UNDECLARED,
                    () -> publish(corridor, sealed, KnownTables.REGISTERED, "Carlo"));
            refused(ErrorCode.FOUR_EYES, () -> publish(corridor, sealed, KnownTables.NONE, "anna"));
            Clock clock = Clock.systemUTC();
            OfficerKey stranger =
                    OfficerKey.generate("Stranger", clock.instant(), Duration.ofDays(30), new SecureRandom());
            refused(
                    ErrorCode.SIGNATORY_UNKNOWN,
                    () -> publish(
                            corridor,
                            ProtectedStock.sealed(5, manifest -> stranger.sign(manifest, clock.instant())),
                            KnownTables.NONE,
                            "Carlo"));
            assertEquals(before, answering(corridor));

            Release release = publish(corridor, sealed, KnownTables.NONE, "Carlo");
            Protection.SealedProof proof =
                    Objects.requireNonNull(((Protection.ByOffice) release.protection()).sealed());
            assertEquals(Protection.SealedProof.Audited.REPEATED, proof.audit());
            assertEquals(4, proof.withheld());
            assertEquals(15, release.observations());
            // It answers in place of the dataset's earlier release.
            assertEquals(release.id().toString(), answering(corridor));
        }
    }

    @Test
    void smallCountsThatArePublicElsewhereGoOutOnlyOnANamedStatisticiansDecision() {
        try (DeskCorridor corridor = DeskCorridor.concluded(scratch)) {
            String before = answering(corridor);
            SealedPackage sealed = ProtectedStock.sealedWithAYearbook();
            KnownTables declared = KnownTables.REGISTERED;
            refused(ErrorCode.PUBLIC_CELLS_UNDECIDED, () -> publish(corridor, sealed, declared, "Carlo"));
            refused(
                    ErrorCode.FOUR_EYES,
                    () -> publish(corridor, sealed, declared, decision("Carlo", "In the yearbook."), "Carlo"));
            refused(
                    ErrorCode.REQUEST_MALFORMED,
                    () -> publish(corridor, sealed, declared, decision("Anna", " "), "Carlo"));
            refused(
                    ErrorCode.REQUEST_MALFORMED,
                    () -> publish(
                            corridor,
                            ProtectedStock.sealed(5),
                            KnownTables.NONE,
                            decision("Anna", "Nothing to decide."),
                            "Carlo"));
            assertEquals(before, answering(corridor));
            Release release = publish(corridor, sealed, declared, decision("Anna", "In the yearbook."), "Carlo");
            assertEquals(2, release.protection().alreadyPublic());
            assertEquals(release.id().toString(), answering(corridor));
            assertEquals(
                    List.of(decision("Anna", "In the yearbook.")),
                    corridor.ita.releases().decisions());
        }
    }

    private static DeskReleases.PublicCells decision(String by, String reason) {
        return new DeskReleases.PublicCells(by, reason);
    }

    private static String answering(DeskCorridor corridor) {
        assertEquals(1, corridor.ita.releases().all().size());
        return corridor.ita.releases().all().getFirst().id();
    }

    private static Release publish(
            DeskCorridor corridor, SealedPackage sealed, @Nullable KnownTables known, String approvedBy) {
        return publish(corridor, sealed, known, null, approvedBy);
    }

    private static Release publish(
            DeskCorridor corridor,
            SealedPackage sealed,
            @Nullable KnownTables known,
            DeskReleases.@Nullable PublicCells decision,
            String approvedBy) {
        return corridor.ita
                .releases()
                .publishPackage(
                        DeskCorridor.declaration(),
                        sealed.toBytes(),
                        ReleaseStatus.FINAL,
                        known,
                        decision,
                        new DeskReleases.Signed("Anna", approvedBy, null, new TreeSet<>()));
    }

    private static void refused(ErrorCode code, Runnable act) {
        EntenteException refusal = assertThrows(EntenteException.class, act::run);
        assertEquals(code, refusal.code(), refusal.detail());
    }
}
