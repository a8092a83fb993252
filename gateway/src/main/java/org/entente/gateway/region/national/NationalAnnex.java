package org.entente.gateway.region.national;

import jakarta.inject.Singleton;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.entente.gateway.exchange.Bodies;
import org.entente.gateway.exchange.Holdings;
import org.entente.gateway.partners.NodeIdentity;
import org.entente.gateway.releases.PublishedRelease;
import org.entente.gateway.releases.Releases;
import org.entente.gateway.sdmx.CsvReader;
import org.entente.gateway.statistics.AreaCodes;
import org.entente.gateway.statistics.Component.Attribute;
import org.entente.gateway.statistics.Component.Dimension;
import org.entente.gateway.statistics.Cube;
import org.entente.gateway.statistics.Dataflow;
import org.entente.gateway.statistics.Dataflows;
import org.entente.gateway.statistics.ObservationCursor;
import org.entente.gateway.statistics.Structure;
import org.entente.gateway.statistics.TimePeriod;

/**
 * The annex of a national profile: of every own release that is current, and of every partner's answer that is still held, what is said of
 * all persons.
 */
@Singleton
final class NationalAnnex {
    private static final int MOST_HOLDINGS = 1_000;
    private static final String TOTAL = "_T";

    /** What the state itself counts, by item of part A. */
    private static final Map<String, String> OWN = Map.of(
            "STOCK_IN", "A1",
            "INFLOW", "A2",
            "PERMITS_VALID", "A3",
            "PERMITS_FIRST", "A3",
            "OUTFLOW", "A4",
            "STOCK_ABROAD", "A5",
            "RETURN", "A6",
            "DEPLOY", "A7",
            "ACQ", "A10",
            "INTERNAL", "A11");

    /** What partners count of the state's people, by item: their migrants are its emigrants. */
    private static final Map<String, String> PARTNERS = Map.of(
            "STOCK_IN", "A5",
            "PERMITS_VALID", "A5",
            "INFLOW", "A4",
            "PERMITS_FIRST", "A4",
            "STOCK_ABROAD", "A1",
            "OUTFLOW", "A2",
            "ACQ", "A10");

    private final Releases releases;
    private final Holdings holdings;
    private final Bodies bodies;
    private final Dataflows dataflows;
    private final AreaCodes areas;
    private final NodeIdentity identity;

    NationalAnnex(
            Releases releases,
            Holdings holdings,
            Bodies bodies,
            Dataflows dataflows,
            AreaCodes areas,
            NodeIdentity identity) {
        this.releases = releases;
        this.holdings = holdings;
        this.bodies = bodies;
        this.dataflows = dataflows;
        this.areas = areas;
        this.identity = identity;
    }

    /** All rows for a year, in order. Of several answers of a partner that say the same thing the newest counts. */
    List<AnnexRow> rows(int year) {
        Map<String, AnnexRow> rows = new LinkedHashMap<>();
        String own = identity.party();
        for (Dataflow flow : dataflows.all()) {
            for (PublishedRelease release : releases.current(flow.id())) {
                read(release.cube(), year, own, release.id(), OWN, "").forEach(row -> rows.putIfAbsent(row.key(), row));
            }
        }
        String ownArea = areas.areaOf(own).orElse("");
        for (Holdings.Holding holding : holdings.all(MOST_HOLDINGS)) {
            cube(holding)
                    .ifPresent(cube -> read(
                                    cube,
                                    year,
                                    holding.partner(),
                                    holding.exchange().toString(),
                                    PARTNERS,
                                    ownArea)
                            .forEach(row -> rows.putIfAbsent(row.key(), row)));
        }
        List<AnnexRow> sorted = new ArrayList<>(rows.values());
        sorted.sort(AnnexRow.ORDER);
        return sorted;
    }

    /** Rows as they are signed: own figures, and of partners' figures where they are found. */
    List<AnnexRow> signed(List<AnnexRow> rows) {
        return rows.stream()
                .map(row -> row.countedBy().equals(identity.party()) ? row : row.with(null, ""))
                .toList();
    }

    /** Signed rows with partners' figures read from their answers; one whose answer is no longer kept says so. */
    List<AnnexRow> filled(List<AnnexRow> rows, int year) {
        String ownArea = areas.areaOf(identity.party()).orElse("");
        Map<String, Map<String, AnnexRow>> answers = new HashMap<>();
        return rows.stream()
                .map(row -> {
                    if (row.countedBy().equals(identity.party())) {
                        return row;
                    }
                    AnnexRow found = answers.computeIfAbsent(
                                    row.proof(), proof -> answer(proof, row.countedBy(), year, ownArea))
                            .get(row.key());
                    return found == null ? row.with(null, AnnexRow.DELETED) : row.with(found.value(), found.status());
                })
                .toList();
    }

    private Map<String, AnnexRow> answer(String exchange, String partner, int year, String ownArea) {
        Map<String, AnnexRow> rows = new HashMap<>();
        holdings.find(UUID.fromString(exchange))
                .flatMap(this::cube)
                .ifPresent(cube -> read(cube, year, partner, exchange, PARTNERS, ownArea)
                        .forEach(row -> rows.put(row.key(), row)));
        return rows;
    }

    private Optional<Cube> cube(Holdings.Holding holding) {
        return dataflows
                .find(holding.dataflow())
                .flatMap(flow -> bodies.find(holding.bodyDigest()).map(bytes -> {
                    try {
                        return CsvReader.read(new ByteArrayInputStream(bytes), flow);
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                }));
    }

    /**
     * The rows of one cube.
     *
     * @param about area that a partner's figures must be on; empty for own figures, on every counterpart
     */
    static List<AnnexRow> read(
            Cube cube, int year, String countedBy, String proof, Map<String, String> items, String about) {
        Structure structure = cube.structure();
        int counterpart = structure.position(Dimension.Role.COUNTERPART_AREA);
        int reporting = structure.position(Dimension.Role.REPORTING_AREA);
        int indicator = structure.position(Dimension.Role.INDICATOR);
        if (counterpart < 0 || indicator < 0) {
            return List.of();
        }
        Map<String, AnnexRow> latest = new HashMap<>();
        ObservationCursor cursor = cube.cursor();
        while (cursor.next()) {
            String period = cursor.dimensionText(structure.timePosition());
            String item = items.get(cursor.dimensionText(indicator));
            boolean concerned =
                    about.isEmpty() || cursor.dimensionText(counterpart).equals(about);
            boolean known = TimePeriod.parse(period).start().getYear() <= year;
            if (item != null && concerned && known && isWhole(structure, cursor)) {
                AnnexRow row = row(
                        structure,
                        cursor,
                        item,
                        about.isEmpty() ? cursor.dimensionText(counterpart) : cursor.dimensionText(reporting),
                        countedBy,
                        proof);
                latest.merge(row.key(), row, (one, other) -> one.period().compareTo(other.period()) >= 0 ? one : other);
            }
        }
        return List.copyOf(new TreeMap<>(latest).values());
    }

    private static AnnexRow row(
            Structure structure,
            ObservationCursor cursor,
            String item,
            String otherSide,
            String countedBy,
            String proof) {
        int basis = structure.position(Dimension.Role.COUNTERPART_BASIS);
        int status = structure.position(Attribute.Role.OBSERVATION_STATUS);
        int source = structure.position(Attribute.Role.SOURCE);
        int indicator = structure.position(Dimension.Role.INDICATOR);
        return new AnnexRow(
                item,
                otherSide,
                cursor.dimensionText(indicator),
                basis < 0 ? "" : cursor.dimensionText(basis),
                cursor.dimensionText(structure.timePosition()),
                Double.isNaN(cursor.value()) ? null : cursor.value(),
                status < 0 ? "" : cursor.attributeText(status),
                countedBy,
                proof,
                source < 0 ? "" : cursor.attributeText(source));
    }

    private static boolean isWhole(Structure structure, ObservationCursor cursor) {
        List<Dimension> dimensions = structure.keyDimensions();
        for (int d = 0; d < dimensions.size(); d++) {
            boolean divides = switch (dimensions.get(d).role()) {
                case BREAKDOWN, REPORTING_REGION, COUNTERPART_REGION -> true;
                default -> false;
            };
            if (divides && !cursor.dimensionText(d).equals(TOTAL)) {
                return false;
            }
        }
        return true;
    }
}
