package org.entente.gateway.region.profile;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.entente.gateway.region.programme.Programme;
import org.entente.gateway.sdmx.CsvReader;
import org.entente.gateway.statistics.Cube;
import org.entente.gateway.statistics.DiasporaStructure;

/** A programme that asks for one table, and members' answers to it, without nodes. */
final class StockTable {
    private StockTable() {}

    /** At least three reporters, a year's distance, one figure dominant within ten per cent. */
    static Programme programme(Programme.Publication publish) {
        return new Programme(
                Programme.FORMAT,
                "TEST",
                1,
                "agreement",
                new TreeMap<>(Map.of("en", "Test")),
                List.of(new Programme.Table(
                        "STOCK",
                        new TreeMap<>(Map.of("en", "Stock")),
                        "ENTENTE:DF_DIASPORA(1.0.0)",
                        "leg",
                        "migration-profile",
                        new TreeMap<>(),
                        publish)),
                new Programme.Rounds(List.of(), 0, 24, 30),
                1,
                3,
                10,
                "1.0.0",
                List.of(),
                null,
                List.of());
    }

    /** A member's answer of figures with a digest. */
    static SourceFigures source(Programme programme, int number, String party, Cube cube, String digest) {
        ProfileMaking.Given given = new ProfileMaking.Given(
                party,
                "STOCK",
                Source.Assurance.SIGNED,
                "exchange",
                "agreement",
                "leg",
                null,
                "2021-01-01T00:00:00Z",
                false,
                digest,
                0,
                null);
        return ProfileMaking.source(number, given, cube, programme);
    }

    /** A member's answer, as SDMX-CSV. */
    static SourceFigures source(Programme programme, int number, String party, String csv) {
        Cube cube;
        try {
            cube = CsvReader.read(
                    new ByteArrayInputStream(csv.getBytes(StandardCharsets.UTF_8)), DiasporaStructure.load());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return source(programme, number, party, cube, Integer.toString(csv.hashCode()));
    }
}
