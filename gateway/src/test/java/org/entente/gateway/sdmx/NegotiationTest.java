package org.entente.gateway.sdmx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Map;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NegotiationTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "*/*|JSON_2_1",
                "application/vnd.sdmx.data+csv|CSV_2_1",
                "application/vnd.sdmx.data+csv;version=2.0.0|CSV_2_0",
                "application/vnd.sdmx.data+csv; version=2.0.0; labels=id|CSV_2_0",
                "application/vnd.sdmx.data+csv;version=\"2.0.0\"|CSV_2_0",
                "application/vnd.sdmx.data+json;version=2.0.0|JSON_2_0",
                "application/vnd.sdmx.data+json;version=1+.0.0|JSON_2_1",
                "application/vnd.sdmx.data+csv;version=2.0.0+|CSV_2_0",
                "application/vnd.sdmx.data+csv;q=0.5, application/vnd.sdmx.data+json;q=0.9|JSON_2_1",
                "application/vnd.sdmx.data+csv;q=0.5, */*;q=0.1|CSV_2_1",
                "application/vnd.sdmx.data+csv, */*|CSV_2_1",
                "application/vnd.sdmx.data+csv, application/vnd.sdmx.data+json|CSV_2_1",
                "application/vnd.sdmx.data+json;q=0, */*|CSV_2_1",
                "application/vnd.sdmx.data+json;version=2.1.0, application/vnd.sdmx.data+csv;version=2.0.0;q=0.1|JSON_2_1",
                "text/csv|CSV_2_1",
                "application/json|JSON_2_1",
                "text/html, application/xhtml+xml, */*;q=0.8|JSON_2_1",
                "APPLICATION/VND.SDMX.DATA+CSV|CSV_2_1",
                "application/vnd.sdmx.data+csv;version=1.0.0;labels=both|CSV_1_0",
                "application/vnd.sdmx.data+xml|ML_3_0",
                "application/vnd.sdmx.genericdata+xml;version=2.1|GENERIC_2_1",
                "application/vnd.sdmx.structurespecifictimeseriesdata+xml|SPECIFIC_SERIES_2_1",
                "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet|XLSX",
            })
    void theHeaderChooses(String accept, DataFormat expected) {
        assertEquals(expected, Negotiation.choose(DataFormat.offered(), accept, Map.of()));
    }

    @Test
    void withoutAHeaderTheDefaultIsTheNewestJson() {
        assertEquals(DataFormat.JSON_2_1, Negotiation.choose(DataFormat.offered(), null, Map.of()));
    }

    @Test
    void theFormatParameterWins() {
        assertEquals(
                DataFormat.CSV_2_1,
                Negotiation.choose(
                        DataFormat.offered(), "application/vnd.sdmx.data+json", Map.of("format", "csvdata")));
        assertEquals(
                DataFormat.JSON_2_0,
                Negotiation.choose(DataFormat.offered(), null, Map.of("format", "jsondata", "formatVersion", "2.0.0")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/vnd.sdmx.data+xml;version=1.0",
                "application/vnd.sdmx.data+csv;version=3.0.0",
                "application/vnd.sdmx.data+csv;version=banana",
                "application/vnd.sdmx.data+csv;labels=all",
                "*/*;q=0",
                "nonsense",
                ";;;"
            })
    void whatIsNotOfferedIsNotAcceptable(String accept) {
        EntenteException refused =
                assertThrows(EntenteException.class, () -> Negotiation.choose(DataFormat.offered(), accept, Map.of()));
        assertEquals(ErrorCode.NOT_ACCEPTABLE, refused.code());
    }

    @Test
    void parametersOfTheMediaTypeAreHandedOnAndTheQuerysWin() {
        Negotiation.Choice<DataFormat> choice = Negotiation.negotiate(
                DataFormat.offered(),
                "application/vnd.sdmx.data+csv;version=2.0.0;labels=both;timeFormat=normalized;keys=obs",
                Map.of("labels", "name"));
        assertEquals(DataFormat.CSV_2_0, choice.format());
        assertEquals(
                new DataOptions(
                        DataOptions.Labels.NAME,
                        DataOptions.TimeFormat.NORMALIZED,
                        DataOptions.Keys.OBS,
                        Languages.ENGLISH),
                DataOptions.of(choice.parameters(), Languages.ENGLISH));
    }

    @Test
    void anUnknownFormatNameIsNotAcceptable() {
        assertThrows(
                EntenteException.class,
                () -> Negotiation.choose(DataFormat.offered(), null, Map.of("format", "punchcard")));
        assertThrows(
                EntenteException.class,
                () -> Negotiation.choose(
                        DataFormat.offered(), null, Map.of("format", "jsondata", "formatVersion", "9.0.0")));
    }
}
