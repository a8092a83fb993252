package org.entente.gateway.statistics;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.entente.gateway.statistics.Component.Attribute;

/**
 * Observations of several cubes of one structure as one source, in canonical order, without a copy of them: memory does not grow with their
 * number. Attributes of one cube's data set as a whole do not survive where there are several, since they are not the others'.
 */
public final class CubeUnion {
    private final Structure structure;
    private final List<Cube> parts;
    private final int first;
    private final int last;

    private CubeUnion(Structure structure, List<Cube> parts, int first, int last) {
        this.structure = structure;
        this.parts = parts;
        this.first = first;
        this.last = last;
    }

    /** The cubes together; those without observations count for nothing. */
    public static CubeUnion of(Structure structure, List<Cube> parts) {
        return new CubeUnion(
                structure, parts.stream().filter(part -> !part.isEmpty()).toList(), 0, 0);
    }

    /**
     * The cubes as one, where they may hold the same cells: a cell is that of the first cube that has it, and so are the attributes of a
     * series.
     */
    public static Cube overlay(Structure structure, List<Cube> parts) {
        List<Cube> filled = parts.stream().filter(part -> !part.isEmpty()).toList();
        return filled.size() < 2
                ? of(structure, filled).toCube()
                : copy(structure, new UnionCursor(structure, filled, true));
    }

    /**
     * What a selection wants of the cubes. The first and last observations of a series are those of all cubes together.
     *
     * @throws IllegalArgumentException if the selection names a component that the structure does not have
     */
    public CubeUnion slice(CubeSelection selection) {
        if (first != 0 || last != 0) {
            throw new IllegalStateException("a union that is cut to the ends of its series cannot be sliced again");
        }
        CubeSelection uncut = selection.ends(0, 0);
        List<Cube> slices = parts.stream()
                .map(part -> part.slice(uncut))
                .filter(part -> !part.isEmpty())
                .toList();
        CubeSelection ends = CubeSelection.ALL.ends(selection.first(), selection.last());
        return slices.size() == 1
                ? new CubeUnion(structure, List.of(slices.getFirst().slice(ends)), 0, 0)
                : new CubeUnion(structure, slices, selection.first(), selection.last());
    }

    /** A new cursor over all observations in canonical order. */
    public ObservationCursor cursor() {
        return switch (parts.size()) {
            case 0 -> Cube.builder(structure).build().cursor();
            case 1 -> parts.getFirst().cursor();
            default -> new UnionCursor(structure, parts, first, last);
        };
    }

    public boolean isEmpty() {
        return parts.isEmpty();
    }

    public Structure structure() {
        return structure;
    }

    /**
     * Where two cubes contradict each other: the same cell in both, or one series with different attributes. Looks at series only, and not
     * even at them where a dimension or the cubes' code lists keep the cubes apart.
     */
    public Optional<String> clash() {
        boolean apart = true;
        for (int i = 0; i < parts.size() && apart; i++) {
            for (int j = i + 1; j < parts.size() && apart; j++) {
                apart = areApart(parts.get(i).columns(), parts.get(j).columns());
            }
        }
        return apart ? Optional.empty() : new UnionCursor(structure, parts, 0, 0).clash();
    }

    private static boolean areApart(Columns one, Columns other) {
        for (int d = 0; d < one.keys().length; d++) {
            Dictionary mine = one.dimensionTexts()[d];
            Dictionary theirs = other.dimensionTexts()[d];
            boolean common = false;
            for (int i = 0; i < mine.size() && !common; i++) {
                common = theirs.number(mine.text(i)) >= 0;
            }
            if (!common) {
                return true;
            }
        }
        return false;
    }

    /** The observations as one cube of their own; for callers that need all of it in memory. */
    public Cube toCube() {
        if (parts.size() == 1) {
            return parts.getFirst();
        }
        return copy(structure, cursor());
    }

    private static Cube copy(Structure structure, ObservationCursor cursor) {
        CubeBuilder builder = Cube.builder(structure);
        List<Attribute> attributes = structure.attributes();
        while (cursor.next()) {
            for (int d = 0; d < structure.dimensions().size(); d++) {
                builder.dimension(d, builder.dimensionNumber(d, cursor.dimensionText(d)));
            }
            for (int a = 0; a < attributes.size(); a++) {
                if (attributes.get(a).level() != Attribute.Level.DATASET) {
                    builder.attribute(a, builder.attributeNumber(a, cursor.attributeText(a)));
                }
            }
            builder.value(cursor.value()).add();
        }
        return builder.build();
    }

    @Override
    public String toString() {
        return Arrays.toString(parts.stream().mapToLong(Cube::observationCount).toArray());
    }
}
