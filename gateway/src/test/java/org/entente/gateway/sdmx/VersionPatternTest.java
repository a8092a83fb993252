package org.entente.gateway.sdmx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.entente.gateway.base.EntenteException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every form of the standard's page on querying versions, with one set of versions held. */
class VersionPatternTest {

    private static final List<String> HELD = List.of(
            "0.9.0",
            "1.0",
            "1.0.0",
            "1.1",
            "1.2.0",
            "1.2.3",
            "1.10.0",
            "2.0.0",
            "2.1",
            "2.3.0",
            "2.3.4",
            "2.3.5-rc",
            "3.0.0-draft",
            "4");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // A specific version.
                "4|4",
                "1.0|1.0",
                "1.2.0|1.2.0",
                "3.0.0-draft|3.0.0-draft",
                // The latest stable one.
                "+|2.3.4",
                "+.0.0|2.3.4",
                "1+.0.0|2.3.4",
                "1.+.0|1.10.0",
                "1.0+.0|1.10.0",
                "1.2.+|1.2.3",
                "1.2.0+|1.2.3",
                "2.3.+|2.3.4",
                "1+.10.1|2.3.4",
                "1.2+.1|1.10.0",
                "2.3.4+|2.3.4",
                "2.1+.0|2.3.4",
                // The latest one, stable or not.
                "~|4",
                "~.0|2.1",
                "0~.0|2.1",
                "~.0.0|3.0.0-draft",
                "0~.0.0|3.0.0-draft",
                "1.~|1.1",
                "1.0~|1.1",
                "1.~.0|1.10.0",
                "1.0~.0|1.10.0",
                "2.3.~|2.3.5-rc",
                "2.3.0~|2.3.5-rc",
                "1~.1|2.1",
                "1~.2.0|3.0.0-draft",
                "2.0~|2.1",
                "2.0~.1|2.3.5-rc",
                "0.9.0~|0.9.0",
                // All of them.
                "*|0.9.0 1.0 1.0.0 1.1 1.2.0 1.2.3 1.10.0 2.0.0 2.1 2.3.0 2.3.4 2.3.5-rc 3.0.0-draft 4",
                "*.0|1.0 1.1 2.1",
                "0*.0|1.0 1.1 2.1",
                "*.0.0|0.9.0 1.0.0 1.2.0 1.2.3 1.10.0 2.0.0 2.3.0 2.3.4 2.3.5-rc 3.0.0-draft",
                "0*.0.0|0.9.0 1.0.0 1.2.0 1.2.3 1.10.0 2.0.0 2.3.0 2.3.4 2.3.5-rc 3.0.0-draft",
                "1.*|1.0 1.1",
                "1.0*|1.0 1.1",
                "1.*.0|1.0.0 1.2.0 1.2.3 1.10.0",
                "1.0*.0|1.0.0 1.2.0 1.2.3 1.10.0",
                "1.2.*|1.2.0 1.2.3",
                "1.2.0*|1.2.0 1.2.3",
                "1*.1|1.1 2.1",
                "2*.3.0|2.3.0 2.3.4 2.3.5-rc 3.0.0-draft",
                "1.1*|1.1",
                "1.2*.1|1.2.3 1.10.0",
                "1.2.1*|1.2.3",
            })
    void aPatternSelects(String pattern, String expected) {
        assertEquals(List.of(expected.split(" ")), VersionPattern.parse(pattern).select(HELD));
    }

    @Test
    void nothingFitsAVersionThatIsNotHeld() {
        assertEquals(List.of(), VersionPattern.parse("1.0.1").select(HELD));
        assertEquals(List.of(), VersionPattern.parse("4+.0.0").select(HELD));
        assertEquals(List.of(), VersionPattern.parse("+").select(List.of("0.1.0", "2.1", "1.0.0-draft")));
        assertEquals(List.of("2.1"), VersionPattern.parse("2.1").select(List.of("2.1", "2.2")));
    }

    @Test
    void patternsAreAlternatives() {
        ArtefactQuery query = ArtefactQuery.parse("*", "*", "1.2.0,2.1+.0,9.9.9");

        assertEquals(List.of("1.2.0", "2.3.4"), query.versions(HELD));
        assertEquals(
                List.of("2.3.4", "3.0.0-draft"),
                ArtefactQuery.parse("*", "*", "+,1~.2.0").versions(HELD));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "latest",
                "+.2.3",
                "2.3+",
                "~.0.*",
                "1.0.0.0",
                "1+.0+.0",
                "1.0.0 ",
                "-1.0.0",
                "01.0.0",
                "1~",
                "1+",
                "1*",
                "0+.0.0",
                "0.+.0",
                "1.*.1",
                "~.1.0",
                "*.0.1",
                "+.0",
                "1.0-draft",
                "1.0.0-",
                "1.*.*",
                "99999999999999999999+.0.0",
                "1.0.0,"
            })
    void otherFormsAreRefused(String text) {
        assertThrows(EntenteException.class, () -> ArtefactQuery.parse("*", "*", text));
    }
}
