package org.entente.gateway.disclosure;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
import org.entente.gateway.statistics.CubeException;
import org.junit.jupiter.api.Test;

/** Specification, table and package as an office writes and reads them. */
class OfficeFilesTest {
    private static final String SPEC = """
            format: entente-disclosure/1
            dimensions:
              region:
                sums:
                  - file: regions.csv
                  - of: {T: [NORTH, SOUTH]}
              sex: {total: T}
            count: people
            ignore: [name]
            absent: zero
            rules: {threshold: 5, zeros: shown}
            method: {kind: suppress}
            approver: Head of statistics
            """;
    private static final String REGIONS = "parent,child\nNORTH,n1\nNORTH,n2\nSOUTH,s1\nSOUTH,s2\n";
    private static final String TABLE = """
            region,name,sex,people
            T,All,T,150
            T,All,F,72
            T,All,M,78
            NORTH,"North, all",T,70
            NORTH,"North, all",F,32
            NORTH,"North, all",M,38
            SOUTH,South,T,80
            SOUTH,South,F,40
            SOUTH,South,M,40
            n1,One,T,20
            n1,One,F,2
            n1,One,M,18
            n2,Two,T,50
            n2,Two,F,30
            n2,Two,M,20
            s1,Three,T,39
            s1,Three,F,20
            s1,Three,M,19
            s2,Four,T,41
            s2,Four,F,20
            s2,Four,M,21
            """;

    private static final SortedMap<String, byte[]> FILES = new TreeMap<>(Map.of("regions.csv", bytes(REGIONS)));

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static Specification spec(String yaml) {
        return SpecificationFile.read(bytes(yaml), name -> bytes(REGIONS));
    }

    private static ProtectedTable protect(String table) {
        Specification spec = spec(SPEC);
        return DisclosureControl.create()
                .protect(TableFile.read(bytes(table), spec).table(), spec, List.of());
    }

    @Test
    void aTableIsProtectedSealedOpenedAndAudited() {
        Specification spec = spec(SPEC);
        TableFile file = TableFile.read(bytes(TABLE), spec);
        ProtectedTable result = protect(TABLE);
        assertTrue(result.report().safe());
        SealedPackage sealed = SealedPackage.seal(result, file.write(result), bytes(SPEC), FILES, null);
        SealedPackage opened = SealedPackage.open(sealed.toBytes());
        assertArrayEquals(sealed.table(), opened.table());
        String csv = new String(opened.table(), StandardCharsets.UTF_8);
        assertTrue(csv.contains("n1,One,F,NaN,Q,C"), csv);
        assertTrue(csv.contains("NORTH,\"North, all\",T,70,A,N"), csv);
        AuditReport audit = DisclosureControl.create()
                .audit(TableFile.readProtected(opened.table(), spec).table(), spec, List.of(), file.table());
        assertTrue(audit.safe(), () -> audit.exposures().toString());
        assertTrue(audit.insiders());
    }

    @Test
    void thePackageIsTheSameBytesWhateverTheOrderOfTheRows() {
        List<String> lines = new ArrayList<>(TABLE.lines().toList());
        List<String> shuffled = new ArrayList<>(lines.subList(1, lines.size()));
        Collections.shuffle(shuffled, new java.util.Random(7));
        shuffled.addFirst(lines.getFirst());
        String other = String.join("\n", shuffled) + "\n";
        assertEquals(protect(TABLE).patternDigest(), protect(other).patternDigest());
        Specification spec = spec(SPEC);
        ProtectedTable one = protect(TABLE);
        assertArrayEquals(
                SealedPackage.seal(one, TableFile.read(bytes(TABLE), spec).write(one), bytes(SPEC), FILES, null)
                        .toBytes(),
                SealedPackage.seal(one, TableFile.read(bytes(TABLE), spec).write(one), bytes(SPEC), FILES, null)
                        .toBytes());
    }

    @Test
    void aChangedPackageIsRefused() {
        ProtectedTable result = protect(TABLE);
        Specification spec = spec(SPEC);
        byte[] table = TableFile.read(bytes(TABLE), spec).write(result);
        SealedPackage sealed = SealedPackage.seal(result, table, bytes(SPEC), FILES, null);
        byte[] other = table.clone();
        other[other.length - 3] ^= 1;
        byte[] changed = new SealedPackage(other, sealed.specification(), FILES, sealed.manifest(), null).toBytes();
        EntenteException refusal = assertThrows(EntenteException.class, () -> SealedPackage.open(changed));
        assertEquals(ErrorCode.PACKAGE_DAMAGED, refusal.code());
    }

    @Test
    void unknownAndMissingMembersAreNamed() {
        refused(SPEC + "colour: red\n", "colour");
        refused(SPEC.replace("absent: zero\n", ""), "absent");
        refused(SPEC.replace("threshold: 5", "threshold: many"), "rules.threshold");
        refused(SPEC.replace("threshold: 5, ", ""), "rules");
        refused(SPEC.replace("kind: suppress", "kind: round, base: 7"), "method");
        refused(SPEC.replace("total: T}", "totals: T}"), "dimensions.sex.totals");
        refused(SPEC.replace("{T: [NORTH, SOUTH]}", "{T: [NORTH, NORTH]}"), "dimensions.region.sums[1]");
        refused(SPEC.replace("count: people", "count: people\ncount: people"), "YAML");
    }

    private static void refused(String yaml, String named) {
        EntenteException refusal = assertThrows(EntenteException.class, () -> spec(yaml));
        assertEquals(ErrorCode.SPECIFICATION_INVALID, refusal.code());
        assertTrue(refusal.detail().contains(named), refusal::detail);
    }

    @Test
    void rowsAndColumnsOfMistakesAreNamed() {
        problem(TABLE.replace("n1,One,F,2\n", "n1,One,F,two\n"), 12, "people");
        problem(TABLE.replace("n1,One,F,2\n", "n1,One,F,-2\n"), 12, "people");
        problem(TABLE + "n1,One,F,2\n", 23, "");
        problem(TABLE.replace("region,name,sex", "region,label,sex"), 1, "label");
        problem(TABLE.replace("n1,One,F,2\n", "n1,One,F,3\n"), 6, "region");
        problem(TABLE + "x9,Nowhere,F,2\n", 23, "region");
    }

    private static void problem(String table, long row, String column) {
        CubeException refusal = assertThrows(CubeException.class, () -> protect(table));
        assertTrue(
                refusal.problems().stream()
                        .anyMatch(p -> p.row() == row && p.column().equals(column)),
                () -> refusal.problems().toString());
    }

    @Test
    void aSmallCellThatIsPublicAlreadyIsReportedAndLeftAsItIs() {
        Specification spec = spec(SPEC);
        CountTable known =
                new CountTable(List.of("region", "sex"), List.of(new CountTable.Row(List.of("n1", "F"), 2, 2)));
        ProtectedTable result = DisclosureControl.create()
                .protect(TableFile.read(bytes(TABLE), spec).table(), spec, List.of(known));
        assertEquals(List.of(List.of("n1", "F")), result.report().alreadyPublic());
        assertEquals(0, result.report().withheld());
        assertTrue(result.report().safe());
    }

    @Test
    void differencesWithinTheToleranceAreSlackAndStay() {
        String loose = SPEC.replace("sex: {total: T}", "sex: {total: T, additive: {within: 2}}");
        String table = TABLE.replace("n1,One,M,18\n", "n1,One,M,19\n")
                .replace("NORTH,\"North, all\",M,38", "NORTH,\"North, all\",M,39")
                .replace("T,All,M,78", "T,All,M,79");
        Specification spec = spec(loose);
        ProtectedTable result = DisclosureControl.create()
                .protect(TableFile.read(bytes(table), spec).table(), spec, List.of());
        assertTrue(result.report().safe());
        assertTrue(result.cells().stream().anyMatch(c -> c.codes().equals(List.of("T", "M")) && c.count() == 79));
        assertThrows(CubeException.class, () -> protect(table));
    }

    @Test
    void smallCountsAreRoundedAndTotalsRebuilt() {
        Specification spec = spec(SPEC.replace("{kind: suppress}", "{kind: round-small-counts, base: 3}"));
        ProtectedTable result = DisclosureControl.create()
                .protect(TableFile.read(bytes(TABLE), spec).table(), spec, List.of());
        assertTrue(result.report().additive());
        long cell = result.cells().stream()
                .filter(c -> c.codes().equals(List.of("n1", "F")))
                .findFirst()
                .orElseThrow()
                .count();
        assertEquals(3, cell);
        Specification whole = spec(SPEC.replace("{kind: suppress}", "{kind: round, base: 10}"));
        ProtectedTable rounded = DisclosureControl.create()
                .protect(TableFile.read(bytes(TABLE), whole).table(), whole, List.of());
        assertFalse(rounded.report().additive());
        assertTrue(rounded.cells().stream().allMatch(c -> c.count() % 10 == 0));
    }

    private static SealedPackage sealed() {
        Specification spec = spec(SPEC);
        ProtectedTable result = protect(TABLE);
        return SealedPackage.seal(result, TableFile.read(bytes(TABLE), spec).write(result), bytes(SPEC), FILES, null);
    }

    @Test
    void whoReceivesAPackageNeedsNothingElseToAuditIt() {
        OfficePackage received = OfficePackage.open(sealed().toBytes());
        assertEquals(received.sealed().members().path("withheld").asLong(), received.withheld());
        assertTrue(received.withheld() > 1);
        assertTrue(received.requireSafe().safe());
        received.requireNoSmallCountShown();
        assertEquals(null, received.signedBy());
    }

    @Test
    void aPackageWithoutAFileThatItsSpecificationNamesIsRefused() {
        SealedPackage whole = sealed();
        byte[] lacking = new SealedPackage(
                        whole.table(), whole.specification(), new TreeMap<>(), whole.manifest(), null)
                .toBytes();
        EntenteException refusal = assertThrows(EntenteException.class, () -> OfficePackage.open(lacking));
        assertEquals(ErrorCode.PACKAGE_DAMAGED, refusal.code());
    }

    @Test
    void aTableThatLeaksIsFoundByWhoeverReceivesItWhateverTheManifestSays() {
        SealedPackage whole = sealed();
        Specification spec = spec(SPEC);
        // Only the small cell itself is withheld: its row and its column give it away.
        byte[] leaking = bytes(TABLE.replace("n1,One,F,2", "n1,One,F,NaN"));
        ProtectedTable claimed = new ProtectedTable(
                spec,
                TableFile.readProtected(leaking, spec).table().sorted().stream()
                        .map(row -> new ProtectedTable.Cell(row.codes(), row.count(), row.line(), false))
                        .toList(),
                new ProtectedTable.Report(21, 1, 0, 0, List.of(), List.of(), List.of(), true, "none", 0, 0, true));
        StringBuilder ordered = new StringBuilder("region,name,sex,people\n");
        claimed.cells()
                .forEach(cell -> ordered.append(String.join(",x,", cell.codes()))
                        .append(',')
                        .append(cell.withheld() ? "NaN" : "" + cell.count())
                        .append('\n'));
        OfficePackage received = OfficePackage.open(
                SealedPackage.seal(claimed, bytes(ordered.toString()), whole.specification(), FILES, null)
                        .toBytes());
        EntenteException refusal = assertThrows(EntenteException.class, received::requireSafe);
        assertEquals(ErrorCode.PROTECTION_UNPROVED, refusal.code());
        assertTrue(refusal.detail().contains("exactly: 2"), refusal.detail());
    }
}
