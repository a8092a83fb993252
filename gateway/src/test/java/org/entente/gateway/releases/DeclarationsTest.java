package org.entente.gateway.releases;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.entente.agreements.SensitiveGroup;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
import org.entente.gateway.statistics.Dataflow;
import org.entente.gateway.statistics.DiasporaStructure;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class DeclarationsTest {

    static Map<String, String> coverage() {
        Map<String, String> coverage = new HashMap<>();
        for (SensitiveGroup group : SensitiveGroup.values()) {
            coverage.put(group.name(), "EXCLUDED");
        }
        return coverage;
    }

    private static DatasetDeclaration declaration(
            Map<String, String> coverage, @Nullable String absent, SumRule... sums) {
        return new DatasetDeclaration(
                "STOCK", "ENTENTE:DF_DIASPORA(1.0.0)", "ISTAT", "Migrants", coverage, absent, List.of(sums));
    }

    private static String fault(DatasetDeclaration declaration) {
        EntenteException refused =
                assertThrows(EntenteException.class, () -> declaration.check(DeclarationsTest::known));
        assertEquals(ErrorCode.DATASET_INCOMPLETE, refused.code());
        return refused.detail();
    }

    @Test
    void aFullDeclarationIsTaken() {
        Dataset dataset = declaration(
                        coverage(),
                        "ZERO",
                        new SumRule("SEX", "_T", null, SumRule.Additivity.EXACT, null),
                        new SumRule(
                                "AGE", "_T", List.of("Y_LT15", "Y15T64", "Y_GE65"), SumRule.Additivity.TOLERANCE, 5.0))
                .check(DeclarationsTest::known);
        assertEquals(SensitiveGroup.values().length, dataset.coverage().size());
    }

    @ParameterizedTest
    @EnumSource(SensitiveGroup.class)
    void coverageThatIsUndeclaredOrUnknownIsRefused(SensitiveGroup group) {
        for (Consumer<Map<String, String>> spoil : List.<Consumer<Map<String, String>>>of(
                map -> map.remove(group.name()), map -> map.put(group.name(), "UNKNOWN"))) {
            Map<String, String> spoiled = coverage();
            spoil.accept(spoiled);
            assertTrue(fault(declaration(spoiled, "ZERO")).contains("coverage." + group));
        }
    }

    @Test
    void whatAbsentCellsMeanMustBeSaid() {
        assertTrue(fault(declaration(coverage(), null)).contains("absent"));
        assertTrue(fault(declaration(coverage(), "MAYBE")).contains("absent"));
    }

    @Test
    void everyFaultIsNamedAtOnce() {
        String faults = fault(new DatasetDeclaration(null, null, "no spaces", "", null, null, null));
        for (String member : List.of("id:", "dataflow:", "authority:", "title:", "coverage.", "absent:", "sums:")) {
            assertTrue(faults.contains(member), member + " in " + faults);
        }
    }

    @Test
    void sumsThatCannotBeAreRefused() {
        for (SumRule rule : List.of(
                new SumRule("COLOUR", "_T", null, SumRule.Additivity.EXACT, null),
                new SumRule("TIME_PERIOD", "2020", null, SumRule.Additivity.EXACT, null),
                new SumRule("SEX", "T", null, SumRule.Additivity.EXACT, null),
                new SumRule("SEX", "_T", List.of("M", "_T"), SumRule.Additivity.EXACT, null),
                new SumRule("SEX", "_T", null, SumRule.Additivity.EXACT, 3.0),
                new SumRule("SEX", "_T", null, SumRule.Additivity.TOLERANCE, null),
                new SumRule("SEX", "_T", null, SumRule.Additivity.TOLERANCE, 0.0),
                new SumRule("SEX", "_T", null, SumRule.Additivity.TOLERANCE, Double.NaN))) {
            assertTrue(fault(declaration(coverage(), "ZERO", rule)).contains("sums"), rule.toString());
        }
    }

    @Test
    void declaredProtectionsAreTaken() {
        assertEquals(
                new Protection.PublicSource("https://example.org/x", "2020-12-31"),
                Protection.declared("PUBLIC_SOURCE", "https://example.org/x", "2020-12-31", null, null, null));
        assertEquals(
                new Protection.ByOffice("tau-ARGUS, threshold 5", "A. Rossi"),
                Protection.declared("BY_OFFICE", null, null, "tau-ARGUS, threshold 5", "A. Rossi", null));
    }

    @ParameterizedTest
    @ValueSource(strings = {"2020", "2020-12", "2020-12-31"})
    void aPublicSourceIsDatedAsExactlyAsItsPublisherSays(String date) {
        assertEquals(
                new Protection.PublicSource("https://example.org/x", date),
                Protection.declared("PUBLIC_SOURCE", "https://example.org/x", date, null, null, null));
    }

    @ParameterizedTest
    @CsvSource({
        ",,,,",
        "NONE,,,,",
        "BY_GATEWAY,,,,",
        "PUBLIC_SOURCE,,2020-12-31,,",
        "PUBLIC_SOURCE,https://example.org/x,,,",
        "PUBLIC_SOURCE,https://example.org/x,soon,,",
        "PUBLIC_SOURCE,https://example.org/x,2020-13,,",
        "PUBLIC_SOURCE,https://example.org/x,2021-02-29,,",
        "PUBLIC_SOURCE,https://example.org/x,2020-,,",
        "PUBLIC_SOURCE,in the library,2020-12-31,,",
        "PUBLIC_SOURCE,file:///etc/passwd,2020-12-31,,",
        "PUBLIC_SOURCE,https://example.org/x,2020-12-31,also,",
        "BY_OFFICE,,,rounding,",
        "BY_OFFICE,,,,A. Rossi",
        "BY_OFFICE,,,' ',A. Rossi",
        "BY_OFFICE,https://example.org/x,,rounding,A. Rossi",
    })
    void anyOtherProtectionIsRefused(
            @Nullable String kind,
            @Nullable String address,
            @Nullable String date,
            @Nullable String method,
            @Nullable String approver) {
        EntenteException refused = assertThrows(
                EntenteException.class, () -> Protection.declared(kind, address, date, method, approver, null));
        assertEquals(ErrorCode.RELEASE_UNPROTECTED, refused.code());
    }

    private static List<Dataflow> known() {
        return List.of(DiasporaStructure.load());
    }
}
