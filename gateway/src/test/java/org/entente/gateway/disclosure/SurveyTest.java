package org.entente.gateway.disclosure;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.TreeMap;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
import org.entente.gateway.statistics.CubeException;
import org.junit.jupiter.api.Test;

/** Tables that were estimated from a sample, and rates. */
class SurveyTest {
    private static final String SPEC = """
            format: entente-disclosure/1
            dimensions:
              region: {total: T}
              sex: {total: T}
            count: people
            absent: zero
            rules: {threshold: 5, zeros: shown}
            survey: {sample: asked, minimum: 20, cv: cv, unreliable: 20, limit: 33}
            rates:
              women: {per: {sex: T}, times: 100, decimals: 1}
            method: {kind: suppress}
            approver: Head of surveys
            """;
    /** 12 women were asked in r1; the coefficient of the men in r2 is high, that of both in r3 is in between. */
    private static final String TABLE = """
            region,sex,people,asked,cv
            T,T,21000,520,3.1
            T,F,10800,262,4.0
            T,M,10200,258,4.4
            r1,T,4000,92,9.5
            r1,F,800,12,28.0
            r1,M,3200,80,11.0
            r2,T,7000,128,8.0
            r2,F,4000,98,9.0
            r2,M,3000,30,34.5
            r3,T,10000,300,5.0
            r3,F,6000,152,20.0
            r3,M,4000,148,7.0
            """;

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static Specification spec(String yaml) {
        return SpecificationFile.read(bytes(yaml), name -> new byte[0]);
    }

    private static SealedPackage sealed() {
        Specification spec = spec(SPEC);
        TableFile file = TableFile.read(bytes(TABLE), spec);
        ProtectedTable result = DisclosureControl.create().protect(file.table(), spec, List.of());
        assertTrue(result.report().safe());
        return SealedPackage.seal(result, file.write(result), bytes(SPEC), new TreeMap<>(), null);
    }

    @Test
    void whatTooFewWereAskedForOrVariesTooMuchIsWithheldAndWhatCouldTellItToo() {
        Specification spec = spec(SPEC);
        TableFile file = TableFile.read(bytes(TABLE), spec);
        assertEquals(
                java.util.Set.of(List.of("r1", "F"), List.of("r2", "M")),
                file.table().unsupported());
        String csv = new String(sealed().table(), StandardCharsets.UTF_8);
        assertEquals(
                "region,sex,people,OBS_STATUS,CONF_STATUS,women",
                csv.lines().findFirst().orElseThrow());
        for (String hidden : List.of("r1,F", "r1,M", "r2,F", "r2,M")) {
            assertTrue(csv.contains(hidden + ",NaN,Q,C,NaN"), csv);
        }
        assertTrue(csv.contains("r3,F,6000,U,N,60.0"), csv);
        assertTrue(csv.contains("r3,M,4000,E,N,40.0"), csv);
        AuditReport audit = DisclosureControl.create()
                .audit(TableFile.readProtected(bytes(csv), spec).table(), spec, List.of(), file.table());
        assertTrue(audit.safe(), () -> audit.exposures().toString());
    }

    @Test
    void anAuditWithTheTrueTableFindsAnEstimateThatTheSampleDoesNotSupport() {
        Specification spec = spec(SPEC);
        TableFile file = TableFile.read(bytes(TABLE), spec);
        CountTable open = new CountTable(file.table().columns(), file.table().rows());
        AuditReport audit = DisclosureControl.create().audit(open, spec, List.of(), file.table());
        assertFalse(audit.safe());
        assertEquals(
                List.of(List.of("r1", "F"), List.of("r2", "M")),
                audit.exposures().stream().map(AuditReport.Exposure::codes).toList());
    }

    @Test
    void aRateIsWithheldWithAnyOfItsTermsAndComputedFromWhatIsShown() {
        Specification rounded =
                spec(SPEC.replaceFirst("survey: .*\n", "").replace("{kind: suppress}", "{kind: round, base: 100}"));
        String counted = TABLE.lines()
                .map(line -> line.substring(0, line.lastIndexOf(',', line.lastIndexOf(',') - 1)))
                .collect(java.util.stream.Collectors.joining("\n"))
                .replace("r3,F,6000", "r3,F,6049")
                .replace("r3,T,10000", "r3,T,10049")
                .replace("T,F,10800", "T,F,10849")
                .replace("T,T,21000", "T,T,21049");
        TableFile file = TableFile.read(bytes(counted), rounded);
        ProtectedTable result = DisclosureControl.create().protect(file.table(), rounded, List.of());
        String csv = new String(file.write(result), StandardCharsets.UTF_8);
        // 6,049 of 10,049 would be 60.2: the rate of what is shown is 60.0.
        assertTrue(csv.contains("r3,F,6000,A,N,60.0"), csv);
    }

    @Test
    void whoReceivesThePackageTakesTheCountsAndRefusesAnotherRate() {
        OfficePackage received = OfficePackage.open(sealed().toBytes());
        received.requireNoSmallCountShown();
        assertTrue(received.requireSafe().safe());
        assertEquals(
                "region,sex,people,OBS_STATUS,CONF_STATUS",
                new String(received.figures(), StandardCharsets.UTF_8)
                        .lines()
                        .findFirst()
                        .orElseThrow());
        Specification spec = spec(SPEC);
        TableFile file = TableFile.read(bytes(TABLE), spec);
        ProtectedTable result = DisclosureControl.create().protect(file.table(), spec, List.of());
        // The rate of the women in r1 would give their number away, since the total is shown.
        String telling =
                new String(file.write(result), StandardCharsets.UTF_8).replace("r1,F,NaN,Q,C,NaN", "r1,F,NaN,Q,C,20.0");
        byte[] sealed = SealedPackage.seal(result, bytes(telling), bytes(SPEC), new TreeMap<>(), null)
                .toBytes();
        EntenteException refusal = assertThrows(EntenteException.class, () -> OfficePackage.open(sealed));
        assertEquals(ErrorCode.TABLE_INVALID, refusal.code());
        assertTrue(refusal.detail().contains("women"), refusal.detail());
    }

    @Test
    void aManifestThatNamesAnotherLeastSampleIsRefused() {
        SealedPackage whole = sealed();
        byte[] other = bytes(SPEC.replace("minimum: 20", "minimum: 10"));
        Specification spec = spec(SPEC);
        TableFile file = TableFile.read(bytes(TABLE), spec);
        ProtectedTable result = DisclosureControl.create().protect(file.table(), spec, List.of());
        byte[] sealed = SealedPackage.seal(result, whole.table(), other, new TreeMap<>(), null)
                .toBytes();
        EntenteException refusal = assertThrows(EntenteException.class, () -> OfficePackage.open(sealed));
        assertEquals(ErrorCode.PACKAGE_DAMAGED, refusal.code());
        assertArrayEquals(whole.toBytes(), sealed().toBytes());
    }

    @Test
    void mistakesInSpecificationAndTableAreNamed() {
        refused(SPEC.replace("minimum: 20", "minimum: 0"), "survey");
        refused(SPEC.replace("unreliable: 20", "unreliable: 40"), "survey");
        refused(SPEC.replace(", unreliable: 20, limit: 33", ""), "survey");
        refused(SPEC.replace("{kind: suppress}", "{kind: round, base: 10}"), "survey");
        refused(SPEC.replace("per: {sex: T}", "per: {age: T}"), "rates.women");
        refused(SPEC.replace("decimals: 1", "decimals: 9"), "rates.women");
        problem(TABLE.replace("r1,F,800,12,28.0", "r1,F,800,12,"), 6, "cv");
        problem(TABLE.replace("r1,F,800,12,28.0", "r1,F,800,twelve,28.0"), 6, "asked");
        problem(TABLE.replace("r1,F,800,12,28.0", "r1,F,800,12,-1"), 6, "cv");
        problem(TABLE.replace("people,asked,cv", "people,asked,var"), 1, "cv");
    }

    private static void refused(String yaml, String named) {
        EntenteException refusal = assertThrows(EntenteException.class, () -> spec(yaml));
        assertEquals(ErrorCode.SPECIFICATION_INVALID, refusal.code());
        assertTrue(refusal.detail().contains(named), refusal::detail);
    }

    private static void problem(String table, long row, String column) {
        Specification spec = spec(SPEC);
        CubeException refusal = assertThrows(CubeException.class, () -> TableFile.read(bytes(table), spec));
        assertTrue(
                refusal.problems().stream()
                        .anyMatch(p -> p.row() == row && p.column().equals(column)),
                () -> refusal.problems().toString());
    }
}
