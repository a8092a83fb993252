package org.entente.gateway.statistics;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The one map between parties (ISO 3166-1 alpha-3, as in agreements and cards) and areas (alpha-2, as in data). A party
 * that is no state, such as an RCP secretariat, has no area.
 */
public final class AreaCodes {

    private static final String RESOURCE = "codelists/areas.tsv";

    private final Map<String, String> areaByParty;
    private final Map<String, String> partyByArea;

    private AreaCodes(Map<String, String> areaByParty) {
        Map<String, String> reverse = HashMap.newHashMap(areaByParty.size());
        areaByParty.forEach((party, area) -> {
            if (reverse.put(area, party) != null) {
                throw new IllegalStateException("area " + area + " stands twice in " + RESOURCE);
            }
        });
        this.areaByParty = Collections.unmodifiableMap(areaByParty);
        this.partyByArea = Collections.unmodifiableMap(reverse);
    }

    /** Reads the map that ships with the application. */
    public static AreaCodes load() {
        Map<String, String> areas = new HashMap<>();
        try (InputStream in = AreaCodes.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException(RESOURCE + " is missing from the application");
            }
            BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (!line.isEmpty() && !line.startsWith("#")) {
                    String[] cells = line.split("\t", -1);
                    areas.put(cells[0], cells[1]);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new AreaCodes(areas);
    }

    /** The area of a party, for example {@code IT} for {@code ITA}. */
    public Optional<String> areaOf(String party) {
        return Optional.ofNullable(areaByParty.get(party));
    }

    /** The party whose territory an area is, for example {@code ITA} for {@code IT}. */
    public Optional<String> partyOf(String area) {
        return Optional.ofNullable(partyByArea.get(area));
    }

    /** Every party that has an area, with it. */
    public Map<String, String> areasByParty() {
        return areaByParty;
    }
}
