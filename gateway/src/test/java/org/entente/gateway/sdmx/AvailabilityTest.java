package org.entente.gateway.sdmx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.statistics.Cube;
import org.entente.gateway.statistics.CubeBuilder;
import org.entente.gateway.statistics.Dataflow;
import org.entente.gateway.statistics.SmallStructure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The worked example of the standard's page on availability: areas BB and AA, status K1 and K2, sex m and f. */
class AvailabilityTest {

    private static final Dataflow FLOW = SmallStructure.dataflow();

    private static Cube cube() {
        CubeBuilder builder = Cube.builder(FLOW.structure());
        SmallStructure.row(builder, "BB", "K1", "m", "2020", 1, "ok");
        SmallStructure.row(builder, "AA", "K1", "m", "2020", 2, "ok");
        SmallStructure.row(builder, "AA", "K1", "m", "2021", 3, "ok");
        SmallStructure.row(builder, "AA", "K2", "f", "2019", 4, "gone");
        return builder.build();
    }

    private static Availability ask(String rest) {
        String[] parts = rest.split("\\?", 2);
        return Availability.of(
                AvailabilityQuery.parse(
                        "/availability/dataflow/XY/DF_SMALL/1.0.0" + parts[0], parts.length > 1 ? parts[1] : null),
                FLOW,
                List.of(cube()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/AA.*.f|KIND=[K2], PART=[f], TIME_PERIOD=[2019], WHO=[AA]|1|1",
                "/AA.*.f?mode=exact|KIND=[K2], PART=[f], TIME_PERIOD=[2019], WHO=[AA]|1|1",
                "/AA.*.f?mode=available|KIND=[K2], PART=[f, m], TIME_PERIOD=[2019], WHO=[AA]|1|1",
                "/AA?c[PART]=m,f|KIND=[K1, K2], PART=[f, m], TIME_PERIOD=[2019, 2020, 2021], WHO=[AA]|2|3",
                "/AA?c[PART]=m,f&mode=available|KIND=[K1, K2], PART=[f, m], TIME_PERIOD=[2019, 2020, 2021],"
                        + " WHO=[AA, BB]|2|3",
                "/BB?mode=available|KIND=[K1], PART=[m], TIME_PERIOD=[2020], WHO=[AA, BB]|1|1",
                "/*/WHO|WHO=[AA, BB]|3|4",
                "/*/KIND,TIME_PERIOD?c[MARK]=ok|KIND=[K1], TIME_PERIOD=[2020, 2021]|2|3",
                "/AA?c[TIME_PERIOD]=ge:2020|KIND=[K1], PART=[m], TIME_PERIOD=[2020, 2021], WHO=[AA]|1|2",
                "/AA?c[TIME_PERIOD]=ge:2020&mode=available|KIND=[K1], PART=[m], TIME_PERIOD=[2019, 2020, 2021],"
                        + " WHO=[AA, BB]|1|2",
            })
    void whatThereIs(String query, String values, long series, long observations) {
        Availability found = ask(query);

        assertEquals("{" + values + "}", found.values().toString());
        assertEquals(series, found.seriesCount());
        assertEquals(observations, found.observationCount());
    }

    @Test
    void nothingIsSaidToBeNothing() {
        assertTrue(ask("/CC").isEmpty());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/availability|",
                "/availability/*/XY|",
                "/availability/dataflow,datastructure/XY|",
                "/availability/dataflow/XY/DF/1.0.0/A/B/C|",
                "/availability/dataflow/XY|mode=some",
                "/availability/dataflow/XY|references=parents",
                "/availability/dataflow/XY|firstNObservations=1",
                "/availability/dataflow/XY|asOf=2020-01-01"
            })
    void whatIsNotTheGrammarIsMalformed(String text) {
        String[] parts = text.split("\\|", -1);

        assertThrows(EntenteException.class, () -> AvailabilityQuery.parse(parts[0], parts[1]));
    }

    @Test
    void aDimensionThatTheStructureLacksIsNamed() {
        assertThrows(EntenteException.class, () -> ask("/*/COLOUR"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/availability/dataflow/ECB/ECB_EXR1_WEB/|references=all",
                "/availability/dataflow/ECB/ECB_EXR1_WEB/1.0.0/M.*.EUR.SP00.A|mode=available",
                "/availability/dataflow/ECB/ECB_EXR1_WEB/*/M.*.EUR.SP00.A|mode=exact",
                "/availability/dataflow/ECB/ECB_EXR1_WEB/*/M.*.EUR.SP00.A|",
                "/availability/dataflow/AG/ID/1.0|c%5BREF_AREA%5D=DE&references=all",
                "/availability/dataflow/AG/ID/1.0.0|c[REF_AREA]=DE&mode=exact&references=codelist,dataflow"
            })
    void theStandardsExamplesAndClientsRequestsAreRead(String text) {
        String[] parts = text.split("\\|", -1);

        AvailabilityQuery.parse(parts[0], parts[1].isEmpty() ? null : parts[1]);
    }
}
