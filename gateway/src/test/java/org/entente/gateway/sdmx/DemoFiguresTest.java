package org.entente.gateway.sdmx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Set;
import org.entente.gateway.statistics.Cube;
import org.entente.gateway.statistics.CubeSelection;
import org.entente.gateway.statistics.Dataflow;
import org.entente.gateway.statistics.DiasporaStructure;
import org.entente.gateway.statistics.ObservationCursor;
import org.entente.gateway.testing.SharedMaterial;
import org.junit.jupiter.api.Test;

class DemoFiguresTest {

    private final Dataflow flow = DiasporaStructure.load();

    private Cube read(String name) throws IOException {
        try (InputStream in = Objects.requireNonNull(getClass().getResourceAsStream("/demo/" + name))) {
            return CsvReader.read(in, flow);
        }
    }

    private static double sum(Cube cube) {
        double sum = 0;
        ObservationCursor cursor = cube.cursor();
        while (cursor.next()) {
            sum += cursor.value();
        }
        return sum;
    }

    private static CubeSelection of(String counterpart, String sex, String year) {
        return CubeSelection.ALL
                .and("COUNTERPART_AREA", Set.of(counterpart))
                .and("SEX", Set.of(sex))
                .and("TIME_PERIOD", Set.of(year));
    }

    @Test
    void italysFiguresAddUpExactly() throws IOException {
        Cube cube = read("ita-undesa-2020.csv");
        for (String sex : Set.of("M", "F", "_T")) {
            for (String year : cube.codes("TIME_PERIOD")) {
                double total = sum(cube.slice(of("_T", sex, year)));
                Cube all = cube.slice(CubeSelection.ALL.and("SEX", Set.of(sex)).and("TIME_PERIOD", Set.of(year)));
                assertEquals(2 * total, sum(all), sex + " " + year);
            }
        }
        assertEquals(2 * sum(cube.slice(CubeSelection.ALL.and("SEX", Set.of("_T")))), sum(cube));
    }

    @Test
    void italysFiguresAreThoseOfTheSource() throws IOException {
        Path source = SharedMaterial.locate("data/undesa_ims2020_od_sex.csv");
        Cube cube = read("ita-undesa-2020.csv");
        long compared = 0;
        for (String line : Files.readAllLines(source)) {
            String[] cells = line.split(",");
            if (cells[0].equals("ITA") && cells[1].equals("PHL")) {
                compared++;
                assertEquals(Double.parseDouble(cells[4]), sum(cube.slice(of("PH", cells[3], cells[2]))), line);
            }
        }
        assertEquals(14, compared);
    }

    @Test
    void everyFigureCarriesSourceCoverageAndReferenceDate() throws IOException {
        ObservationCursor cursor = read("ita-undesa-2020.csv").cursor();
        var structure = flow.structure();
        while (cursor.next()) {
            assertEquals("UN DESA", cursor.attributeText(structure.attributePosition("SOURCE_ORG")));
            assertEquals("--07-01", cursor.attributeText(structure.attributePosition("REF_DATE")));
            assertEquals("E", cursor.attributeText(structure.attributePosition("OBS_STATUS")));
            assertTrue(cursor.attributeText(structure.attributePosition("COVERAGE"))
                    .startsWith("Foreign-born"));
        }
    }

    @Test
    void thePhilippinesReportDeparturesUnderTheirOwnArea() throws IOException {
        Cube cube = read("phl-cfo-emigrants.csv");
        assertEquals(Set.of("PH"), cube.codes("REF_AREA"));
        assertEquals(Set.of("OUTFLOW"), cube.codes("INDICATOR"));
        assertEquals(40, cube.codes("TIME_PERIOD").size());
        assertTrue(sum(cube.slice(of("IT", "_T", "2015"))) > 0);
    }
}
