package org.entente.gateway.statistics;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Random cubes of the small structure, with the texts that formats stumble over. */
public final class SmallCubes {

    private static final Structure STRUCTURE = SmallStructure.dataflow().structure();

    private SmallCubes() {}

    /** One observation. */
    public record Row(String who, String kind, String part, String when, double figure, String mark, String remark) {
        String key() {
            return who + "." + kind + "." + part + "." + when;
        }
    }

    /** Rows with different keys. */
    public static Arbitrary<List<Row>> rows() {
        Arbitrary<Double> figures = Arbitraries.oneOf(
                Arbitraries.integers().between(-5, 100_000).map(Integer::doubleValue),
                Arbitraries.doubles().between(-1e9, 1e9),
                Arbitraries.of(Double.NaN, 0.1, 1e15, 9.007199254740992e15, 1e300, 4.9e-324, -0.0));
        return Combinators.combine(
                        Arbitraries.of("AA", "BB", "CC"),
                        Arbitraries.of("K1", "K2", "K3", "_T"),
                        Arbitraries.of("x", "y, \"z\"", "ä;ö", "w w", "東京"),
                        Arbitraries.of("2019", "2020", "2020-Q1", "2020-07", "2021-W05", "2021-01-31"),
                        figures,
                        Arbitraries.of("ok", "gone"),
                        Arbitraries.of("", "said", "\"quoted\", twice", " spaced "))
                .as(Row::new)
                .list()
                .uniqueElements(Row::key)
                .ofMaxSize(80);
    }

    /** The cube of the rows; the series attribute depends on WHO, the data set attribute is set. */
    public static Cube cube(List<Row> rows) {
        CubeBuilder builder = Cube.builder(STRUCTURE).datasetAttribute("UNDER", "agreement, first");
        for (Row row : rows) {
            builder.attribute("REMARK", row.remark()).attribute("SOURCE", "of " + row.who());
            SmallStructure.row(builder, row.who(), row.kind(), row.part(), row.when(), row.figure(), row.mark());
        }
        return builder.build();
    }
}
