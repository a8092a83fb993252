package org.entente.gateway.statistics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.entente.gateway.statistics.AreaCrosswalk.Meaning;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AreaCrosswalkTest {

    private final AreaCrosswalk crosswalk = AreaCrosswalk.load();

    @ParameterizedTest
    @CsvSource({
        "ISO3,PHL,2020,PH", "M49,608,2020,PH", "UNHCR,PHI,2020,PH", "EUROSTAT,EL,2020,GR", "EUROSTAT,UK,2020,GB",
        "ISO3,SUN,1989,SU", "M49,810,1991,SU", "ISO2,CS,1990,CS", "ISO2,CS,2004,YU", "ISO3,SCG,2005,YU",
        "ISO3,YUG,1999,YU", "ISO2,AN,2009,AN", "ISO3,ZAR,1990,CD", "M49,736,2005,SD", "M49,729,2015,SD",
        "ISO2,SD,2005,SD"
    })
    void aCodeMeansAnAreaAtATime(String scheme, String code, String period, String area) {
        assertEquals(new Meaning.Area(area), crosswalk.meaning(scheme, code, TimePeriod.parse(period)));
    }

    @ParameterizedTest
    @CsvSource({
        "ISO3,XXX,2020,is no ISO3 code",
        "ISO2,SU,2005,means nothing in 2005",
        "ISO2,CS,1998,means nothing in 1998",
        "ISO2,YU,1990,state that is no more",
        "ISO3,YUG,1992,is in 1992 a state that is no more",
        "M49,736,2015,means nothing in 2015",
    })
    void elsewhereItIsSaidWhyItMeansNone(String scheme, String code, String period, String why) {
        Meaning meaning = crosswalk.meaning(scheme, code, TimePeriod.parse(period));
        assertTrue(meaning instanceof Meaning.None none && none.why().contains(why), meaning::toString);
    }

    @Test
    void everyAreaIsInTheCodeList() {
        Codelist areas = CodelistFile.load("CL_AREA");
        AreaCodes.load().areasByParty().forEach((party, area) -> {
            Meaning meaning = crosswalk.meaning("ISO3", party, TimePeriod.parse("2020"));
            assertEquals(new Meaning.Area(area), meaning, party);
            assertTrue(areas.contains(area), area);
        });
    }
}
