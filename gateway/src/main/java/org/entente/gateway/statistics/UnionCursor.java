package org.entente.gateway.statistics;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.entente.gateway.statistics.Component.Attribute;

/** Merges several cubes series by series. A series that stands in more than one of them is merged by time. */
final class UnionCursor implements ObservationCursor {
    private final Structure structure;
    private final Part[] parts;
    private final Dictionary[] dimensionTexts;
    private final Dictionary[] attributeTexts;
    private final int[] constants;
    private final boolean[] ofDataset;
    private final int time;
    private final int first;
    private final int last;
    private final boolean overlay;

    /** The parts that have the current series, and in {@link #group} how many they are. */
    private final Part[] current;

    private int group;
    private int count;
    private int index = -1;

    /** Of a series in several parts: which part and row each observation is. */
    private Part[] mergedParts = new Part[64];

    private int[] mergedRows = new int[64];
    private Part part;
    private int row;

    UnionCursor(Structure structure, List<Cube> cubes, int first, int last) {
        this(structure, cubes, first, last, false);
    }

    /** @param overlay whether a cell may stand in several cubes, and is then that of the first of them */
    UnionCursor(Structure structure, List<Cube> cubes, boolean overlay) {
        this(structure, cubes, 0, 0, overlay);
    }

    private UnionCursor(Structure structure, List<Cube> cubes, int first, int last, boolean overlay) {
        this.overlay = overlay;
        this.structure = structure;
        this.time = structure.timePosition();
        this.first = first;
        this.last = last;
        int dimensions = structure.dimensions().size();
        int attributes = structure.attributes().size();
        this.dimensionTexts = new Dictionary[dimensions];
        this.attributeTexts = new Dictionary[attributes];
        this.constants = new int[attributes];
        this.ofDataset = new boolean[attributes];
        this.parts = new Part[cubes.size()];
        for (int p = 0; p < parts.length; p++) {
            parts[p] = new Part(cubes.get(p), time, attributes);
        }
        for (int d = 0; d < dimensions; d++) {
            dimensionTexts[d] = commonDimension(d);
            for (Part each : parts) {
                each.dimensions[d] = numbers(each.columns.dimensionTexts()[d], dimensionTexts[d]);
            }
        }
        for (int a = 0; a < attributes; a++) {
            ofDataset[a] = structure.attributes().get(a).level() == Attribute.Level.DATASET;
            attributeTexts[a] = commonAttribute(a);
            for (Part each : parts) {
                each.attributes[a] = numbers(each.columns.attributeTexts()[a], attributeTexts[a]);
            }
            constants[a] = constant(a);
        }
        this.current = new Part[parts.length];
        this.part = parts[0];
        for (Part each : parts) {
            each.advance(time);
        }
    }

    private static final class Part {
        private final Columns columns;
        private final SliceRows rows;
        private final int[][] dimensions;
        private final int[][] attributes;
        private final int[] key;
        private boolean ended;

        Part(Cube cube, int keyCount, int attributeCount) {
            this.columns = cube.columns();
            this.rows = cube.rows();
            this.dimensions = new int[keyCount + 1][];
            this.attributes = new int[attributeCount][];
            this.key = new int[keyCount];
        }

        void advance(int keyCount) {
            ended = !rows.nextSeries();
            for (int d = 0; d < keyCount && !ended; d++) {
                key[d] = dimensions[d][columns.keys()[d].get(rows.series())];
            }
        }

        int attribute(int position, int atRow) {
            int at = columns.seriesAttribute()[position] ? rows.series() : atRow;
            return attributes[position][columns.attributes()[position].get(at)];
        }

        int time(int atRow) {
            return dimensions[key.length][columns.times().get(atRow)];
        }
    }

    private Dictionary commonDimension(int position) {
        if (position != time) {
            TreeSet<String> texts = new TreeSet<>();
            for (Part each : parts) {
                each.columns.dimensionTexts()[position].forEach(texts::add);
            }
            return new Dictionary(texts.toArray(new String[0]));
        }
        TreeMap<String, TimePeriod> periods = new TreeMap<>();
        for (Part each : parts) {
            for (TimePeriod period : each.columns.periods()) {
                periods.put(period.text(), period);
            }
        }
        return new Dictionary(periods.values().stream()
                .sorted(Comparator.naturalOrder())
                .map(TimePeriod::text)
                .toArray(String[]::new));
    }

    private Dictionary commonAttribute(int position) {
        TreeSet<String> texts = new TreeSet<>();
        texts.add("");
        for (Part each : parts) {
            each.columns.attributeTexts()[position].forEach(texts::add);
        }
        return new Dictionary(texts.toArray(new String[0]));
    }

    private static int[] numbers(Dictionary own, Dictionary common) {
        int[] numbers = new int[own.size()];
        Arrays.setAll(numbers, i -> common.number(own.text(i)));
        return numbers;
    }

    private int constant(int position) {
        int constant = -1;
        for (Part each : parts) {
            int own = each.columns.attributes()[position].constant();
            int common = own < 0 ? -1 : each.attributes[position][own];
            if (common < 0 || (constant >= 0 && constant != common)) {
                return -1;
            }
            constant = common;
        }
        return constant;
    }

    @Override
    public boolean next() {
        index++;
        while (index >= count) {
            if (!nextSeries()) {
                count = 0;
                index = 0;
                return false;
            }
            index = 0;
        }
        if (group == 1) {
            part = current[0];
            row = part.rows.row(place(index));
        } else {
            part = mergedParts[place(index)];
            row = mergedRows[place(index)];
        }
        return true;
    }

    /** The place among all observations of the series, some of which are cut away between its ends. */
    private int place(int i) {
        return count == total || i < first ? i : i + total - count;
    }

    private int total;

    private boolean nextSeries() {
        if (!nextGroup()) {
            return false;
        }
        total = group == 1 ? current[0].rows.rowCount() : merge();
        int ends = first + last;
        count = ends == 0 ? total : Math.min(total, ends);
        return true;
    }

    /** Moves the parts of the last series on and finds which have the next one. */
    private boolean nextGroup() {
        for (int i = 0; i < group; i++) {
            current[i].advance(time);
        }
        group = 0;
        for (Part each : parts) {
            if (each.ended) {
                continue;
            }
            int order = group == 0 ? 0 : Arrays.compare(each.key, current[0].key);
            if (order < 0) {
                group = 0;
            }
            if (order <= 0) {
                current[group++] = each;
            }
        }
        return group > 0;
    }

    private int merge() {
        int size = 0;
        for (int i = 0; i < group; i++) {
            size += current[i].rows.rowCount();
        }
        if (mergedRows.length < size) {
            mergedRows = new int[size * 2];
            mergedParts = new Part[size * 2];
        }
        int[] at = new int[group];
        int kept = 0;
        for (int n = 0; n < size; n++) {
            int earliest = -1;
            for (int i = 0; i < group; i++) {
                if (at[i] < current[i].rows.rowCount()
                        && (earliest < 0 || timeAt(i, at[i]) < timeAt(earliest, at[earliest]))) {
                    earliest = i;
                }
            }
            int found = current[earliest].rows.row(at[earliest]++);
            // Of equal times the part that comes first was found first.
            boolean again = overlay
                    && kept > 0
                    && mergedParts[kept - 1].time(mergedRows[kept - 1]) == current[earliest].time(found);
            if (!again) {
                mergedParts[kept] = current[earliest];
                mergedRows[kept++] = found;
            }
        }
        return kept;
    }

    private int timeAt(int i, int rowIndex) {
        return current[i].time(current[i].rows.row(rowIndex));
    }

    /** Uses the cursor up: the first contradiction between two parts. */
    Optional<String> clash() {
        while (nextGroup()) {
            if (group > 1) {
                Optional<String> found = clashInSeries(merge());
                if (found.isPresent()) {
                    return found;
                }
            }
        }
        return Optional.empty();
    }

    private Optional<String> clashInSeries(int size) {
        for (int n = 1; n < size; n++) {
            int period = mergedParts[n].time(mergedRows[n]);
            if (period == mergedParts[n - 1].time(mergedRows[n - 1])) {
                return Optional.of(key() + "." + dimensionTexts[time].text(period));
            }
        }
        for (int a = 0; a < attributeTexts.length; a++) {
            for (int i = 1; i < group; i++) {
                if (current[0].columns.seriesAttribute()[a]
                        && current[0].attribute(a, 0) != current[i].attribute(a, 0)) {
                    return Optional.of(
                            key() + ", " + structure.attributes().get(a).id());
                }
            }
        }
        return Optional.empty();
    }

    private String key() {
        StringBuilder text = new StringBuilder();
        for (int d = 0; d < time; d++) {
            text.append(d == 0 ? "" : ".").append(dimensionTexts[d].text(current[0].key[d]));
        }
        return text.toString();
    }

    @Override
    public Structure structure() {
        return structure;
    }

    @Override
    public Dictionary dimensionTexts(int dimension) {
        return dimensionTexts[dimension];
    }

    @Override
    public Dictionary attributeTexts(int attribute) {
        return attributeTexts[attribute];
    }

    @Override
    public int constantAttribute(int attribute) {
        return ofDataset[attribute] ? 0 : constants[attribute];
    }

    @Override
    public boolean firstOfSeries() {
        return index == 0;
    }

    @Override
    public int dimension(int dimension) {
        return dimension == time ? part.time(row) : part.key[dimension];
    }

    @Override
    public int attribute(int attribute) {
        boolean ofSeries = overlay && part.columns.seriesAttribute()[attribute];
        return ofDataset[attribute] ? 0 : (ofSeries ? current[0] : part).attribute(attribute, row);
    }

    @Override
    public double value() {
        return part.columns.values()[row];
    }
}
