package org.entente.gateway.statistics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimePeriodTest {

    @ParameterizedTest
    @CsvSource({
        "2020, 2020-01-01, 2020-12-31",
        "2020-02, 2020-02-01, 2020-02-29",
        "2020-02-29, 2020-02-29, 2020-02-29",
        "2021-A1, 2021-01-01, 2021-12-31",
        "2021-S2, 2021-07-01, 2021-12-31",
        "2021-T3, 2021-09-01, 2021-12-31",
        "2021-Q4, 2021-10-01, 2021-12-31",
        "2021-M07, 2021-07-01, 2021-07-31",
        "2020-W53, 2020-12-28, 2021-01-03",
        "2021-W01, 2021-01-04, 2021-01-10",
        "2020-D366, 2020-12-31, 2020-12-31"
    })
    void aPeriodCoversItsDays(String text, String start, String end) {
        TimePeriod period = TimePeriod.parse(text);
        assertEquals(start, period.start().toString());
        assertEquals(end, period.end().toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "20",
                "2020-13",
                "2021-02-29",
                "2021-Q5",
                "2021-Q0",
                "2021-Q01",
                "2021-M7",
                "2021-W53",
                "2021-W54",
                "2021-D366",
                "2021-A2",
                "2020-01-01T00:00:00",
                "2020-01-01/P1Y",
                "2020 ",
                "-2020",
                "２０２０"
            })
    void anythingElseIsNoPeriod(String text) {
        assertTrue(TimePeriod.tryParse(text).isEmpty());
    }

    @Test
    void periodsSortByFirstDayThenLastDay() {
        assertEquals(
                List.of("2019", "2020-01", "2020-Q1", "2020", "2020-02"),
                Stream.of("2020", "2020-02", "2019", "2020-Q1", "2020-01")
                        .map(TimePeriod::parse)
                        .sorted()
                        .map(TimePeriod::text)
                        .toList());
    }
}
