package org.entente.gateway.region.site;

import java.text.Collator;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.entente.gateway.region.comparison.RegionalTotal;
import org.entente.gateway.region.profile.PublicEdition;
import org.entente.gateway.region.site.SiteMap.Kind;
import org.entente.gateway.region.site.SiteMap.Stress;
import org.jspecify.annotations.Nullable;

/**
 * The maps on the figures of one definition: regional totals where people come from or go to, and members' figures as lines between
 * countries. Each has its figures in a table of {@link GroupTables}. What is withheld has a mark of its own and is never a circle of no
 * size.
 */
final class GroupMaps {
    /** Most lines on a map; further ones would hide one another. */
    private static final int MOST_LINES = 150;

    private static final double LARGEST = 26;
    private static final double SMALLEST = 1.6;
    private static final double HIDDEN = 4;
    private static final double WIDEST = 9;
    private static final double THINNEST = 0.6;
    private static final double BEND = 0.18;
    private static final double GAP = 4;

    private final EditionReading reading;
    private final SiteTexts say;
    private final GroupTables tables;
    private final String chosen;

    /** @param chosen code of the area that the reader wants to see; empty for none */
    GroupMaps(EditionReading reading, GroupTables tables, String chosen) {
        this.reading = reading;
        this.say = reading.say();
        this.tables = tables;
        this.chosen = chosen;
    }

    /** All that have anything to show. */
    List<SiteMap> all() {
        return Stream.of(totals(), corridors())
                .filter(map -> !map.marks().isEmpty() || !map.lines().isEmpty())
                .toList();
    }

    /** Something with a place and a figure, or with a figure that is not shown. */
    private record Sized(
            String area, WorldMap.Point point, @Nullable Double value, Kind kind, String text) {
        double size() {
            return value == null ? -1 : value;
        }
    }

    // ---- totals ----

    private SiteMap totals() {
        List<Sized> places = new ArrayList<>();
        int nowhere = 0;
        for (Map.Entry<String, RegionalTotal> one : tables.totalsByArea().entrySet()) {
            var point = WorldMap.get().point(one.getKey());
            if (point.isPresent()) {
                RegionalTotal total = one.getValue();
                places.add(new Sized(
                        one.getKey(),
                        point.get(),
                        total.value(),
                        kind(total),
                        reading.total(total).text()));
            } else if (!one.getKey().equals(PublicEdition.whole())) {
                nowhere++;
            }
        }
        List<SiteMap.Mark> marks = marks(places);
        List<String> shown = places.stream().map(Sized::area).toList();
        return new SiteMap(
                tables.id() + "-totals-map",
                say.get("map.totals"),
                say.get("map.circles"),
                tables.id() + "-totals",
                false,
                marks,
                List.of(),
                labels(marks, shown),
                choices(shown),
                notes(nowhere, 0, 0));
    }

    private static Kind kind(RegionalTotal total) {
        return switch (total.kind()) {
            case EXACT -> Kind.KNOWN;
            case AT_LEAST -> Kind.AT_LEAST;
            case NOT_SHOWN -> Kind.HIDDEN;
        };
    }

    private List<SiteMap.Mark> marks(List<Sized> places) {
        double most = places.stream().mapToDouble(Sized::size).max().orElse(0);
        return places.stream()
                .sorted(Comparator.comparingDouble(Sized::size).reversed())
                .map(one -> new SiteMap.Mark(
                        one.point().x(),
                        one.point().y(),
                        one.value() == null ? HIDDEN : radius(one.value(), most),
                        one.kind(),
                        stress(one.area()),
                        tables.area(one.area()) + ": " + one.text()))
                .toList();
    }

    /** The name of the chosen country, with its figure if its place has one. */
    private List<SiteMap.Label> labels(List<SiteMap.Mark> marks, Collection<String> shown) {
        if (!shown.contains(chosen)) {
            return List.of();
        }
        WorldMap.Point point = place(chosen);
        return List.of(marks.stream()
                .filter(mark -> mark.stress() == Stress.CHOSEN)
                .findFirst()
                .map(mark -> new SiteMap.Label(point.x(), point.y() - mark.radius() - GAP, mark.label()))
                .orElseGet(() -> new SiteMap.Label(point.x(), point.y() - GAP, tables.area(chosen))));
    }

    /** The area of a circle, not its radius, is in proportion to the figure. */
    private static double radius(double value, double most) {
        return most <= 0 ? SMALLEST : Math.max(SMALLEST, LARGEST * Math.sqrt(Math.max(0, value) / most));
    }

    private Stress stress(String... areas) {
        if (chosen.isEmpty()) {
            return Stress.NONE;
        }
        return List.of(areas).contains(chosen) ? Stress.CHOSEN : Stress.OTHER;
    }

    // ---- members' figures ----

    /** A member's figure on another country. */
    private record Between(String from, String to, @Nullable Double value, String text) {
        double size() {
            return value == null ? Double.MAX_VALUE : value;
        }
    }

    private SiteMap corridors() {
        List<Sized> members = new ArrayList<>();
        List<Between> lines = new ArrayList<>();
        Set<String> shown = new HashSet<>();
        int nowhere = 0;
        for (GroupTables.MemberFigure one : tables.memberFigures()) {
            WorldMap.Point own = WorldMap.get().point(one.member()).orElse(null);
            if (own == null || (one.value() == null && !one.withheld())) {
                continue;
            }
            String text = one.value() == null ? say.get("withheld") : say.number(one.value());
            if (one.counterpart().equals(PublicEdition.whole())) {
                members.add(new Sized(
                        one.member(), own, one.value(), one.value() == null ? Kind.HIDDEN : Kind.KNOWN, text));
            } else if (WorldMap.get().point(one.counterpart()).isEmpty()) {
                nowhere++;
            } else if (!one.counterpart().equals(one.member()) && !isNothing(one.value())) {
                boolean leaves = one.leaves();
                lines.add(new Between(
                        leaves ? one.member() : one.counterpart(),
                        leaves ? one.counterpart() : one.member(),
                        one.value(),
                        text));
                shown.add(one.member());
                shown.add(one.counterpart());
            }
        }
        // Whoever is chosen keeps all of its lines; of the others the largest are drawn.
        List<Between> drawn = lines.stream()
                .sorted(Comparator.comparingInt((Between one) -> stress(one.from(), one.to()) == Stress.CHOSEN ? 0 : 1)
                        .thenComparing(Comparator.comparingDouble(Between::size).reversed()))
                .limit(MOST_LINES)
                .toList();
        members.forEach(one -> shown.add(one.area()));
        List<SiteMap.Mark> marks = lines.isEmpty() ? List.of() : marks(members);
        return new SiteMap(
                tables.id() + "-corridors-map",
                say.get("map.corridors"),
                say.get(tables.movement() ? "map.lines.movement" : "map.lines.stock"),
                tables.id() + "-matrix",
                tables.movement(),
                marks,
                lines(drawn),
                labels(marks, shown),
                choices(shown),
                notes(nowhere, drawn.size(), lines.size()));
    }

    private static boolean isNothing(@Nullable Double value) {
        return value != null && value == 0;
    }

    private List<SiteMap.Line> lines(List<Between> drawn) {
        double most = drawn.stream()
                .filter(one -> one.value() != null)
                .mapToDouble(Between::size)
                .max()
                .orElse(0);
        return drawn.stream()
                .sorted(Comparator.comparingInt((Between one) -> stress(one.from(), one.to()) == Stress.CHOSEN ? 1 : 0)
                        .thenComparing(Comparator.comparingDouble(Between::size).reversed()))
                .map(one -> new SiteMap.Line(
                        path(place(one.from()), place(one.to())),
                        one.value() == null || most <= 0 ? THINNEST : Math.max(THINNEST, WIDEST * one.value() / most),
                        one.value() == null ? Kind.HIDDEN : Kind.KNOWN,
                        stress(one.from(), one.to()),
                        say.get("map.between", tables.area(one.from()), tables.area(one.to()), one.text())))
                .toList();
    }

    private static WorldMap.Point place(String area) {
        return WorldMap.get().point(area).orElseThrow();
    }

    /** Bent to one side, so that the line of the way back is another one. */
    private static String path(WorldMap.Point from, WorldMap.Point to) {
        double x = (from.x() + to.x()) / 2 + BEND * (to.y() - from.y());
        double y = (from.y() + to.y()) / 2 - BEND * (to.x() - from.x());
        return String.join(
                " ",
                "M" + SiteMap.units(from.x()),
                SiteMap.units(from.y()),
                "Q" + SiteMap.units(x),
                SiteMap.units(y),
                SiteMap.units(to.x()),
                SiteMap.units(to.y()));
    }

    // ---- below the map ----

    private List<SiteMap.Choice> choices(Collection<String> areas) {
        Map<String, SiteMap.Choice> byName = new TreeMap<>(Collator.getInstance(Locale.of(say.language())));
        for (String area : areas) {
            byName.put(
                    tables.area(area) + " " + area, new SiteMap.Choice(area, tables.area(area), chosen.equals(area)));
        }
        return List.copyOf(byName.values());
    }

    private List<String> notes(int nowhere, int drawn, int lines) {
        List<String> notes = new ArrayList<>();
        if (drawn < lines) {
            notes.add(say.get("map.shortened", drawn, lines));
        }
        if (nowhere > 0) {
            notes.add(say.get("map.nowhere", nowhere));
        }
        notes.add(say.get("map.no-borders"));
        return notes;
    }
}
