package org.entente.gateway.region.site;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.TreeSet;
import java.util.regex.Pattern;
import org.entente.gateway.statistics.AreaCodes;
import org.junit.jupiter.api.Test;

/** The land and the points that maps are drawn with. */
class WorldMapTest {
    @Test
    void everyAreaOfAPartyHasAPointOnTheMapExceptAntarctica() {
        TreeSet<String> without = new TreeSet<>();
        for (String area : AreaCodes.load().areasByParty().values()) {
            WorldMap.get().point(area).ifPresentOrElse(WorldMapTest::liesOnTheMap, () -> without.add(area));
        }
        assertEquals(new TreeSet<>(java.util.Set.of("AQ")), without);
    }

    private static void liesOnTheMap(WorldMap.Point point) {
        assertTrue(point.x() > 0 && point.x() < WorldMap.WIDTH, point.toString());
        assertTrue(point.y() > 0 && point.y() < WorldMap.HEIGHT, point.toString());
    }

    @Test
    void whatIsNoPlaceHasNoPoint() {
        for (String code : java.util.List.of("_T", "_O", "_U", "W1", "STLS")) {
            assertTrue(WorldMap.get().point(code).isEmpty(), code);
        }
    }

    @Test
    void pointsLieAsCountriesLie() {
        WorldMap.Point italy = WorldMap.get().point("IT").orElseThrow();
        WorldMap.Point philippines = WorldMap.get().point("PH").orElseThrow();
        WorldMap.Point chile = WorldMap.get().point("CL").orElseThrow();
        WorldMap.Point fiji = WorldMap.get().point("FJ").orElseThrow();
        assertTrue(chile.x() < italy.x() && italy.x() < philippines.x() && philippines.x() < fiji.x());
        assertTrue(italy.y() < philippines.y() && philippines.y() < fiji.y() && fiji.y() < chile.y());
    }

    @Test
    void theLandIsOnePathOfClosedOutlinesWithinTheMap() {
        String land = WorldMap.get().land();
        assertTrue(Pattern.matches("(?:M\\d+ \\d+l[-0-9 ]+z)+", land));
        assertFalse(land.length() > 40_000, "it stands in every page with a map");
    }
}
