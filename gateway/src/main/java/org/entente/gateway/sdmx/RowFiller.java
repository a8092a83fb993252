package org.entente.gateway.sdmx;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.entente.gateway.statistics.Component;
import org.entente.gateway.statistics.Component.Attribute;
import org.entente.gateway.statistics.Cube;
import org.entente.gateway.statistics.CubeBuilder;
import org.entente.gateway.statistics.Dataflow;
import org.entente.gateway.statistics.Problem.Kind;
import org.entente.gateway.statistics.Structure;
import org.jspecify.annotations.Nullable;

/**
 * Fills rows of a cube from formats in which a row's values stand at several levels: data set, partial keys, series,
 * observation. What stands nearer the observation wins.
 */
final class RowFiller {

    /** SDMX 2.1 has one name for every measure. */
    private static final String OLD_MEASURE = DataSchema.MEASURE_2_1;

    private static final Pattern NUMBER = Pattern.compile("[+-]?(\\d+(\\.\\d*)?|\\.\\d+)([eE][+-]?\\d{1,3})?");
    private static final int UNSET = -1;

    private final Structure structure;
    private final CubeBuilder builder;
    private final ReadLimits limits;
    private final Consumer<CubeBuilder> rowCheck;
    private final Map<String, Integer> places = new HashMap<>();
    private final int[] series;
    private final int[] seriesDefaults;
    private final int[] row;
    private final int dimensions;
    private final Map<List<Integer>, Map<List<Integer>, int[]>> partial = new HashMap<>();
    private int rows;
    private boolean valued;

    RowFiller(Dataflow dataflow, ReadLimits limits, Consumer<CubeBuilder> rowCheck) {
        this.structure = dataflow.structure();
        this.builder = Cube.builder(structure);
        this.limits = limits;
        this.rowCheck = rowCheck;
        this.dimensions = structure.dimensions().size();
        this.series = new int[dimensions + structure.attributes().size()];
        this.seriesDefaults = new int[series.length];
        this.row = new int[series.length];
        for (int d = 0; d < dimensions; d++) {
            places.put(structure.dimensions().get(d).id(), d);
        }
        for (int a = 0; a < structure.attributes().size(); a++) {
            places.put(structure.attributes().get(a).id(), dimensions + a);
        }
        places.put(structure.measure().id(), series.length);
        places.putIfAbsent(OLD_MEASURE, series.length);
        Arrays.fill(series, UNSET);
        Arrays.fill(row, UNSET);
    }

    Structure structure() {
        return structure;
    }

    /** The place of a component, or -1 if the structure has none of that name. */
    int place(String component) {
        return places.getOrDefault(component, -1);
    }

    /** Whether a place is that of the measure. */
    boolean isMeasure(int place) {
        return place == series.length;
    }

    boolean isDimension(int place) {
        return place < dimensions;
    }

    private Component component(int place) {
        return place < dimensions
                ? structure.dimensions().get(place)
                : structure.attributes().get(place - dimensions);
    }

    /** The number of a text at a place, noting a problem if it is not admitted; then 0. */
    int number(int place, String text) {
        int number = place < dimensions
                ? builder.dimensionNumber(place, text)
                : builder.attributeNumber(place - dimensions, text);
        if (number < 0) {
            builder.problem(Kind.CODE_UNKNOWN, component(place).id(), CubeBuilder.notAdmitted(component(place), text));
            return 0;
        }
        return number;
    }

    /** As {@link #number} without a problem: negative if the text is not admitted. */
    int tryNumber(int place, String text) {
        return place < dimensions
                ? builder.dimensionNumber(place, text)
                : builder.attributeNumber(place - dimensions, text);
    }

    void refuse(int place, String text) {
        builder.problem(Kind.CODE_UNKNOWN, component(place).id(), CubeBuilder.notAdmitted(component(place), text));
    }

    void problem(Kind kind, String column, String detail) {
        builder.problem(kind, column, detail);
    }

    /** Whether so much is wrong that reading on is of no use. */
    boolean hopeless() {
        return builder.problemCount() >= CubeBuilder.MAX_PROBLEMS;
    }

    /** Sets an attribute of the data set as a whole. */
    void ofDataset(int place, String text) {
        Attribute attribute = structure.attributes().get(place - dimensions);
        if (number(place, text) > 0) {
            if (attribute.level() == Attribute.Level.DATASET) {
                builder.datasetAttribute(attribute.id(), text);
            } else {
                seriesDefaults[place] = number(place, text);
            }
        }
    }

    /** Begins a series; nothing of the one before holds any more. */
    void beginSeries() {
        Arrays.fill(series, UNSET);
    }

    void ofSeries(int place, int number) {
        series[place] = number;
    }

    void ofRow(int place, int number) {
        row[place] = number;
    }

    /** Attributes of all rows whose key has these codes. */
    void ofPartialKey(Map<Integer, Integer> key, Map<Integer, Integer> attributes) {
        List<Integer> positions = key.keySet().stream().sorted().toList();
        List<Integer> codes = positions.stream().map(key::get).toList();
        int[] values = partial.computeIfAbsent(positions, p -> new HashMap<>()).computeIfAbsent(codes, c -> {
            int[] fresh = new int[series.length];
            Arrays.fill(fresh, UNSET);
            return fresh;
        });
        attributes.forEach((place, number) -> values[place] = number);
    }

    void value(double value) {
        valued = true;
        builder.value(value);
    }

    /** The value of the row as text: a number, {@code NaN}, or empty for none. */
    void value(String text) {
        String trimmed = text.trim();
        if (trimmed.equals("NaN") || trimmed.isEmpty()) {
            value(Double.NaN);
        } else if (NUMBER.matcher(trimmed).matches()) {
            value(Double.parseDouble(trimmed));
        } else {
            builder.problem(
                    Kind.MALFORMED, structure.measure().id(), "'" + Refusal.shortened(text) + "' is not a number");
            value(Double.NaN);
        }
    }

    /** Ends the row. What it does not say itself, its series, a partial key or the data set says. */
    void endRow() {
        if (++rows > limits.observations()) {
            throw Refusal.malformed("the file has more than " + limits.observations() + " observations");
        }
        for (int d = 0; d < dimensions; d++) {
            int number = row[d] != UNSET ? row[d] : series[d];
            row[d] = number;
            builder.dimension(d, number);
        }
        for (int place = dimensions; place < series.length; place++) {
            builder.attribute(place - dimensions, attribute(place));
        }
        if (!valued) {
            builder.value(Double.NaN);
        }
        if (builder.rowIsSound() && complete()) {
            rowCheck.accept(builder);
        }
        builder.add();
        Arrays.fill(row, UNSET);
        valued = false;
    }

    private boolean complete() {
        for (int d = 0; d < dimensions; d++) {
            if (row[d] < 0) {
                return false;
            }
        }
        return true;
    }

    private int attribute(int place) {
        int number = row[place] != UNSET ? row[place] : series[place];
        if (number == UNSET) {
            number = ofPartialKeys(place);
        }
        return number == UNSET ? seriesDefaults[place] : number;
    }

    private int ofPartialKeys(int place) {
        for (Map.Entry<List<Integer>, Map<List<Integer>, int[]>> entry : partial.entrySet()) {
            int @Nullable [] values = entry.getValue()
                    .get(entry.getKey().stream().map(d -> row[d]).toList());
            if (values != null && values[place] != UNSET) {
                return values[place];
            }
        }
        return UNSET;
    }

    /** The cube of all rows, or everything that is wrong with them. */
    Cube build() {
        return builder.build();
    }

    /** How many rows were ended. */
    int rows() {
        return rows;
    }
}
