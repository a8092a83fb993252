package org.entente.gateway.bench;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import org.entente.gateway.releases.Protection;
import org.entente.gateway.releases.Release;
import org.entente.gateway.releases.ReleaseApproval;
import org.entente.gateway.releases.ReleaseDesk;
import org.entente.gateway.releases.ReleaseStatus;
import org.entente.gateway.releases.ReleaseTerms;
import org.entente.gateway.statistics.AreaCodes;
import org.entente.gateway.testing.Corridor;
import org.entente.gateway.testing.TestNode;

/**
 * A table of the size that a national office has, made up: every origin by sex, age and year, about 100,000 figures. A
 * question asks for one origin in some of the years, so that there are millions of different questions and answers.
 */
final class BenchFigures {
    private static final List<String> AGES = List.of("_T", "Y_LT15", "Y15T24", "Y25T64", "Y_GE65");
    private static final List<String> SEXES = List.of("_T", "F", "M");
    private static final int FIRST_YEAR = 1990;
    private static final int YEARS = 31;
    /** With fifteen figures a year these make an answer of about 20 kB. */
    private static final int YEARS_ASKED = 7;

    private static final long QUESTIONS = choose(YEARS, YEARS_ASKED);
    /** No common factor with the number of questions, so that all come before one comes again. */
    private static final long STRIDE = 1_000_003;

    private static final String PATH = "/sdmx/v2/data/dataflow/ENTENTE/DF_DIASPORA/1.0.0/A.IT._T.PH._T.CB.*.*._T";

    private BenchFigures() {}

    /** Publishes the table as the next release of Italy's stock. */
    static void publish(Corridor corridor) {
        TestNode italy = corridor.ita();
        ReleaseDesk desk = italy.bean(ReleaseDesk.class);
        var statistician = Corridor.addStaff(italy, "bench-statistician", "statistician");
        var approver = Corridor.addStaff(italy, "bench-approver", "approver");
        Release release = desk.importFigures(
                        "ITA-STOCK-UNDESA",
                        new ByteArrayInputStream(table().getBytes(StandardCharsets.UTF_8)),
                        new ReleaseTerms(
                                ReleaseStatus.FINAL,
                                new Protection.PublicSource("https://example.org/made-up-for-measuring", "2026-01-01"),
                                null),
                        statistician)
                .release();
        desk.approve(release.id(), ReleaseApproval.plain(), approver);
        desk.publish(release.id(), statistician);
    }

    private static String table() {
        StringBuilder csv = new StringBuilder(
                "STRUCTURE,STRUCTURE_ID,ACTION,FREQ,REF_AREA,REF_REGION,COUNTERPART_AREA,"
                        + "COUNTERPART_REGION,ORIGIN_BASIS,SEX,AGE,EDUCATION_LEV,OCCUPATION,DURATION,REASON,STAY,INDICATOR,"
                        + "UNIT_MEASURE,TIME_PERIOD,OBS_VALUE,UNIT_MULT,DECIMALS,COLL_SOURCE,REF_DATE_TYPE,SOURCE_ORG,OBS_STATUS\n");
        long value = 1;
        for (String area : AreaCodes.load().areasByParty().values()) {
            if (area.equals("IT")) {
                continue;
            }
            for (String sex : SEXES) {
                for (String age : AGES) {
                    for (int year = FIRST_YEAR; year < FIRST_YEAR + YEARS; year++) {
                        value = value * 16_807 % 2_147_483_647;
                        csv.append("dataflow,ENTENTE:DF_DIASPORA(1.0.0),I,A,IT,_T,")
                                .append(area)
                                .append(",_T,CB,")
                                .append(sex)
                                .append(',')
                                .append(age)
                                .append(",_T,_T,_T,_T,_T,STOCK_IN,PS,")
                                .append(year)
                                .append(',')
                                .append(value % 1_000_000)
                                .append(",0,0,ADMIN,POINT,ISTAT,A\n");
                    }
                }
            }
        }
        return csv.toString();
    }

    /** The question with this number: its own set of years. */
    static String question(long number) {
        StringBuilder years = new StringBuilder();
        for (int index : combination(number * STRIDE % QUESTIONS)) {
            years.append(years.isEmpty() ? "" : ",").append(FIRST_YEAR + index);
        }
        return PATH + "?fresh=true&c%5BTIME_PERIOD%5D=" + years;
    }

    /** The set of so many indices with this rank in the lexicographic order of all such sets. */
    private static int[] combination(long rank) {
        int[] chosen = new int[YEARS_ASKED];
        long rest = rank;
        int next = 0;
        for (int i = 0; i < YEARS_ASKED; i++) {
            for (long skipped = choose(YEARS - next - 1, YEARS_ASKED - i - 1); skipped <= rest; ) {
                rest -= skipped;
                next++;
                skipped = choose(YEARS - next - 1, YEARS_ASKED - i - 1);
            }
            chosen[i] = next++;
        }
        return chosen;
    }

    private static long choose(int n, int k) {
        return IntStream.rangeClosed(1, k).asLongStream().reduce(1, (product, i) -> product * (n - k + i) / i);
    }
}
