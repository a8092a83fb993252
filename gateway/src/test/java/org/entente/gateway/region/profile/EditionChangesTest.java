package org.entente.gateway.region.profile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.entente.gateway.region.programme.Programme;
import org.entente.gateway.statistics.AreaCodes;
import org.entente.gateway.statistics.AreaCrosswalk;
import org.entente.gateway.statistics.TimePeriod;
import org.entente.gateway.testing.SharedMaterial;
import org.junit.jupiter.api.Test;

/** Two editions of one source, and figures of two definitions: on the real tables, where they are at hand. */
class EditionChangesTest {
    private static final String HEAD = "STRUCTURE,STRUCTURE_ID,ACTION,FREQ,REF_AREA,REF_REGION,COUNTERPART_AREA,"
            + "COUNTERPART_REGION,ORIGIN_BASIS,SEX,AGE,EDUCATION_LEV,OCCUPATION,DURATION,REASON,STAY,INDICATOR,"
            + "UNIT_MEASURE,TIME_PERIOD,OBS_VALUE,UNIT_MULT,REF_DATE_TYPE,REF_DATE,OBS_STATUS\n";

    private static final AreaCodes AREAS = AreaCodes.load();

    private static String row(String counterpart, String basis, String year, long value, String day) {
        return "dataflow,ENTENTE:DF_DIASPORA(1.0.0),I,A5,IT,_T," + counterpart + ",_T," + basis
                + ",_T,_T,_T,_T,_T,_T,_T,STOCK_IN,PS," + year + "," + value + ",0,POINT," + day + ",E\n";
    }

    private static SourceFigures source(String rows) {
        return source("ITA", rows);
    }

    private static SourceFigures source(String party, String rows) {
        return StockTable.source(programme(), 1, party, HEAD + rows);
    }

    private static Programme programme() {
        return StockTable.programme(Programme.Publication.MEMBERS);
    }

    /** Rows of Italy by origin, in the years that both editions have; both sexes together. */
    private static String italy(String file) throws IOException {
        SortedMap<String, Long> cells = new TreeMap<>();
        List<String> lines = Files.readAllLines(SharedMaterial.locate(file));
        List<String> header = Arrays.asList(lines.getFirst().split(",", -1));
        for (String line : lines.subList(1, lines.size())) {
            String[] cell = line.split(",", -1);
            String year = cell[header.indexOf("year")];
            if (cell[header.indexOf("destination")].equals("ITA") && Integer.parseInt(year) <= 2015) {
                String origin = cell[header.indexOf("origin")];
                cells.merge(
                        area(origin) + " " + year,
                        Math.round(Double.parseDouble(cell[header.indexOf("value")])),
                        Long::sum);
            }
        }
        StringBuilder rows = new StringBuilder();
        cells.forEach(
                (key, value) -> rows.append(row(key.split(" ", -1)[0], "CB", key.split(" ", -1)[1], value, "--07-01")));
        return rows.toString();
    }

    private static String area(String origin) {
        return origin.equals("CHI") ? "830" : AREAS.areaOf(origin).orElse("_O");
    }

    @Test
    void theEditionOf2020ChangesOneHundredAndFiftyCorridorsOfItalysOf2019() throws IOException {
        SourceFigures before = source(italy("data/undesa_ims2019_od_both.csv"));
        SourceFigures after = source(italy("data/undesa_ims2020_od_sex.csv"));
        List<Profile.Change> changes = EditionChanges.between(before, after);
        // Two origins stand in one edition only, and so do the others; the rest have another figure.
        assertEquals(
                150,
                changes.stream()
                        .filter(change -> change.before() != null && change.after() != null)
                        .count());
        assertEquals(153, changes.size());
        assertTrue(changes.stream().allMatch(change -> "2015".equals(change.period())), changes.toString());
        assertTrue(EditionChanges.between(before, before).isEmpty());
    }

    /** 194,480 Moldovans by birth on 1 July, 119,603 by citizenship on 1 January: never in one column. */
    @Test
    void moldovansByBirthAndByCitizenshipStandInTwoGroups() {
        Profile.TableResult table = RegionalTables.of(
                programme(),
                programme().table("STOCK"),
                2020,
                List.of(
                        source(row("MD", "CB", "2020", 194_480, "--07-01")),
                        source(row("MD", "CT", "2020", 119_603, "--01-01"))));
        assertEquals(
                List.of("CB", "CT"),
                table.groups().stream().map(group -> group.concept().basis()).toList());
        assertTrue(table.groups().stream().allMatch(group -> group.totals().isEmpty() && group.apart() != null));
    }

    /** People born in a state that is no more are still its own row; nobody gives them to one of its successors. */
    @Test
    void aStateThatIsNoMoreStaysItselfAndSaysSo() {
        List<SourceFigures> sources = List.of(
                source("ITA", row("SU", "CB", "2020", 10, "--07-01") + row("RU", "CB", "2020", 1, "--07-01")),
                source("DEU", row("SU", "CB", "2020", 20, "--07-01").replace(",IT,", ",DE,")),
                source("FRA", row("SU", "CB", "2020", 30, "--07-01").replace(",IT,", ",FR,")));
        List<Profile.Total> totals = RegionalTables.of(programme(), programme().table("STOCK"), 2020, sources)
                .groups()
                .getFirst()
                .totals();
        Profile.Total soviet = totals.stream()
                .filter(total -> "SU".equals(total.key().get("COUNTERPART_AREA")))
                .findFirst()
                .orElseThrow();
        assertEquals(60, soviet.total().value());
        assertTrue(String.valueOf(soviet.note()).startsWith("SU is no state of 2020"), soviet.note());
        assertTrue(totals.stream()
                .filter(total -> "RU".equals(total.key().get("COUNTERPART_AREA")))
                .allMatch(total -> total.note() == null));
        AreaCrosswalk crosswalk = AreaCrosswalk.load();
        assertTrue(crosswalk.isFormer("YU", TimePeriod.parse("2007")));
        assertFalse(crosswalk.isFormer("YU", TimePeriod.parse("2005")));
        assertFalse(crosswalk.isFormer("IT", TimePeriod.parse("2020")));
        assertFalse(crosswalk.isFormer("_T", TimePeriod.parse("2020")));
        // The corridor index asks for the party of an area, and a former state is none's.
        assertTrue(AREAS.partyOf("SU").isEmpty());
    }
}
