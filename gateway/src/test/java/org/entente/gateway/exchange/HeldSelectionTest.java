package org.entente.gateway.exchange;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.TreeMap;
import org.entente.agreements.decision.Selection;
import org.entente.agreements.decision.TimeSelection;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HeldSelectionTest {
    @ParameterizedTest(name = "held {0} at {1}, asked {2} at {3}: {4}")
    @CsvSource(
            delimiter = '|',
            value = {
                "*     | *         | *   | *         | true",
                "*     | *         | F   | 2020      | true",
                "F,M   | *         | F   | *         | true",
                "F,M   | *         | *   | *         | false",
                "F     | *         | F,M | *         | false",
                "F     | 2010-2020 | F   | 2015      | true",
                "F     | 2010-2020 | F   | 2021      | false",
                "F     | 2010-2020 | F   | 2012-2019 | true",
                "F     | 2010-2020 | F   | 2012-2021 | false",
                "F     | 2010-2020 | F   | *         | false",
                "F     | 2015      | F   | 2015      | true",
                "F     | 2015      | F   | 2010-2020 | false",
                "F     | 2015;2020 | F   | 2020      | true",
            })
    void aHoldingCoversAQuestionOnlyIfItHeldEveryCellOfIt(
            String held, String heldTime, String asked, String askedTime, boolean covers) {
        assertEquals(covers, selection(held, heldTime).covers(selection(asked, askedTime)));
    }

    private static HeldSelection selection(String codes, String time) {
        TreeMap<String, Selection> dimensions = new TreeMap<>();
        if (!codes.equals("*")) {
            dimensions.put("SEX", Selection.of(codes.split(",")));
        }
        return new HeldSelection(dimensions, time(time));
    }

    private static TimeSelection time(String text) {
        if (text.equals("*")) {
            return TimeSelection.ALL;
        }
        int dash = text.indexOf('-');
        return dash < 0
                ? TimeSelection.periods(text.split(";"))
                : TimeSelection.range(text.substring(0, dash), text.substring(dash + 1));
    }
}
