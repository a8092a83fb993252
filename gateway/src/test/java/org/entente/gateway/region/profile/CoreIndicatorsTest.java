package org.entente.gateway.region.profile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.entente.gateway.region.indicator.Indicator;
import org.entente.gateway.region.indicator.IndicatorTable;
import org.entente.gateway.region.indicator.ReferenceIndicators;
import org.entente.gateway.region.programme.Programme;
import org.entente.gateway.sdmx.CsvReader;
import org.entente.gateway.statistics.AreaCodes;
import org.entente.gateway.statistics.Dataflow;
import org.entente.gateway.testing.SharedMaterial;
import org.junit.jupiter.api.Test;

class CoreIndicatorsTest {
    private static final String REFERENCE_HEAD =
            "STRUCTURE,STRUCTURE_ID,ACTION,FREQ,REF_AREA,INDICATOR,TIME_PERIOD,OBS_VALUE,SOURCE_ORG,AS_OF,OBS_STATUS\n";
    private static final String FIGURES_HEAD =
            "STRUCTURE,STRUCTURE_ID,ACTION,FREQ,REF_AREA,REF_REGION,COUNTERPART_AREA,COUNTERPART_REGION,ORIGIN_BASIS,SEX,"
                    + "AGE,EDUCATION_LEV,OCCUPATION,DURATION,REASON,STAY,INDICATOR,UNIT_MEASURE,TIME_PERIOD,OBS_VALUE,"
                    + "UNIT_MULT,OBS_STATUS\n";

    private static org.entente.gateway.statistics.Cube cube(Dataflow flow, String csv) {
        try {
            return CsvReader.read(new ByteArrayInputStream(csv.getBytes(StandardCharsets.UTF_8)), flow);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static IndicatorTable table(String... rows) {
        StringBuilder csv = new StringBuilder(REFERENCE_HEAD);
        for (String row : rows) {
            csv.append("dataflow," + ReferenceIndicators.FLOW + ",I,A,")
                    .append(row)
                    .append('\n');
        }
        return IndicatorTable.of(cube(ReferenceIndicators.load(), csv.toString()));
    }

    private static String stock(String counterpart, String basis, String sex, String year, long value) {
        return "dataflow,ENTENTE:DF_DIASPORA(1.0.0),I,A,AE,_T," + counterpart + ",_T," + basis + "," + sex
                + ",_T,_T,_T,_T,_T,_T,STOCK_IN,PS," + year + "," + value + ",0,E\n";
    }

    private static SourceFigures source(String rows) {
        return StockTable.source(StockTable.programme(Programme.Publication.MEMBERS), 1, "ARE", FIGURES_HEAD + rows);
    }

    private static List<Indicator> indicators(IndicatorTable table, String rows, String... codes) {
        org.entente.gateway.region.indicator.ReferenceSource release =
                new org.entente.gateway.region.indicator.ReferenceSource(
                        "GMG", "r", 1, "2021-01-01T00:00:00Z", "public", "digest", List.of());
        return CoreIndicators.of(
                        release,
                        table,
                        new Programme.Indicators("GMG", List.of(codes)),
                        List.of(new Profile.Member("ARE", List.of("AE"), List.of())),
                        List.of(source(rows)),
                        2020)
                .indicators();
    }

    @Test
    void theShareOfMigrantsIsOfTheMembersOwnTotalAndOfTheSameYear() {
        IndicatorTable table = table("AE,POP,2020,10000,UN DESA,2019,E");
        List<Indicator> shares = indicators(
                table,
                stock("_T", "CT", "_T", "2020", 8800) + stock("PH", "CT", "_T", "2020", 500),
                IndicatorTable.MIGRANT_SHARE);
        assertEquals(1, shares.size());
        assertEquals(88.0, Objects.requireNonNull(shares.getFirst().value()), 1e-9);
        assertEquals("ARE (STOCK_IN by CT); UN DESA", shares.getFirst().source());
        // No total of the member's own, another year, or half of the persons: nothing is computed.
        assertTrue(indicators(table, stock("PH", "CT", "_T", "2020", 500), IndicatorTable.MIGRANT_SHARE)
                .isEmpty());
        assertTrue(indicators(table, stock("_T", "CT", "F", "2020", 500), IndicatorTable.MIGRANT_SHARE)
                .isEmpty());
        assertTrue(indicators(
                        table("AE,POP,2015,10000,UN DESA,2019,E"),
                        stock("_T", "CT", "_T", "2020", 8800),
                        IndicatorTable.MIGRANT_SHARE)
                .isEmpty());
    }

    @Test
    void stocksOfTwoDefinitionsGiveTwoShares() {
        List<Indicator> shares = indicators(
                table("AE,POP,2020,10000,UN DESA,2019,E"),
                stock("_T", "CT", "_T", "2020", 8800) + stock("_T", "CB", "_T", "2020", 8700),
                IndicatorTable.MIGRANT_SHARE);
        assertEquals(
                List.of("ARE (STOCK_IN by CB); UN DESA", "ARE (STOCK_IN by CT); UN DESA"),
                shares.stream().map(Indicator::source).sorted().toList());
    }

    @Test
    void ofTwoYearsAsNearTheLaterCountsAndAStateWithoutAFigureHasNone() {
        IndicatorTable table =
                table("AE,HDI,2019,0.890,UNDP,2020,A", "AE,HDI,2021,0.911,UNDP,2022,A", "AE,HDI,2010,0.8,UNDP,2011,A");
        assertEquals(
                "2021",
                table.at("ARE", List.of("AE"), "HDI", 2020).orElseThrow().period());
        assertEquals(
                "2010",
                table.at("ARE", List.of("AE"), "HDI", 1990).orElseThrow().period());
        assertTrue(table.at("PHL", List.of("PH"), "HDI", 2020).isEmpty());
    }

    /** The development index and remittances of the table of reference data, read into a release as a secretariat would. */
    @Test
    void theTableOfReferenceDataFillsARelease() throws IOException {
        AreaCodes areas = AreaCodes.load();
        Map<String, String> codes =
                Map.of("HDI", "HDI", "POPULATION", "POP", "REMITTANCES_RECEIVED_USD", "REMIT_RECEIVED");
        List<String> rows = Files.readAllLines(SharedMaterial.locate("data/country_indicators.csv")).stream()
                .skip(1)
                .map(line -> line.split(",", -1))
                .filter(cells ->
                        codes.containsKey(cells[2]) && areas.areaOf(cells[0]).isPresent())
                .map(cells -> areas.areaOf(cells[0]).orElseThrow() + "," + codes.get(cells[2]) + "," + cells[1] + ","
                        + cells[3] + ",reference data,2021,A")
                .toList();
        IndicatorTable table = table(rows.toArray(String[]::new));
        double index = Objects.requireNonNull(
                table.at("ITA", List.of("IT"), "HDI", 2020).orElseThrow().value());
        assertTrue(index > 0.85 && index < 0.95, "Italy's index: " + index);
        assertTrue(Objects.requireNonNull(table.at("PHL", List.of("PH"), "REMIT_RECEIVED", 2020)
                        .orElseThrow()
                        .value())
                > 30e9);
    }
}
