package org.entente.gateway.statistics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.entente.gateway.statistics.Component.Attribute;
import org.entente.gateway.statistics.Component.Dimension;
import org.entente.gateway.testing.SharedMaterial;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DiasporaStructureTest {

    private final Structure structure = DiasporaStructure.load().structure();

    @Test
    void hasEveryDimensionThatAnAgreementMayName() {
        assertEquals(
                List.of(
                        "FREQ",
                        "REF_AREA",
                        "REF_REGION",
                        "COUNTERPART_AREA",
                        "COUNTERPART_REGION",
                        "ORIGIN_BASIS",
                        "SEX",
                        "AGE",
                        "EDUCATION_LEV",
                        "OCCUPATION",
                        "DURATION",
                        "REASON",
                        "STAY",
                        "INDICATOR",
                        "UNIT_MEASURE",
                        "TIME_PERIOD"),
                structure.dimensions().stream().map(Dimension::id).toList());
    }

    @Test
    void everyBreakdownHasATotal() {
        for (Dimension dimension : structure.keyDimensions()) {
            boolean breakdown = dimension.role() == Dimension.Role.BREAKDOWN
                    || dimension.role() == Dimension.Role.REPORTING_REGION
                    || dimension.role() == Dimension.Role.COUNTERPART_REGION
                    || dimension.role() == Dimension.Role.COUNTERPART_AREA;
            assertTrue(!breakdown || dimension.representation().accepts("_T"), dimension.id());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "COUNTERPART_AREA, _T _U _O STLS XK 830 PH IT NA 001 150",
        "INDICATOR, STOCK_IN STOCK_ABROAD INFLOW OUTFLOW RETURN ACQ PERMITS_VALID PERMITS_FIRST",
        "ORIGIN_BASIS, CB CT CTB CTF PR NR PB AN",
        "STAY, ST LT _T",
        "UNIT_MEASURE, PS PERMITS PT",
        "FREQ, A A5 A10 Q M",
        "SEX, F M _T _U",
        "AGE, _T Y0T4 Y95T99 Y15T24 Y25T64 Y_LT15 Y_GE65 Y0 Y99 Y_GE100 _U",
        "REF_REGION, _T ITC1 PH-00",
    })
    void codesAreThere(String dimension, String codes) {
        Dimension found = structure.dimensions().get(structure.dimensionPosition(dimension));
        for (String code : codes.split(" ")) {
            assertTrue(found.representation().accepts(code), dimension + " " + code);
        }
        assertFalse(found.representation().accepts("EL"));
    }

    @Test
    void attributesHaveTheirLevels() {
        Map<String, Attribute.Level> levels = structure.attributes().stream()
                .collect(java.util.stream.Collectors.toMap(Attribute::id, Attribute::level));
        for (String series :
                "UNIT_MULT DECIMALS COLL_SOURCE REF_DATE_TYPE RESIDENCE_RULE REF_DATE SOURCE_ORG COVERAGE".split(" ")) {
            assertEquals(Attribute.Level.SERIES, levels.get(series), series);
        }
        for (String observation : "OBS_STATUS CONF_STATUS CONF_REDIST EMBARGO_TIME COMMENT_OBS".split(" ")) {
            assertEquals(Attribute.Level.OBSERVATION, levels.get(observation), observation);
        }
        for (String dataset : "AGREEMENT METHOD_URI RELEASE_STATUS".split(" ")) {
            assertEquals(Attribute.Level.DATASET, levels.get(dataset), dataset);
        }
        assertTrue(structure
                .attribute(Attribute.Role.OBSERVATION_STATUS)
                .orElseThrow()
                .mandatory());
        assertTrue(structure
                .attribute(Attribute.Role.UNIT_MULTIPLIER)
                .orElseThrow()
                .mandatory());
    }

    @Test
    void partiesAndAreasMapOneToOne() {
        AreaCodes areas = AreaCodes.load();
        assertEquals("IT", areas.areaOf("ITA").orElseThrow());
        assertEquals("PHL", areas.partyOf("PH").orElseThrow());
        assertEquals("NA", areas.areaOf("NAM").orElseThrow());
        assertEquals("GR", areas.areaOf("GRC").orElseThrow());
        assertEquals("XK", areas.areaOf("XKX").orElseThrow());
        assertTrue(areas.areaOf("ADD").isEmpty());
        Representation area = structure.reportingArea().representation();
        areas.areasByParty().forEach((party, code) -> assertTrue(area.accepts(code), party + " " + code));
    }

    @ParameterizedTest
    @CsvSource({"CL_SEX", "CL_FREQ", "CL_OBS_STATUS", "CL_CONF_STATUS", "CL_UNIT_MULT", "CL_DECIMALS"})
    void sdmxListsHoldEveryPublishedCode(String list) throws java.io.IOException {
        Path published = SharedMaterial.locate("standards/sdmx/codelists/" + list + ".csv");
        Codelist shipped = structure.codelists().stream()
                .filter(candidate -> candidate.id().id().equals(list))
                .findFirst()
                .orElseThrow();
        List<String> ids = Files.readAllLines(published).stream()
                .skip(1)
                .filter(line -> line.startsWith("\""))
                .map(line -> line.substring(1, line.indexOf('"', 1)))
                .toList();
        assertEquals("SDMX", shipped.id().agency());
        ids.forEach(id -> assertTrue(shipped.contains(id), list + " " + id));
    }

    @Test
    void theFlowsForExchangeAreRegionsOfTheOneStructure() {
        Dataflow diaspora = DiasporaStructure.load();
        List<Dataflow> flows = DiasporaStructure.flows(diaspora);

        assertEquals(diaspora, flows.getFirst());
        assertTrue(flows.getFirst().region().isWhole());
        for (Dataflow flow : flows.subList(1, flows.size())) {
            assertEquals(diaspora.structure().id(), flow.structure().id());
            assertTrue(flow.region().codes().containsKey("INDICATOR"), flow.id().toString());
            assertTrue(
                    flow.region().codes().containsKey("ORIGIN_BASIS"), flow.id().toString());
        }
        Dataflow inflow = flows.stream()
                .filter(flow -> flow.id().id().equals("DF_INFLOW_RESIDENCE_ST"))
                .findFirst()
                .orElseThrow();
        assertTrue(inflow.region().admits("STAY", "ST"));
        assertFalse(inflow.region().admits("STAY", "LT"));
        assertTrue(inflow.region().admits("SEX", "F"), "other dimensions are open");
    }
}
