package org.entente.gateway.testing;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
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
        byte[] yaml = specification(threshold).getBytes(StandardCharsets.UTF_8);
        Specification specification = SpecificationFile.read(yaml, name -> new byte[0]);
        TableFile file = TableFile.read(table(), specification);
        ProtectedTable result = DisclosureControl.create().protect(file.table(), specification, List.of());
        return SealedPackage.seal(result, file.write(result), yaml, new TreeMap<>(), signer);
    }
}
