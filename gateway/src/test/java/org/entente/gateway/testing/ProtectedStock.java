package org.entente.gateway.testing;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.entente.gateway.disclosure.CountTable;
import org.entente.gateway.disclosure.DisclosureControl;
import org.entente.gateway.disclosure.ProtectedTable;
import org.entente.gateway.disclosure.SealedPackage;
import org.entente.gateway.disclosure.Specification;
import org.entente.gateway.disclosure.SpecificationFile;
import org.entente.gateway.disclosure.TableFile;
import org.jspecify.annotations.Nullable;

/** A small table of an office, Filipinos in Italy by age and sex, with two small counts; and the package it becomes. */
public final class ProtectedStock {
    /** Columns of the table, SDMX-CSV 2.0. */
    public static final String TOP = "STRUCTURE,STRUCTURE_ID,ACTION,FREQ,REF_AREA,REF_REGION,COUNTERPART_AREA,"
            + "COUNTERPART_REGION,ORIGIN_BASIS,SEX,AGE,EDUCATION_LEV,OCCUPATION,DURATION,REASON,STAY,INDICATOR,"
            + "UNIT_MEASURE,TIME_PERIOD,OBS_VALUE,UNIT_MULT,OBS_STATUS,CONF_STATUS,EMBARGO_TIME\n";

    private static final String SPECIFICATION = """
            format: entente-disclosure/1
            dimensions:
              FREQ: {}
              REF_AREA: {}
              REF_REGION: {}
              COUNTERPART_AREA: {}
              COUNTERPART_REGION: {}
              ORIGIN_BASIS: {}
              SEX: {total: _T}
              AGE: {total: _T}
              EDUCATION_LEV: {}
              OCCUPATION: {}
              DURATION: {}
              REASON: {}
              STAY: {}
              INDICATOR: {}
              UNIT_MEASURE: {}
              TIME_PERIOD: {}
            count: OBS_VALUE
            ignore: [STRUCTURE, STRUCTURE_ID, ACTION, UNIT_MULT, OBS_STATUS, CONF_STATUS, EMBARGO_TIME]
            absent: zero
            rules: {threshold: THRESHOLD, zeros: shown}
            method: {kind: suppress}
            approver: Head of ISTAT's unit
            """;

    private ProtectedStock() {}

    /** The true counts. */
    public static byte[] table() {
        StringBuilder table = new StringBuilder(TOP);
        Map<String, int[]> byAge = new TreeMap<>(Map.of(
                "Y_LT15", new int[] {40, 60},
                "Y15T24", new int[] {30, 25},
                "Y25T64", new int[] {200, 100},
                "Y_GE65", new int[] {4, 3}));
        int women = 0;
        int men = 0;
        for (Map.Entry<String, int[]> age : byAge.entrySet()) {
            int f = age.getValue()[0];
            int m = age.getValue()[1];
            row(table, age.getKey(), f, m);
            women += f;
            men += m;
        }
        row(table, "_T", women, men);
        return table.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static void row(StringBuilder table, String age, int women, int men) {
        Map.of("_T", women + men, "F", women, "M", men)
                .forEach((sex, count) -> table.append("dataflow,ENTENTE:DF_DIASPORA(1.0.0),I,A5,IT,_T,PH,_T,CB,")
                        .append(sex)
                        .append(',')
                        .append(age)
                        .append(",_T,_T,_T,_T,_T,STOCK_IN,PS,2021,")
                        .append(count)
                        .append(",0,A,,\n"));
    }

    /** How the table is protected. */
    public static String specification(int threshold) {
        return SPECIFICATION.replace("THRESHOLD", "" + threshold);
    }

    /** The table protected and sealed without a signature. */
    public static SealedPackage sealed(int threshold) {
        return sealed(threshold, null);
    }

    /** The same, signed. */
    public static SealedPackage sealed(int threshold, SealedPackage.@Nullable Signer signer) {
        return sealed(table(), specification(threshold), List.of(), new TreeMap<>(), signer);
    }

    /** The table where both small counts stand in a yearbook. */
    public static SealedPackage sealedWithAYearbook() {
        String yearbook = new String(table(), StandardCharsets.UTF_8)
                .lines()
                .filter(row -> row.startsWith("STRUCTURE") || row.contains(",Y_GE65,"))
                .collect(Collectors.joining("\n", "", "\n"));
        byte[] bytes = yearbook.getBytes(StandardCharsets.UTF_8);
        String yaml = specification(5) + "known: [yearbook.csv]\n";
        Specification specification = SpecificationFile.read(yaml.getBytes(StandardCharsets.UTF_8), name -> bytes);
        return sealed(
                table(),
                yaml,
                List.of(TableFile.readProtected(bytes, specification).table()),
                new TreeMap<>(Map.of("yearbook.csv", bytes)),
                null);
    }

    /**
     * The table as estimates from a sample, in which everybody was asked but the oldest.
     *
     * @param judged whether the office has looked at that
     */
    public static SealedPackage ofASurvey(boolean judged) {
        StringBuilder sampled = new StringBuilder();
        for (String row : new String(table(), StandardCharsets.UTF_8).lines().toList()) {
            boolean top = row.startsWith("STRUCTURE");
            String asked = top ? ",ASKED" : row.contains(",Y_GE65,") ? ",1" : ",100";
            sampled.append(row)
                    .append(top ? ",COLL_SOURCE" : ",SURVEY")
                    .append(judged ? asked : "")
                    .append('\n');
        }
        String yaml = specification(2).replace("EMBARGO_TIME]", "EMBARGO_TIME, COLL_SOURCE]");
        return sealed(
                sampled.toString().getBytes(StandardCharsets.UTF_8),
                judged ? yaml + "survey: {sample: ASKED, minimum: 20}\n" : yaml,
                List.of(),
                new TreeMap<>(),
                null);
    }

    private static SealedPackage sealed(
            byte[] table,
            String yaml,
            List<CountTable> known,
            SortedMap<String, byte[]> files,
            SealedPackage.@Nullable Signer signer) {
        byte[] bytes = yaml.getBytes(StandardCharsets.UTF_8);
        Specification specification = SpecificationFile.read(
                bytes, name -> java.util.Objects.requireNonNullElse(files.get(name), new byte[0]));
        TableFile file = TableFile.read(table, specification);
        ProtectedTable result = DisclosureControl.create().protect(file.table(), specification, known);
        return SealedPackage.seal(result, file.write(result), bytes, files, signer);
    }
}
