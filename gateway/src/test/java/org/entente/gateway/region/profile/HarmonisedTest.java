package org.entente.gateway.region.profile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.entente.gateway.region.programme.Programme.HarmonisationRule;
import org.entente.gateway.sdmx.CsvReader;
import org.entente.gateway.statistics.Cube;
import org.entente.gateway.statistics.DiasporaStructure;
import org.junit.jupiter.api.Test;

class HarmonisedTest {
    private static final String HEAD = "STRUCTURE,STRUCTURE_ID,ACTION,FREQ,REF_AREA,REF_REGION,COUNTERPART_AREA,"
            + "COUNTERPART_REGION,ORIGIN_BASIS,SEX,AGE,EDUCATION_LEV,OCCUPATION,DURATION,REASON,STAY,INDICATOR,"
            + "UNIT_MEASURE,TIME_PERIOD,OBS_VALUE,UNIT_MULT,RESIDENCE_RULE,OBS_STATUS\n";

    private static String row(String age, String value, String rule, String status) {
        return "dataflow,ENTENTE:DF_DIASPORA(1.0.0),I,A,IT,_T,PH,_T,CT,_T," + age + ",_T,_T,_T,_T,_T,STOCK_IN,PS,2020,"
                + value + ",0," + rule + "," + status + "\n";
    }

    private static Cube cube(String... rows) {
        try {
            return CsvReader.read(
                    new ByteArrayInputStream((HEAD + String.join("", rows)).getBytes(StandardCharsets.UTF_8)),
                    DiasporaStructure.load());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static HarmonisationRule rule(String id, String component, Map<String, String> codes) {
        return new HarmonisationRule(id, component, new TreeMap<>(codes), "agreed by the working group");
    }

    private static final HarmonisationRule AGES = rule("AGES", "AGE", Map.of("Y15T19", "Y15T24", "Y20T24", "Y15T24"));

    private static Harmonised.Figure only(List<Harmonised.Series> series) {
        return series.getFirst().figures().values().iterator().next();
    }

    @Test
    void codesThatBecomeOneAreAddedUpWhereAllAreThere() {
        List<Harmonised.Series> series =
                Harmonised.read(cube(row("Y15T19", "10", "", "A"), row("Y20T24", "20", "", "A")), List.of(AGES));
        assertEquals(1, series.size());
        assertEquals(30, only(series).value());
        assertEquals("[AGES]", series.getFirst().rules().toString());
    }

    @Test
    void whatIsNotWholeIsNotAddedUp() {
        assertTrue(Harmonised.read(cube(row("Y15T19", "10", "", "A")), List.of(AGES))
                .isEmpty());
    }

    @Test
    void aWithheldPartMakesTheWholeWithheld() {
        Harmonised.Figure whole =
                only(Harmonised.read(cube(row("Y15T19", "10", "", "A"), row("Y20T24", "NaN", "", "Q")), List.of(AGES)));
        assertTrue(whole.withheld());
    }

    @Test
    void theMembersOwnFigureGoesFirst() {
        List<Harmonised.Series> series = Harmonised.read(
                cube(row("Y15T19", "10", "", "A"), row("Y15T24", "33", "", "A"), row("Y20T24", "20", "", "A")),
                List.of(AGES));
        assertEquals(1, series.size());
        assertEquals(33, only(series).value());
        assertTrue(series.getFirst().rules().isEmpty());
    }

    @Test
    void aResidenceRuleIsTakenForAnotherOnlyByADeclaredRule() {
        Cube cube = cube(row("_T", "5", "REG", "A"));
        assertEquals(
                "REG", Harmonised.read(cube, List.of()).getFirst().concept().residenceRule());
        Harmonised.Series mapped = Harmonised.read(
                        cube, List.of(rule("REGISTER", "RESIDENCE_RULE", Map.of("REG", "M12"))))
                .getFirst();
        assertEquals("M12", mapped.concept().residenceRule());
        assertEquals("[REGISTER]", mapped.rules().toString());
    }
}
