package org.entente.gateway.region.profile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.entente.gateway.region.programme.Programme;
import org.entente.gateway.region.programme.Programme.Publication;
import org.junit.jupiter.api.Test;

/** What tables and editions of a profile reveal together, where each total by itself is fair. */
class UnionAuditTest {
    private static final String HEAD = "STRUCTURE,STRUCTURE_ID,ACTION,FREQ,REF_AREA,REF_REGION,COUNTERPART_AREA,"
            + "COUNTERPART_REGION,ORIGIN_BASIS,SEX,AGE,EDUCATION_LEV,OCCUPATION,DURATION,REASON,STAY,INDICATOR,"
            + "UNIT_MEASURE,TIME_PERIOD,OBS_VALUE,UNIT_MULT,REF_DATE_TYPE,OBS_STATUS\n";
    private static final Map<String, String> AREAS =
            Map.of("ARE", "AE", "QAT", "QA", "KWT", "KW", "OMN", "OM", "BHR", "BH");

    /** A row on a counterpart in 2020; a negative value is withheld. */
    private static String row(String party, String counterpart, String sex, long value) {
        return "dataflow,ENTENTE:DF_DIASPORA(1.0.0),I,A," + AREAS.get(party) + ",_T," + counterpart + ",_T,CT," + sex
                + ",_T,_T,_T,_T,_T,_T,STOCK_IN,PS,2020," + (value < 0 ? "NaN" : value) + ",0,END,"
                + (value < 0 ? "Q" : "A") + "\n";
    }

    /** Filipinos: all, women and men. */
    private static String filipinos(String party, long all, long women, long men) {
        return row(party, "PH", "_T", all) + row(party, "PH", "F", women) + row(party, "PH", "M", men);
    }

    private static UnionAudit.Shown edition(Publication publish, Map<String, String> rows) {
        Programme programme = StockTable.programme(publish);
        List<SourceFigures> sources = new ArrayList<>();
        new TreeMap<>(rows)
                .forEach((party, text) ->
                        sources.add(StockTable.source(programme, sources.size() + 1, party, HEAD + text)));
        Profile profile = ProfileMaking.make(
                new ProfileMaking.Head("ADD", 1, "2021-01-01T00:00:00Z", "digest", "round", 2020, false),
                programme,
                List.of(),
                sources,
                List.of(),
                area -> "",
                null,
                Map.of());
        return new UnionAudit.Shown(profile, programme, sources);
    }

    private static List<String> exposed(UnionAudit.Shown... editions) {
        return UnionAudit.of(List.of(editions)).stream()
                .map(one -> one.cell().party() + " " + one.cell().codes().get(6) + " by "
                        + (one.attacker() == null ? "anybody" : one.attacker()))
                .distinct()
                .toList();
    }

    @Test
    void totalsToWhichAllContributeAlikeTellOfNobody() {
        assertEquals(
                List.of(),
                exposed(edition(
                        Publication.TOTALS,
                        Map.of(
                                "ARE", filipinos("ARE", 100, 60, 40),
                                "KWT", filipinos("KWT", 90, 40, 50),
                                "OMN", filipinos("OMN", 80, 50, 30),
                                "QAT", filipinos("QAT", 110, 50, 60)))));
    }

    @Test
    void whoGoesIntoTheTotalButNotIntoItsPartsIsTheDifference() {
        List<String> found = exposed(edition(
                Publication.TOTALS,
                Map.of(
                        "ARE", filipinos("ARE", 100, 60, 40),
                        "KWT", filipinos("KWT", 90, 40, 50),
                        "OMN", filipinos("OMN", 80, 50, 30),
                        "QAT", filipinos("QAT", 110, -1, -1))));
        assertTrue(found.contains("QAT PH by anybody") || found.contains("QAT _T by anybody"), found.toString());
    }

    @Test
    void whoIsNewInTheNextEditionIsTheDifferenceOfBoth() {
        Map<String, String> three = Map.of(
                "ARE",
                row("ARE", "PH", "_T", 100),
                "KWT",
                row("KWT", "PH", "_T", 90),
                "OMN",
                row("OMN", "PH", "_T", 80));
        Map<String, String> four = new TreeMap<>(three);
        four.put("QAT", row("QAT", "PH", "_T", 110));
        assertEquals(List.of(), exposed(edition(Publication.TOTALS, four)));
        List<String> both = exposed(edition(Publication.TOTALS, four), edition(Publication.TOTALS, three));
        assertEquals(1, both.size(), both.toString());
        assertTrue(both.getFirst().startsWith("QAT") && both.getFirst().endsWith("anybody"), both.toString());
        four.put("KWT", row("KWT", "PH", "_T", 95));
        four.put("ARE", row("ARE", "PH", "_T", 103));
        assertEquals(
                List.of(),
                exposed(edition(Publication.TOTALS, four), edition(Publication.TOTALS, three)),
                "revisions of two others hide it");
    }

    @Test
    void aMemberSubtractsItsOwn() {
        Map<String, String> three = Map.of(
                "ARE",
                row("ARE", "PH", "_T", 100),
                "KWT",
                row("KWT", "PH", "_T", 90),
                "OMN",
                row("OMN", "PH", "_T", 80));
        Map<String, String> five = new TreeMap<>(three);
        five.put("QAT", row("QAT", "PH", "_T", 110));
        five.put("BHR", row("BHR", "PH", "_T", 70));
        List<String> found = exposed(edition(Publication.TOTALS, five), edition(Publication.TOTALS, three));
        assertEquals(2, found.size(), found.toString());
        assertTrue(found.stream().anyMatch(one -> one.startsWith("QAT") && one.endsWith("by BHR")), found.toString());
        assertTrue(found.stream().anyMatch(one -> one.startsWith("BHR") && one.endsWith("by QAT")), found.toString());
    }

    @Test
    void aSingleWithheldPartOfAShownSumIsFoundAndTwoAreNot() {
        String adds = row("ARE", "IN", "_T", 70) + row("ARE", "IN", "F", 30) + row("ARE", "IN", "M", 40);
        assertEquals(
                1,
                exposed(edition(Publication.MEMBERS, Map.of("ARE", adds + filipinos("ARE", 100, -1, 40))))
                        .size());
        assertEquals(
                List.of(), exposed(edition(Publication.MEMBERS, Map.of("ARE", adds + filipinos("ARE", 100, -1, -1)))));
        assertEquals(
                2,
                exposed(
                                edition(Publication.MEMBERS, Map.of("ARE", adds + filipinos("ARE", 100, -1, -1))),
                                edition(Publication.MEMBERS, Map.of("ARE", adds + filipinos("ARE", 100, -1, 40))))
                        .size(),
                "the edition before shows what the next one withholds, and with it the other");
    }
}
