package org.entente.gateway.sdmx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.entente.gateway.base.EntenteException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VersionPatternTest {

    private static final List<String> HELD =
            List.of("1.0.0", "1.2.0", "1.2.3", "1.10.0", "2.0.0", "2.3.0", "2.3.4", "3.0.0-draft");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1.2.0|1.2.0",
                "+|2.3.4",
                "~|3.0.0-draft",
                "*|1.0.0 1.2.0 1.2.3 1.10.0 2.0.0 2.3.0 2.3.4 3.0.0-draft",
                "1+.0.0|2.3.4",
                "1.2+.0|1.10.0",
                "1.2.0+|1.2.3",
                "2~.0.0|3.0.0-draft",
                "1.*.0|1.0.0 1.2.0 1.10.0",
                "1.2.*|1.2.0 1.2.3",
                "3.0.0-draft|3.0.0-draft",
            })
    void aPatternSelects(String pattern, String expected) {
        assertEquals(List.of(expected.split(" ")), VersionPattern.parse(pattern).select(HELD));
    }

    @Test
    void nothingFitsAVersionThatIsNotHeld() {
        assertEquals(List.of(), VersionPattern.parse("1.0.1").select(HELD));
        assertEquals(List.of(), VersionPattern.parse("4+.0.0").select(HELD));
        assertEquals(List.of("2.1"), VersionPattern.parse("2.1").select(List.of("2.1", "2.2")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "latest", "+.2.3", "2.3+", "~.0.*", "1", "1.0.0.0", "1+.0+.0", "1.0.0 ", "-1.0.0"})
    void otherFormsAreRefused(String text) {
        assertThrows(EntenteException.class, () -> VersionPattern.parse(text));
    }
}
