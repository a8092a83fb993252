package org.entente.gateway.sdmx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
import org.entente.gateway.statistics.Cube;
import org.entente.gateway.statistics.CubeBuilder;
import org.entente.gateway.statistics.Dataflow;
import org.entente.gateway.statistics.SmallStructure;
import org.entente.gateway.statistics.Structure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DataQueryTest {

    private final Dataflow flow = SmallStructure.dataflow();
    private final Structure structure = flow.structure();

    private Cube cube() {
        CubeBuilder builder = Cube.builder(structure).datasetAttribute("UNDER", "x");
        for (String who : List.of("AA", "BB")) {
            for (String kind : List.of("K1", "K2")) {
                for (int year = 2018; year <= 2022; year++) {
                    double figure = year == 2021 ? Double.NaN : (year - 2018) * 10 + (who.equals("AA") ? 1 : 2);
                    SmallStructure.row(builder, who, kind, "x", "" + year, figure, year == 2021 ? "gone" : "ok");
                }
            }
        }
        return builder.build();
    }

    /** The keys, without the trailing dots, that a query brings out of the cube. */
    private List<String> keys(String key, String parameters) {
        BoundQuery bound = DataQuery.parse("/data/dataflow/XY/DF_SMALL/1.0.0/" + key, parameters)
                .bind(structure);
        var cursor = bound.cursor(cube());
        List<String> keys = new java.util.ArrayList<>();
        while (cursor.next()) {
            keys.add(cursor.dimensionText(0) + "." + cursor.dimensionText(1) + "." + cursor.dimensionText(3));
        }
        return keys;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "AA.K1||AA.K1.2018 AA.K1.2019 AA.K1.2020 AA.K1.2021 AA.K1.2022",
                "AA.K1.*|c[TIME_PERIOD]=2020|AA.K1.2020",
                "AA.K1.x|c%5BTIME_PERIOD%5D=ge:2021|AA.K1.2021 AA.K1.2022",
                "AA.K1.|c[TIME_PERIOD]=ge:2019+le:2020|AA.K1.2019 AA.K1.2020",
                "AA.K1|c[TIME_PERIOD]=ge%3A2019%2Ble%3A2020-12-31|AA.K1.2019 AA.K1.2020",
                "AA.K1|c[TIME_PERIOD]=lt:2019,gt:2021|AA.K1.2018 AA.K1.2022",
                "AA.K1|c[TIME_PERIOD]=ne:2018+ne:2022|AA.K1.2019 AA.K1.2020 AA.K1.2021",
                "AA.K1|c[TIME_PERIOD]=ge:2022-01-01T00:00:00|AA.K1.2022",
                "AA.K1|c[TIME_PERIOD]=ge:2020-07|AA.K1.2021 AA.K1.2022",
                "*|c[TIME_PERIOD]=2020&c[WHO]=BB|BB.K1.2020 BB.K2.2020",
                "AA.K1,BB.K2|c[TIME_PERIOD]=2020|AA.K1.2020 BB.K2.2020",
                ".K2|c[TIME_PERIOD]=2020|AA.K2.2020 BB.K2.2020",
                "*|c[TIME_PERIOD]=2020&c[WHO]=ne:AA&c[KIND]=ew:2|BB.K2.2020",
                "*|c[TIME_PERIOD]=2020&c[KIND]=co:K+nc:1|AA.K2.2020 BB.K2.2020",
                "*|c[FIGURE]=gt:40|AA.K1.2022 AA.K2.2022 BB.K1.2022 BB.K2.2022",
                "AA.K1|c[FIGURE]=le:1,ge:41|AA.K1.2018 AA.K1.2022",
                "AA.K1|c[FIGURE]=ne:1|AA.K1.2019 AA.K1.2020 AA.K1.2022",
                "AA.K1|c[MARK]=gone|AA.K1.2021",
                "AA.K1|c[MARK]=sw:o&c[TIME_PERIOD]=le:2018|AA.K1.2018",
                "AA|firstNObservations=1|AA.K1.2018 AA.K2.2018",
                "AA|lastNObservations=1|AA.K1.2022 AA.K2.2022",
                "AA|firstNObservations=1&lastNObservations=1&c[KIND]=K1|AA.K1.2018 AA.K1.2022",
                "AA|offset=3&limit=3|AA.K1.2021 AA.K1.2022 AA.K2.2018",
                "*|offset=19&limit=5|BB.K2.2022",
                "CC|x=|",
                "AA.K1|c[TIME_PERIOD]=ew:0,sw:2022|AA.K1.2020 AA.K1.2022",
                "AA.K1|c[TIME_PERIOD]=nc:1+ge:2020|AA.K1.2020 AA.K1.2022",
                "AA.K1|c[TIME_PERIOD]=co:20+lt:2019|AA.K1.2018",
                "AA.K1|c[FIGURE]=ge:1+lt:20,eq:41|AA.K1.2018 AA.K1.2019 AA.K1.2022",
                "*|c[KIND]=K1,K2+sw:K&c[TIME_PERIOD]=2018&c[WHO]=lt:BB|AA.K1.2018 AA.K2.2018",
                "*|c[KIND]=ne:K1,K1&c[TIME_PERIOD]=2018&c[WHO]=AA|AA.K1.2018 AA.K2.2018",
                "*|c[KIND]=ne:K1+ne:K2&x=|",
                "*|c[KIND]=ne:K1,ne:K2&c[TIME_PERIOD]=2018&c[WHO]=AA|AA.K1.2018 AA.K2.2018",
                "AA|c[UNDER]=x&c[TIME_PERIOD]=2018|AA.K1.2018 AA.K2.2018",
                "AA|c[UNDER]=ne:x&x=|",
                "AA.K1|sort=TIME_PERIOD:desc|AA.K1.2022 AA.K1.2021 AA.K1.2020 AA.K1.2019 AA.K1.2018",
                "*|sort=KIND:desc%2BTIME_PERIOD&c[TIME_PERIOD]=ge:2021|AA.K2.2021 AA.K2.2022 BB.K2.2021 BB.K2.2022"
                        + " AA.K1.2021 AA.K1.2022 BB.K1.2021 BB.K1.2022",
                "*|sort=TIME_PERIOD:desc+series_key:desc&c[TIME_PERIOD]=ge:2021&dimensionAtObservation=AllDimensions|"
                        + "BB.K2.2022 BB.K1.2022 AA.K2.2022 AA.K1.2022 BB.K2.2021 BB.K1.2021 AA.K2.2021 AA.K1.2021",
                "*|sort=*:desc&limit=2|BB.K2.2022 BB.K2.2021",
                "AA|sort=FIGURE:desc&limit=3&dimensionAtObservation=AllDimensions|AA.K1.2021 AA.K2.2021 AA.K1.2022",
                "AA|sort=series_key:asc+TIME_PERIOD:desc&offset=4&limit=2|AA.K1.2018 AA.K2.2022",
                "AA.K1|c[TIME_PERIOD]=ge:2022-Q3&reportingYearStartDay=--07-01|AA.K1.2022",
                "AA.K1|c[TIME_PERIOD]=ge:2022-Q4&reportingYearStartDay=--07-01&x=|",
            })
    void aQuerySelects(String key, String parameters, String expected) {
        if (parameters != null && parameters.endsWith("x=")) {
            assertEquals(List.of(), keys(key, parameters.replaceFirst("&?x=$", "")));
        } else {
            assertEquals(List.of(expected.split(" ")), keys(key, parameters == null ? "" : parameters));
        }
    }

    @Test
    void pagingBeyondTheEndIsEmpty() {
        assertEquals(List.of(), keys("*", "offset=20"));
        assertEquals(List.of(), keys("*", "limit=0"));
    }

    @Test
    void aPageBeginsItsOwnSeries() {
        var cursor = DataQuery.parse("/data/dataflow/XY/DF_SMALL/1.0.0/*", "offset=2&limit=2")
                .bind(structure)
                .cursor(cube());
        assertTrue(cursor.next() && cursor.firstOfSeries());
        assertTrue(cursor.next() && !cursor.firstOfSeries());
        assertFalse(cursor.next());
    }

    @Test
    void whatIsAskedByNameIsKeptApartFromWhatIsAskedAsAWhole() {
        BoundQuery bound = DataQuery.parse("/data/dataflow/XY/DF_SMALL/1.0.0/AA.*,BB.K1", "c[PART]=x,y&c[KIND]=sw:K")
                .bind(structure);
        assertEquals(
                new BoundQuery.Asked(new TreeSet<>(Set.of("AA", "BB")), false),
                bound.asked().get("WHO"));
        assertEquals(
                new BoundQuery.Asked(new TreeSet<>(Set.of("K1")), true),
                bound.asked().get("KIND"));
        assertEquals(
                new BoundQuery.Asked(new TreeSet<>(Set.of("x", "y")), false),
                bound.asked().get("PART"));
        assertTrue(bound.time().whole());
    }

    @Test
    void namedPeriodsAreToldApartFromRanges() {
        BoundQuery named = DataQuery.parse("/data/dataflow/XY/DF_SMALL", "c[TIME_PERIOD]=2020,2022")
                .bind(structure);
        assertEquals(Set.of("2020", "2022"), named.time().named());
        BoundQuery range = DataQuery.parse("/data/dataflow/XY/DF_SMALL", "c[TIME_PERIOD]=ge:2020")
                .bind(structure);
        assertTrue(range.time().named().isEmpty());
        assertFalse(range.time().whole());
    }

    @Test
    void pathPartsHaveDefaults() {
        for (String path : List.of("/data", "/data/", "data/dataflow", "/data/dataflow/XY/DF_SMALL/1.0.0/")) {
            DataQuery query = DataQuery.parse(path, null);
            assertEquals(List.of(flow), query.artefact().select(List.of(flow), Dataflow::id), path);
            assertTrue(query.keys().isEmpty());
        }
        assertEquals(DataQuery.Context.ANY, DataQuery.parse("/data", null).context());
        assertEquals(
                DataQuery.Context.PROVISIONAGREEMENT,
                DataQuery.parse("/data/provisionagreement/ITA/LEG_1/1.0.0/A.*", null)
                        .context());
    }

    @Test
    void severalContextsMayBeNamed() {
        DataQuery query = DataQuery.parse("/data/dataflow,datastructure/XY", null);

        assertEquals(DataQuery.Context.ANY, query.context());
        assertTrue(query.inContext(DataQuery.Context.DATASTRUCTURE));
        assertFalse(query.inContext(DataQuery.Context.PROVISIONAGREEMENT));
    }

    @Test
    void aStateAsOfATimeBeforeTheLastQueryIsAContradiction() {
        EntenteException refused = assertThrows(
                EntenteException.class, () -> DataQuery.parse("/data", "updatedAfter=2022-01-02&asOf=2022-01-01"));

        assertEquals(ErrorCode.QUERY_UNFIT, refused.code());
    }

    @Test
    void anotherArtefactIsNotSelected() {
        assertEquals(
                List.of(),
                DataQuery.parse("/data/dataflow/XY/DF_OTHER/*", null).artefact().select(List.of(flow), Dataflow::id));
        assertEquals(
                List.of(flow),
                DataQuery.parse("/data/dataflow/A,XY/DF_OTHER,DF_SMALL/+", null)
                        .artefact()
                        .select(List.of(flow), Dataflow::id));
    }

    @Test
    void attributesAndMeasuresAreProjected() {
        assertEquals(
                Set.of("SOURCE", "UNDER", "MARK"),
                DataQuery.parse("/data", "attributes=series,dataset,MARK")
                        .bind(structure)
                        .projection()
                        .attributes());
        assertTrue(DataQuery.parse("/data", "attributes=none&measures=none")
                .bind(structure)
                .projection()
                .keysOnly());
        assertTrue(DataQuery.parse("/data", "attributes=dsd&measures=FIGURE")
                .bind(structure)
                .projection()
                .measure());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/structure/dataflow|",
                "/data/table/XY|",
                "/data/dataflow/X Y|",
                "/data/dataflow/XY/DF/latest|",
                "/data/dataflow/XY/DF/1.0.0/A/extra|",
                "/data/dataflow/XY/DF/1.0.0/A%|",
                "/data/dataflow/XY/DF/1.0.0/%FF|",
                "/data/dataflow/XY/DF/1.0.0/A+B|",
                "/data/dataflow/XY/DF/1.0.0/A;B|",
                "/data|startPeriod=2020",
                "/data|detail=full",
                "/data|colour=red",
                "/data|c[WHO]=AA&c[WHO]=BB",
                "/data|c[WHO]=",
                "/data|c[WHO]=AA,",
                "/data|c[TIME_PERIOD]=ge:",
                "/data|firstNObservations=0",
                "/data|firstNObservations=x",
                "/data|limit=-1",
                "/data|offset=99999999999999999999",
                "/data|includeHistory=yes",
                "/data|updatedAfter=yesterday",
                "/data|attributes=",
                "/data|c[W[HO]=AA",
                "/data|sort=",
                "/data|sort=WHO:up",
                "/data|sort=WHO%2BWHO",
                "/data|sort=WHO%2B*",
                "/data|reportingYearStartDay=07-01",
                "/data|reportingYearStartDay=--13-01",
                "/data|dimensionAtObservation=A.B",
                "/data/dataflow,table|",
                "/data|limit=1&limit=2",
            })
    void whatIsNotTheGrammarIsMalformed(String text) {
        String[] parts = text.split("\\|", -1);
        EntenteException refused = assertThrows(EntenteException.class, () -> DataQuery.parse(parts[0], parts[1]));
        assertEquals(ErrorCode.QUERY_MALFORMED, refused.code());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "AA.K1.x.2020|a=|QUERY_UNFIT",
                "*|c[COLOUR]=red|QUERY_UNFIT",
                "*|sort=COLOUR|QUERY_UNFIT",
                "*|c[FIGURE]=co:1|QUERY_UNFIT",
                "*|c[FIGURE]=many|QUERY_UNFIT",
                "*|c[TIME_PERIOD]=soon|QUERY_UNFIT",
                "*|attributes=COLOUR|QUERY_UNFIT",
                "*|measures=COLOUR|QUERY_UNFIT",
                "*|dimensionAtObservation=COLOUR|QUERY_UNFIT",
                "ZZ|a=|CODE_UNKNOWN",
                "*|c[KIND]=K9|CODE_UNKNOWN",
                "*|updatedAfter=2020-01-01T00:00:00Z|NOT_IMPLEMENTED",
                "*|asOf=2020-01-01|NOT_IMPLEMENTED",
                "*|includeHistory=true|NOT_IMPLEMENTED",
            })
    void whatDoesNotFitTheStructureHasItsCode(String key, String parameters, ErrorCode code) {
        DataQuery query =
                DataQuery.parse("/data/dataflow/XY/DF_SMALL/1.0.0/" + key, "a=".equals(parameters) ? null : parameters);
        assertEquals(
                code,
                assertThrows(EntenteException.class, () -> query.bind(structure))
                        .code());
    }

    @Test
    void theServicesOwnParametersAreHandedOn() {
        DataQuery query = DataQuery.parse("/data", "format=csvdata&fresh=true", Set.of("fresh"));
        assertEquals("csvdata", query.extensions().get("format"));
        assertEquals("true", query.extensions().get("fresh"));
    }

    @Test
    void overlongQueriesAreRefused() {
        assertThrows(
                EntenteException.class,
                () -> DataQuery.parse("/data/dataflow/XY/DF/1.0.0/" + "A,".repeat(20_000), null));
        assertThrows(
                EntenteException.class,
                () -> DataQuery.parse("/data/dataflow/XY/DF/1.0.0/" + "A,".repeat(1_001) + "A", null));
    }
}
