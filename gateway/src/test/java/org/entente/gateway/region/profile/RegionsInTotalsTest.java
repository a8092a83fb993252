package org.entente.gateway.region.profile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.entente.gateway.region.programme.Programme;
import org.junit.jupiter.api.Test;

/** What members give by parts of themselves goes into no regional total a second time, nor in place of the whole. */
class RegionsInTotalsTest {
    private static final String HEAD = "STRUCTURE,STRUCTURE_ID,ACTION,FREQ,REF_AREA,REF_REGION,COUNTERPART_AREA,"
            + "COUNTERPART_REGION,ORIGIN_BASIS,SEX,AGE,EDUCATION_LEV,OCCUPATION,DURATION,REASON,STAY,INDICATOR,"
            + "UNIT_MEASURE,TIME_PERIOD,OBS_VALUE,UNIT_MULT,REF_DATE_TYPE,OBS_STATUS\n";
    private static final Map<String, String> AREAS = Map.of("ARE", "AE", "KWT", "KW", "OMN", "OM", "QAT", "QA");

    private static String row(
            String party, String region, String counterpart, String there, String basis, String indicator, int value) {
        return String.join(
                        ",",
                        "dataflow,ENTENTE:DF_DIASPORA(1.0.0),I,A",
                        AREAS.get(party),
                        region,
                        counterpart,
                        there,
                        basis,
                        "_T,_T,_T,_T,_T,_T,_T",
                        indicator,
                        "PS,2020",
                        String.valueOf(value),
                        "0,END,A")
                + "\n";
    }

    private static String filipinos(String party, String region, int value) {
        return row(party, region, "PH", "_T", "CT", "STOCK_IN", value);
    }

    private static Profile.TableResult table(Map<String, String> rows) {
        Programme programme = StockTable.programme(Programme.Publication.MEMBERS);
        List<SourceFigures> sources = new ArrayList<>();
        new TreeMap<>(rows)
                .forEach((party, text) ->
                        sources.add(StockTable.source(programme, sources.size() + 1, party, HEAD + text)));
        return RegionalTables.of(programme, programme.table("STOCK"), 2020, sources);
    }

    private static Profile.Total only(Profile.TableResult table) {
        assertEquals(1, table.groups().size());
        assertEquals(1, table.groups().getFirst().totals().size());
        return table.groups().getFirst().totals().getFirst();
    }

    @Test
    void theWholeOfAMemberCountsWhateverItGivesOfItsRegions() {
        Profile.Total total = only(table(Map.of(
                "ARE",
                filipinos("ARE", "AE-AJ", 7) + filipinos("ARE", "AE-DU", 30) + filipinos("ARE", "_T", 100),
                "KWT",
                filipinos("KWT", "_T", 90),
                "OMN",
                filipinos("OMN", "_T", 80) + filipinos("OMN", "OM-MA", 50))));
        assertEquals(Map.of("COUNTERPART_AREA", "PH"), total.key());
        assertEquals(270.0, total.total().value());
    }

    @Test
    void whoGivesItsRegionsAloneHasNoFigureInTheTotal() {
        Profile.Total total = only(table(Map.of(
                "ARE",
                filipinos("ARE", "AE-AJ", 7) + filipinos("ARE", "AE-DU", 30),
                "KWT",
                filipinos("KWT", "_T", 90),
                "OMN",
                filipinos("OMN", "_T", 80),
                "QAT",
                filipinos("QAT", "_T", 70))));
        assertEquals(240.0, total.total().value());
        assertEquals(List.of("ARE"), total.total().absent());
    }

    @Test
    void movesWithinMembersMakeNoRegionalTotal() {
        Profile.TableResult table = table(Map.of(
                "ARE",
                row("ARE", "AE-DU", "AE", "AE-AJ", "PR", "INTERNAL", 12),
                "KWT",
                row("KWT", "KW-KU", "KW", "KW-HA", "PR", "INTERNAL", 13),
                "OMN",
                row("OMN", "OM-MA", "OM", "OM-DA", "PR", "INTERNAL", 14)));
        assertEquals(1, table.groups().size());
        assertEquals(List.of(), table.groups().getFirst().totals());
        assertEquals(List.of("ARE", "KWT", "OMN"), table.groups().getFirst().parties());
        assertNull(table.groups().getFirst().apart());
    }

    @Test
    void regionsOfTheOtherSideAddUpOverMembers() {
        Profile.TableResult table = table(Map.of(
                "ARE",
                row("ARE", "_T", "PH", "PH-00", "CT", "STOCK_IN", 1),
                "KWT",
                row("KWT", "_T", "PH", "PH-00", "CT", "STOCK_IN", 2),
                "OMN",
                row("OMN", "_T", "PH", "PH-00", "CT", "STOCK_IN", 3)));
        Profile.Total total = only(table);
        assertTrue(total.key().containsValue("PH-00"), total.toString());
        assertEquals(6.0, total.total().value());
    }
}
