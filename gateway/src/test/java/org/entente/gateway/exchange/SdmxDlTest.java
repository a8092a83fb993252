package org.entente.gateway.exchange;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.entente.gateway.access.AccessKeys;
import org.entente.gateway.testing.Corridor;
import org.entente.gateway.testing.Program;
import org.entente.gateway.testing.TestNode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sdmxdl.web.SdmxWebManager;

/**
 * sdmx-dl, the library behind JDemetra+'s data from the web and a command line of its own, against live nodes over HTTPS with an access
 * key: the figures it reads are those that were released.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SdmxDlTest {
    private static final String DIASPORA = "ENTENTE,DF_DIASPORA,1.0.0";
    private static final String FILIPINOS = "A5.IT._T.PH...........";

    @TempDir
    private Path folder;

    private final Corridor corridor = Corridor.open(plan -> plan.property("entente.staff.tls", true), Map.of());

    @AfterAll
    void close() {
        corridor.close();
    }

    @ParameterizedTest(name = "credentials sent at once: {0}")
    @ValueSource(booleans = {false, true})
    void theFlowsAreListedWithTheirNames(boolean atOnce) throws Exception {
        Program.Result read = read(corridor.ita(), key(corridor.ita()), atOnce, List.of("flows"));

        assertEquals(0, read.status(), read.errors());
        assertTrue(
                read.lines().contains(DIASPORA + " Diaspora and migrant aggregates"),
                read.lines().toString());
    }

    @Test
    void theStructureIsReadAndEachDimensionHasItsCodes() throws Exception {
        List<String> lines = lines(corridor.ita(), "structure", DIASPORA);

        assertEquals(16, lines.size(), lines.toString());
        assertTrue(lines.getFirst().startsWith("FREQ Frequency "), lines.toString());
        assertTrue(lines.contains("REF_REGION Reporting region 3 Total"), lines.toString());
        assertTrue(lines.contains("SEX Sex 7 Total"), lines.toString());
        assertEquals("TIME_PERIOD OBS_VALUE", lines.getLast());
    }

    @Test
    void aReleaseIsReadAsItWasReleased() throws Exception {
        assertEquals(
                ReleasedStock.figures(""),
                figures(lines(corridor.ita(), "data", DIASPORA, "A5.IT.............", "FULL")));
    }

    @Test
    void aPartnersFiguresAreReadThroughOnesOwnNode() throws Exception {
        List<String> lines = lines(corridor.phl(), "data", DIASPORA, FILIPINOS, "FULL");

        assertEquals(ReleasedStock.figures("PH"), figures(lines));
        assertTrue(lines.stream().allMatch(line -> line.endsWith(" E")), "each figure is marked as an estimate");
    }

    @Test
    void theKeysOfTheSeriesComeWithoutFigures() throws Exception {
        List<String> lines = lines(corridor.ita(), "data", DIASPORA, FILIPINOS, "SERIES_KEYS_ONLY");

        assertEquals(3, lines.size(), lines.toString());
        assertTrue(lines.stream().noneMatch(line -> line.contains(" ")), lines.toString());
    }

    @Test
    void whoHasNoKeyReadsNothing() throws Exception {
        Program.Result read = read(corridor.ita(), "not-a-key", true, List.of("flows"));

        assertNotEquals(0, read.status());
        assertEquals(List.of(), read.lines());
        assertTrue(read.errors().contains("401"), read.errors());
    }

    private List<String> lines(TestNode node, String... arguments) throws IOException, InterruptedException {
        Program.Result read = read(node, key(node), true, List.of(arguments));
        assertEquals(0, read.status(), read.errors());
        return read.lines();
    }

    private Program.Result read(TestNode node, String key, boolean atOnce, List<String> arguments)
            throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(List.of(node.staff() + "/sdmx/v1", "analyst", key, String.valueOf(atOnce)));
        all.addAll(arguments);
        return Program.java(
                SdmxDlReader.class,
                List.of(SdmxWebManager.class, standalone_sdmxdl.sdmxdl.provider.web.DriverProperties.class),
                node.tlsCertificate(),
                all,
                folder);
    }

    private static String key(TestNode node) {
        return node.bean(AccessKeys.class).add("analyst", "sdmx-dl", 1, null).text();
    }

    private static Map<String, Double> figures(List<String> lines) {
        Map<String, Double> figures = new TreeMap<>();
        for (String line : lines) {
            String[] parts = line.split(" ");
            figures.put(parts[0] + " " + parts[1], Double.valueOf(parts[2]));
        }
        return figures;
    }
}
