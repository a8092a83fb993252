package org.entente.gateway.statistics;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Area codes of other schemes as SDMX CL_AREA alpha-2 codes, for the period of a figure: states end, are renamed, and their
 * codes are given to others.
 *
 * <p>The file has tab-separated lines: scheme, code, first day, last day (empty: open), area. A state that is no
 * more has its own code where SDMX CL_AREA keeps one. Else the line lists its successors, with an asterisk: no one of them is
 * what the code meant. A period in which a code had two meanings has none.
 */
public final class AreaCrosswalk {

    private static final String RESOURCE = "codelists/crosswalk.tsv";

    private final Map<String, Map<String, List<Line>>> schemes = new HashMap<>();

    private record Line(LocalDate first, LocalDate last, boolean former, List<String> areas) {
        boolean touches(TimePeriod period) {
            return !period.end().isBefore(first) && !period.start().isAfter(last);
        }
    }

    /** What a code means at a time. */
    public sealed interface Meaning {

        /** One area. */
        record Area(String code) implements Meaning {}

        /**
         * No one area.
         *
         * @param why one sentence, without a full stop
         */
        record None(String why) implements Meaning {}
    }

    private AreaCrosswalk() {}

    /** Reads the crosswalk that ships with the application. */
    public static AreaCrosswalk load() {
        AreaCrosswalk crosswalk = new AreaCrosswalk();
        try (InputStream in = AreaCrosswalk.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException(RESOURCE + " is missing from the application");
            }
            BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (!line.startsWith("#") && !line.isEmpty()) {
                    crosswalk.add(line.split("\t", -1));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return crosswalk;
    }

    private void add(String[] cells) {
        boolean former = cells[4].endsWith(" *");
        String areas = former ? cells[4].substring(0, cells[4].length() - 2) : cells[4];
        schemes.computeIfAbsent(cells[0], scheme -> new HashMap<>())
                .computeIfAbsent(cells[1], code -> new ArrayList<>())
                .add(new Line(
                        cells[2].isEmpty() ? LocalDate.MIN : LocalDate.parse(cells[2]),
                        cells[3].isEmpty() ? LocalDate.MAX : LocalDate.parse(cells[3]),
                        former,
                        List.of(areas.split(" "))));
    }

    /** The schemes that are known: ISO2, ISO3, M49, EUROSTAT, UNHCR. */
    public Set<String> schemes() {
        return Set.copyOf(schemes.keySet());
    }

    /**
     * Whether an area of CL_AREA is a state that is no more, or was not yet, in a period. Figures on people born there are still figures on
     * it, and never on one of its successors.
     */
    public boolean isFormer(String area, TimePeriod period) {
        List<Line> standing = schemes.getOrDefault("ISO2", Map.of()).values().stream()
                .flatMap(List::stream)
                .filter(line -> !line.former() && line.areas().equals(List.of(area)))
                .toList();
        return !standing.isEmpty() && standing.stream().noneMatch(line -> line.touches(period));
    }

    /** What a code of a scheme means for a figure of that period. */
    public Meaning meaning(String scheme, String code, TimePeriod period) {
        List<Line> lines = schemes.getOrDefault(scheme, Map.of()).getOrDefault(code, List.of());
        if (lines.isEmpty()) {
            return new Meaning.None("'" + code + "' is no " + scheme + " code");
        }
        SortedSet<String> areas = new TreeSet<>();
        boolean former = false;
        for (Line line : lines) {
            if (line.touches(period)) {
                areas.addAll(line.areas());
                former |= line.former();
            }
        }
        if (areas.isEmpty()) {
            SortedSet<String> successors = new TreeSet<>();
            lines.forEach(line -> successors.addAll(line.areas()));
            return new Meaning.None(scheme + " code '" + code + "' means nothing in " + period
                    + "; at another time it meant " + String.join(", ", successors));
        }
        if (former) {
            return new Meaning.None(scheme + " code '" + code + "' is in " + period
                    + " a state that is no more; its territory is now " + String.join(", ", areas));
        }
        if (areas.size() > 1) {
            return new Meaning.None(scheme + " code '" + code + "' changed its meaning within " + period);
        }
        return new Meaning.Area(areas.first());
    }
}
