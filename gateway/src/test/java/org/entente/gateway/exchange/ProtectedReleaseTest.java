package org.entente.gateway.exchange;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.entente.gateway.access.Roles;
import org.entente.gateway.access.StaffUser;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
import org.entente.gateway.disclosure.SealedPackage;
import org.entente.gateway.releases.Protection;
import org.entente.gateway.releases.Release;
import org.entente.gateway.releases.ReleaseApproval;
import org.entente.gateway.releases.ReleaseDesk;
import org.entente.gateway.releases.ReleaseStatus;
import org.entente.gateway.releases.ReleaseTerms;
import org.entente.gateway.testing.Corridor;
import org.entente.gateway.testing.ProtectedStock;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What an office has protected reaches a partner as it was protected, and only where that is enough for the leg and the law. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ProtectedReleaseTest {
    private static final String DATASET = "ITA-STOCK-UNDESA";
    private static final String AGES = "/data/dataflow/ENTENTE/DF_DIASPORA/1.0.0/A5.IT._T.PH._T.CB";

    private Corridor corridor;
    private StaffUser statistician;
    private StaffUser approver;

    @BeforeAll
    void open() {
        corridor = Corridor.open();
        statistician = Corridor.addStaff(corridor.ita(), "stat", Roles.STATISTICIAN);
        approver = Corridor.addStaff(corridor.ita(), "second", Roles.APPROVER);
    }

    @AfterAll
    void close() {
        corridor.close();
    }

    private ReleaseDesk desk() {
        return corridor.ita().bean(ReleaseDesk.class);
    }

    private Release imported(SealedPackage sealed) {
        return desk().importPackage(DATASET, sealed.toBytes(), null, ReleaseStatus.FINAL, null, statistician)
                .release();
    }

    private void publish(Release release) {
        desk().approve(release.id(), ReleaseApproval.plain().with(ReleaseApproval.KnownTables.NONE), approver);
        desk().publish(release.id(), approver);
    }

    private String answer() {
        return new String(
                corridor.phl()
                        .bean(Asking.class)
                        .ask(corridor.question(AGES).asFresh())
                        .body(),
                StandardCharsets.UTF_8);
    }

    private EntenteException refused() {
        return assertThrows(EntenteException.class, this::answer);
    }

    @Test
    void aSealedPackageIsImportedApprovedAndAnsweredWithItsStatuses() {
        Release release = imported(ProtectedStock.sealed(5));
        Protection.ByOffice office = (Protection.ByOffice) release.protection();
        Protection.SealedProof proof = Objects.requireNonNull(office.sealed());
        assertEquals(Protection.SealedProof.Audited.REPEATED, proof.audit());
        assertEquals(4, proof.withheld());
        publish(release);

        String csv = answer();
        assertEquals(
                4,
                csv.lines()
                        .filter(row -> row.contains(",NaN,") && row.contains(",Q,C"))
                        .count(),
                csv);
        assertTrue(
                csv.lines().anyMatch(row -> row.contains(",F,_T,") && row.contains(",274,") && row.contains(",A,N")),
                csv);
        assertFalse(csv.lines().anyMatch(row -> row.contains("Y_GE65") && row.contains(",4,")), csv);
    }

    @Test
    void aSignedPackageIsTakenFromAnOfficerOfTheOwningOfficeAndFromNobodyElse() {
        Release release = imported(signed("ITA"));
        Protection.SealedProof proof = Objects.requireNonNull(((Protection.ByOffice) release.protection()).sealed());
        assertTrue(Objects.requireNonNull(proof.signedBy()).matches("[0-9a-f]{64}"), proof.toString());
        EntenteException refusal = assertThrows(EntenteException.class, () -> imported(signed("PHL")));
        assertEquals(ErrorCode.SIGNATORY_UNKNOWN, refusal.code());
    }

    private SealedPackage signed(String party) {
        return ProtectedStock.sealed(
                5,
                manifest -> corridor.officer(party)
                        .sign(manifest, corridor.ita().bean(Clock.class).instant()));
    }

    @Test
    void aLegThatAsksForMoreThanWasAppliedRefuses() {
        publish(imported(ProtectedStock.sealed(4)));
        EntenteException refused = refused();
        assertEquals(ErrorCode.AGREEMENT_REFUSED, refused.code());
        assertTrue(refused.detail().contains("below 4"), refused.detail());
        assertTrue(refused.detail().contains("below 5"), refused.detail());
    }

    @Test
    void aMethodThatIsOnlyDescribedIsNotEnoughAndOneWithItsRuleIs() {
        String protectedTable = new String(ProtectedStock.sealed(5).table(), StandardCharsets.UTF_8);
        publish(imported(protectedTable, "tau-ARGUS", null));
        assertEquals(ErrorCode.AGREEMENT_REFUSED, refused().code());
        publish(imported(protectedTable, "tau-ARGUS", "suppression threshold=5 secondary"));
        assertTrue(answer().contains(",NaN,"));
    }

    private Release imported(String csv, String method, @Nullable String rule) {
        Protection protection = Protection.declared("BY_OFFICE", null, null, method, "A. Rossi", rule);
        return desk().importFigures(
                        DATASET,
                        new ByteArrayInputStream(csv.getBytes(StandardCharsets.UTF_8)),
                        new ReleaseTerms(ReleaseStatus.FINAL, protection, null),
                        statistician)
                .release();
    }

    @Test
    void aPackageThatWasTamperedWithLeavesNothingBehind() {
        SealedPackage whole = ProtectedStock.sealed(5);
        byte[] table = new String(whole.table(), StandardCharsets.UTF_8)
                .replace(",274,", ",275,")
                .getBytes(StandardCharsets.UTF_8);
        SealedPackage changed =
                new SealedPackage(table, whole.specification(), whole.files(), whole.manifest(), whole.signature());
        int before = desk().list(DATASET).size();
        EntenteException refused = assertThrows(EntenteException.class, () -> imported(changed));
        assertEquals(ErrorCode.PACKAGE_DAMAGED, refused.code());
        assertEquals(before, desk().list(DATASET).size());
    }

    @Test
    void nationalLawRaisesWhatEveryReleaseMustReach() {
        try (Corridor strict = Corridor.open(
                plan -> plan.property("entente.national-law.reference", "Statistics Act, section 9")
                        .property("entente.national-law.threshold", 10),
                Map.of())) {
            ReleaseDesk desk = strict.ita().bean(ReleaseDesk.class);
            StaffUser by = Corridor.addStaff(strict.ita(), "stat", Roles.STATISTICIAN);
            StaffUser other = Corridor.addStaff(strict.ita(), "second", Roles.APPROVER);
            for (int threshold : new int[] {5, 10}) {
                UUID id = desk.importPackage(
                                DATASET,
                                ProtectedStock.sealed(threshold).toBytes(),
                                null,
                                ReleaseStatus.FINAL,
                                null,
                                by)
                        .release()
                        .id();
                desk.approve(id, ReleaseApproval.plain().with(ReleaseApproval.KnownTables.NONE), other);
                desk.publish(id, other);
                Asking asking = strict.phl().bean(Asking.class);
                Question question = strict.question(AGES).asFresh();
                if (threshold == 5) {
                    EntenteException refused = assertThrows(EntenteException.class, () -> asking.ask(question));
                    assertTrue(refused.detail().contains("below 10"), refused.detail());
                } else {
                    assertTrue(new String(asking.ask(question).body(), StandardCharsets.UTF_8).contains(",NaN,"));
                }
            }
        }
    }
}
