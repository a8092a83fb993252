package org.entente.gateway.bench;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.entente.agreements.SensitiveGroup;
import org.entente.gateway.access.StaffUser;
import org.entente.gateway.releases.DatasetDeclaration;
import org.entente.gateway.releases.Datasets;
import org.entente.gateway.releases.Protection;
import org.entente.gateway.releases.ReleaseStatus;
import org.entente.gateway.releases.ReleaseTerms;
import org.entente.gateway.statistics.AreaCodes;
import org.entente.gateway.testing.TestNode;

/** A table in SDMX-CSV as it would come from an office, made while it is read. */
final class LargeTable extends InputStream {
    private static final List<String> AGES = List.of(
            "_T", "Y0T4", "Y5T9", "Y10T14", "Y15T19", "Y20T24", "Y25T29", "Y30T34", "Y35T39", "Y40T44", "Y45T49",
            "Y50T54", "Y55T59", "Y60T64", "Y65T69", "Y70T74", "Y75T79", "Y80T84", "Y_GE85", "_U");
    private static final List<String> EDUCATION = List.of("_T", "ISCED11_0T2", "ISCED11_3_4", "ISCED11_5T8", "_U");
    private static final List<String> STAYS = List.of("_T", "Y_LT1", "Y1T4", "Y5T9", "Y_GE10", "_U");

    private static final int YEARS = 20;

    private final int observations;
    private final List<String> areas = AreaCodes.load().areasByParty().values().stream()
            .filter(area -> !area.equals("IT"))
            .toList();
    private byte[] chunk =
            ("STRUCTURE,STRUCTURE_ID,ACTION,FREQ,REF_AREA,REF_REGION,COUNTERPART_AREA,COUNTERPART_REGION,ORIGIN_BASIS,SEX,AGE,EDUCATION_LEV,OCCUPATION,DURATION,REASON,STAY,INDICATOR,UNIT_MEASURE,TIME_PERIOD,OBS_VALUE,UNIT_MULT,SOURCE_ORG,OBS_STATUS\n")
                    .getBytes(StandardCharsets.US_ASCII);
    private int at;
    private long series;
    private long value = 1;

    LargeTable(int observations) {
        this.observations = observations;
    }

    /** The dataset that such a table is of. */
    static void declare(TestNode node, String dataset, StaffUser statistician) {
        Map<String, String> coverage = new TreeMap<>();
        for (SensitiveGroup group : SensitiveGroup.values()) {
            coverage.put(group.name(), "EXCLUDED");
        }
        node.bean(Datasets.class)
                .declare(
                        new DatasetDeclaration(
                                dataset, "ENTENTE:DF_DIASPORA(1.0.0)", "ISTAT", "Made up", coverage, "ZERO", List.of()),
                        statistician);
    }

    /** As what it is imported. */
    static ReleaseTerms terms() {
        return new ReleaseTerms(
                ReleaseStatus.FINAL, new Protection.PublicSource("https://example.org/made-up", "2026-01-01"), null);
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] into, int from, int length) {
        if (at == chunk.length && !next()) {
            return -1;
        }
        int part = Math.min(length, chunk.length - at);
        System.arraycopy(chunk, at, into, from, part);
        at += part;
        return part;
    }

    private boolean next() {
        if (series * YEARS >= observations) {
            return false;
        }
        StringBuilder rows = new StringBuilder();
        for (int i = 0; i < 500 && series * YEARS < observations; i++, series++) {
            long rest = series;
            String stay = STAYS.get((int) (rest % STAYS.size()));
            rest /= STAYS.size();
            String education = EDUCATION.get((int) (rest % EDUCATION.size()));
            rest /= EDUCATION.size();
            String age = AGES.get((int) (rest % AGES.size()));
            rest /= AGES.size();
            String sex = List.of("_T", "F", "M").get((int) (rest % 3));
            rest /= 3;
            String area = areas.get((int) (rest % areas.size()));
            String basis = rest / areas.size() == 0 ? "CB" : "CT";
            String start = "dataflow,ENTENTE:DF_DIASPORA(1.0.0),I,A,IT,_T," + area + ",_T," + basis + "," + sex + ","
                    + age + "," + education + ",_T," + stay + ",_T,_T,STOCK_IN,PS,";
            for (int year = 2000; year < 2000 + YEARS; year++) {
                value = value * 16_807 % 2_147_483_647;
                rows.append(start)
                        .append(year)
                        .append(',')
                        .append(value % 100_000)
                        .append(",0,ISTAT,A\n");
            }
        }
        chunk = rows.toString().getBytes(StandardCharsets.US_ASCII);
        at = 0;
        return true;
    }
}
