package org.entente.gateway.region.site;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The outline of the world's land and one point for each area, both on the same plane. There are no borders in it, so that a map says
 * nothing of them. Written by {@code src/main/scripts/world.py}, where source, licence and projection are named.
 */
public final class WorldMap {
    /** Units across the map, from its western to its eastern edge. */
    static final double WIDTH = 1000;

    /** Units from its northern to its southern edge. */
    static final double HEIGHT = 438;

    private static final WorldMap LOADED = read();

    private final String land;
    private final Map<String, Point> points;

    private WorldMap(String land, Map<String, Point> points) {
        this.land = land;
        this.points = Collections.unmodifiableMap(points);
    }

    /**
     * A place on the map.
     *
     * @param x units from the western edge
     * @param y units from the northern edge
     */
    record Point(double x, double y) {}

    static WorldMap get() {
        return LOADED;
    }

    private static WorldMap read() {
        Map<String, Point> points = new HashMap<>();
        for (String line : lines("world/points.tsv")) {
            String[] cells = line.split("\t", -1);
            points.put(cells[0], new Point(Double.parseDouble(cells[1]), Double.parseDouble(cells[2])));
        }
        return new WorldMap(lines("world/land.svgpath").stream().collect(Collectors.joining()), points);
    }

    private static List<String> lines(String file) {
        return new String(SiteFiles.own(file), StandardCharsets.UTF_8)
                .lines()
                .filter(line -> !line.startsWith("#"))
                .toList();
    }

    /** All land as the data of an SVG path, in tenths of a unit. */
    public String land() {
        return land;
    }

    /** The point of an area; empty for groups of areas and whatever else is no place. */
    Optional<Point> point(String area) {
        return Optional.ofNullable(points.get(area));
    }
}
