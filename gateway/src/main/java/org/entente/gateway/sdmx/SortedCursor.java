package org.entente.gateway.sdmx;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
import org.entente.gateway.statistics.Component.Attribute;
import org.entente.gateway.statistics.Dictionary;
import org.entente.gateway.statistics.ObservationCursor;
import org.entente.gateway.statistics.Structure;
import org.entente.gateway.statistics.TimePeriod;

/**
 * Another cursor's observations in the order that a query asks for. They are read whole, as numbers, so their count is
 * limited. Where observations are grouped into series, a series stays together: first the components of the series decide,
 * then the others within it. What the order does not name stays in canonical order.
 */
final class SortedCursor extends CursorOver {

    /** Most observations that are sorted; some 200 MiB. */
    static final int MAX_OBSERVATIONS = 5_000_000;

    private final int dimensions;
    private final int attributes;
    private final Numbers seriesNumbers;
    private final Numbers rowNumbers;
    private int[] seriesOf = new int[1024];
    private double[] values = new double[1024];
    private int count;
    private final Integer[] order;
    private int at = -1;

    /** @param grouped whether a series' observations stay together */
    SortedCursor(ObservationCursor source, SortOrder wanted, boolean grouped) {
        super(source);
        Structure structure = source.structure();
        this.dimensions = structure.dimensions().size();
        this.attributes = structure.attributes().size();
        this.seriesNumbers = new Numbers(dimensions - 1);
        this.rowNumbers = new Numbers(1 + attributes);
        read();
        this.order = IntStream.range(0, count).boxed().toArray(Integer[]::new);
        Arrays.sort(order, comparator(structure, wanted.by(), grouped));
    }

    private void read() {
        while (source.next()) {
            if (count == MAX_OBSERVATIONS) {
                throw new EntenteException(
                        ErrorCode.BODY_TOO_LARGE,
                        "No more than " + MAX_OBSERVATIONS
                                + " observations are sorted; leave sort out or ask for fewer.");
            }
            if (source.firstOfSeries()) {
                int[] key = seriesNumbers.row();
                for (int d = 0; d < dimensions - 1; d++) {
                    key[d] = source.dimension(d);
                }
                seriesNumbers.add(key);
            }
            int[] row = rowNumbers.row();
            row[0] = source.dimension(dimensions - 1);
            for (int a = 0; a < attributes; a++) {
                row[1 + a] = source.attribute(a);
            }
            rowNumbers.add(row);
            if (count == values.length) {
                values = Arrays.copyOf(values, count * 2);
                seriesOf = Arrays.copyOf(seriesOf, count * 2);
            }
            values[count] = source.value();
            seriesOf[count++] = seriesNumbers.size() - 1;
        }
    }

    private Comparator<Integer> comparator(Structure structure, List<SortOrder.By> by, boolean grouped) {
        Comparator<Integer> ofSeries = null;
        Comparator<Integer> ofRows = null;
        for (SortOrder.By term : by) {
            Comparator<Integer> one = comparator(structure, term);
            if (grouped && isOfSeries(structure, term.component())) {
                ofSeries = ofSeries == null ? one : ofSeries.thenComparing(one);
            } else {
                ofRows = ofRows == null ? one : ofRows.thenComparing(one);
            }
        }
        Comparator<Integer> canonical = Comparator.naturalOrder();
        if (grouped) {
            Comparator<Integer> together = Comparator.comparingInt(row -> seriesOf[row]);
            ofSeries = ofSeries == null ? together : ofSeries.thenComparing(together);
        }
        Comparator<Integer> all = ofSeries == null ? canonical : ofSeries;
        return ofRows == null
                ? all
                : (ofSeries == null ? ofRows : ofSeries.thenComparing(ofRows)).thenComparing(canonical);
    }

    private static boolean isOfSeries(Structure structure, String component) {
        int d = structure.dimensionPosition(component);
        int a = structure.attributePosition(component);
        return d >= 0
                ? d != structure.timePosition()
                : a >= 0 && structure.attributes().get(a).level() != Attribute.Level.OBSERVATION;
    }

    private Comparator<Integer> comparator(Structure structure, SortOrder.By term) {
        int d = structure.dimensionPosition(term.component());
        int a = structure.attributePosition(term.component());
        Comparator<Integer> ascending;
        if (d == structure.timePosition()) {
            int[] ranks = timeRanks(source.dimensionTexts(d));
            ascending = Comparator.comparingInt(row -> ranks[rowNumbers.get(row, 0)]);
        } else if (d >= 0) {
            int[] ranks = ranks(source.dimensionTexts(d));
            ascending = Comparator.comparingInt(row -> ranks[seriesNumbers.get(seriesOf[row], d)]);
        } else if (a >= 0) {
            int[] ranks = ranks(source.attributeTexts(a));
            ascending = Comparator.comparingInt(row -> ranks[rowNumbers.get(row, 1 + a)]);
        } else {
            ascending = Comparator.comparingDouble(row -> values[row]);
        }
        return term.descending() ? ascending.reversed() : ascending;
    }

    private static int[] ranks(Dictionary texts) {
        return ranks(texts, Comparator.naturalOrder());
    }

    private static int[] timeRanks(Dictionary texts) {
        return ranks(texts, Comparator.comparing(TimePeriod::parse));
    }

    private static int[] ranks(Dictionary texts, Comparator<String> order) {
        List<Integer> sorted = IntStream.range(0, texts.size())
                .boxed()
                .sorted(Comparator.comparing(texts::text, order))
                .toList();
        int[] ranks = new int[texts.size()];
        for (int i = 0; i < sorted.size(); i++) {
            ranks[sorted.get(i)] = i;
        }
        return ranks;
    }

    @Override
    public boolean next() {
        if (at + 1 >= count) {
            at = count;
            return false;
        }
        at++;
        return true;
    }

    @Override
    public boolean firstOfSeries() {
        return at == 0 || seriesOf[order[at]] != seriesOf[order[at - 1]];
    }

    @Override
    public int dimension(int dimension) {
        int row = order[at];
        return dimension == dimensions - 1 ? rowNumbers.get(row, 0) : seriesNumbers.get(seriesOf[row], dimension);
    }

    @Override
    public int attribute(int attribute) {
        return rowNumbers.get(order[at], 1 + attribute);
    }

    @Override
    public double value() {
        return values[order[at]];
    }

    /** Rows of numbers of one width in one growing array. */
    private static final class Numbers {
        private final int width;
        private final int[] scratch;
        private int[] numbers = new int[1024];
        private int size;

        Numbers(int width) {
            this.width = width;
            this.scratch = new int[width];
        }

        int[] row() {
            return scratch;
        }

        void add(int[] row) {
            int end = (size + 1) * width;
            if (end > numbers.length) {
                numbers = Arrays.copyOf(numbers, Math.max(end, numbers.length * 2));
            }
            System.arraycopy(row, 0, numbers, size * width, width);
            size++;
        }

        int get(int row, int column) {
            return numbers[row * width + column];
        }

        int size() {
            return size;
        }
    }
}
