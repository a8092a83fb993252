package org.entente.gateway.region.profile;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.entente.gateway.region.programme.Programme;
import org.entente.gateway.statistics.Code;
import org.entente.gateway.statistics.Component.Dimension;
import org.entente.gateway.statistics.Cube;
import org.entente.gateway.statistics.CubeBuilder;
import org.entente.gateway.statistics.Dataflow;
import org.entente.gateway.statistics.DiasporaStructure;
import org.entente.gateway.statistics.Structure;

/**
 * How long a profile of a million figures takes: 50 members with 20,000 each, from cubes in memory to the signed content; and how long the
 * audit of the same profile takes if only its totals would be published.
 */
public final class ProfileBench {
    private static final int MEMBERS = 50;
    private static final int YEARS = 40;

    private ProfileBench() {}

    /** The figures by name. */
    public static Map<String, Double> run() {
        Dataflow flow = DiasporaStructure.load();
        Programme programme = StockTable.programme(Programme.Publication.MEMBERS);
        List<Cube> cubes = new ArrayList<>();
        long observations = 0;
        for (int member = 0; member < MEMBERS; member++) {
            Cube cube = cube(flow.structure(), member);
            observations += cube.observationCount();
            cubes.add(cube);
        }
        Profile profile = make(programme, sources(programme, cubes));
        long begin = System.nanoTime();
        profile = make(programme, sources(programme, cubes));
        byte[] content = ProfileCodec.encode(profile);
        Map<String, Double> figures = new TreeMap<>();
        figures.put("profile.buildSeconds", (System.nanoTime() - begin) / 1e9);
        figures.put("profile.observations", (double) observations);
        figures.put("profile.contentMiB", content.length / (double) (1 << 20));
        audit(cubes, figures);
        return figures;
    }

    private static void audit(List<Cube> cubes, Map<String, Double> figures) {
        Programme totals = StockTable.programme(Programme.Publication.TOTALS);
        List<SourceFigures> sources = sources(totals, cubes);
        Profile profile = make(totals, sources);
        Runtime memory = Runtime.getRuntime();
        System.gc();
        long before = memory.totalMemory() - memory.freeMemory();
        long begin = System.nanoTime();
        List<UnionAudit.Exposure> exposures = UnionAudit.of(List.of(new UnionAudit.Shown(profile, totals, sources)));
        figures.put("profile.unionAuditSeconds", (System.nanoTime() - begin) / 1e9);
        figures.put("profile.unionAuditExposures", (double) exposures.size());
        long after = memory.totalMemory() - memory.freeMemory();
        figures.put("profile.unionAuditHeapMiB", Math.max(0, after - before) / (double) (1 << 20));
    }

    private static List<SourceFigures> sources(Programme programme, List<Cube> cubes) {
        List<SourceFigures> sources = new ArrayList<>();
        for (int member = 0; member < cubes.size(); member++) {
            sources.add(StockTable.source(programme, member + 1, "M" + member, cubes.get(member), "digest" + member));
        }
        return sources;
    }

    private static Profile make(Programme programme, List<SourceFigures> sources) {
        return ProfileMaking.make(
                new ProfileMaking.Head("SEC", 1, "2021-01-01T00:00:00Z", "digest", "round", 2020, false),
                programme,
                List.of(),
                sources,
                List.of(),
                area -> "",
                null,
                Map.of());
    }

    private static Cube cube(Structure structure, int member) {
        Random random = new Random(member);
        List<String> areas = structure
                .dimension(Dimension.Role.COUNTERPART_AREA)
                .flatMap(dimension -> dimension.representation().codelist())
                .orElseThrow()
                .codes()
                .stream()
                .map(Code::id)
                .filter(code -> code.matches("[A-Z]{2}"))
                .limit(167)
                .toList();
        CubeBuilder builder = Cube.builder(structure);
        for (String counterpart : areas) {
            for (int year = 2021 - YEARS; year <= 2020; year++) {
                int women = random.nextInt(50_000);
                int men = random.nextInt(50_000);
                row(builder, structure, areas.get(member), counterpart, "_T", year, women + men);
                row(builder, structure, areas.get(member), counterpart, "F", year, women);
                row(builder, structure, areas.get(member), counterpart, "M", year, men);
            }
        }
        return builder.build();
    }

    private static void row(
            CubeBuilder builder,
            Structure structure,
            String reporter,
            String counterpart,
            String sex,
            int year,
            double value) {
        for (Dimension dimension : structure.dimensions()) {
            String code = switch (dimension.role()) {
                case FREQUENCY -> "A";
                case REPORTING_AREA -> reporter;
                case COUNTERPART_AREA -> counterpart;
                case COUNTERPART_BASIS -> "CT";
                case INDICATOR -> "STOCK_IN";
                case UNIT -> "PS";
                case TIME -> String.valueOf(year);
                case REPORTING_REGION, COUNTERPART_REGION -> Harmonised.TOTAL;
                case BREAKDOWN -> dimension.id().equals("SEX") ? sex : Harmonised.TOTAL;
            };
            builder.dimension(dimension.id(), code);
        }
        builder.attribute("UNIT_MULT", "0")
                .attribute("OBS_STATUS", "A")
                .value(value)
                .add();
    }
}
