package org.entente.gateway.region.site;

import java.util.List;
import java.util.Locale;

/**
 * A map of figures that stand in a table of the same page.
 *
 * @param id of its element, unique in the page
 * @param caption what it shows
 * @param description what its marks mean
 * @param table id of the table with the same figures
 * @param directed whether lines lead somewhere, so that they have a head
 * @param marks circles, the largest first
 * @param lines from place to place, the widest first
 * @param labels words on it
 * @param choices countries and areas on it, of which one may be chosen
 * @param notes below it
 */
public record SiteMap(
        String id,
        String caption,
        String description,
        String table,
        boolean directed,
        List<Mark> marks,
        List<Line> lines,
        List<Label> labels,
        List<Choice> choices,
        List<String> notes) {
    public SiteMap {
        marks = List.copyOf(marks);
        lines = List.copyOf(lines);
        labels = List.copyOf(labels);
        choices = List.copyOf(choices);
        notes = List.copyOf(notes);
    }

    /** What a mark or a line says of its figure. */
    public enum Kind {
        /** The figure is its size. */
        KNOWN,
        /** The figure is at least its size: somebody withholds a part. */
        AT_LEAST,
        /** There is a figure that is not shown; the size says nothing. */
        HIDDEN
    }

    /** Whether something is of the country that the reader has chosen. */
    public enum Stress {
        /** The reader has chosen none. */
        NONE,
        CHOSEN,
        OTHER
    }

    /**
     * A circle, or a square if its size says nothing.
     *
     * @param x units
     * @param y units
     * @param radius units; half the side of a square
     * @param label name and figure
     */
    public record Mark(double x, double y, double radius, Kind kind, Stress stress, String label) {}

    /**
     * Words above a place.
     *
     * @param x units, the middle of the words
     * @param y units, under the words
     */
    public record Label(double x, double y, String text) {}

    /**
     * A bent line.
     *
     * @param path data of an SVG path
     * @param width units
     * @param label both ends and the figure
     */
    public record Line(String path, double width, Kind kind, Stress stress, String label) {}

    /** A country or area of the map. */
    public record Choice(String code, String name, boolean chosen) {}

    /** Whether any figure on it is not shown in full. */
    public boolean hatched() {
        return marks.stream().anyMatch(mark -> mark.kind() != Kind.KNOWN)
                || lines.stream().anyMatch(line -> line.kind() != Kind.KNOWN);
    }

    /** A number of an SVG attribute. */
    public static String units(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }
}
