package org.entente.gateway.console;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.entente.gateway.statistics.Component;
import org.entente.gateway.statistics.CubeUnion;
import org.entente.gateway.statistics.ObservationCursor;
import org.entente.gateway.statistics.Structure;
import org.entente.gateway.statistics.Usage;

/**
 * Figures as a person reads them: a row for each series, a column for each period. What is the same in all rows stands above or below the
 * table, not in it.
 *
 * @param labels headings of the columns that say what a row is
 * @param notes what the marks mean
 * @param shortened whether there is more than is shown
 */
public record AnswerTable(
        String caption,
        List<String> labels,
        List<String> periods,
        List<Row> rows,
        List<Choice> notes,
        boolean shortened) {
    private static final int MOST_ROWS = 200;
    private static final int MOST_PERIODS = 24;
    private static final String NORMAL = "A";

    /** One series. */
    public record Row(List<String> labels, List<Cell> cells) {}

    /**
     * One cell.
     *
     * @param mark letter that the notes explain, or empty
     */
    public record Cell(String text, String mark, boolean withheld) {}

    /** Names of codes, where something else than the code list decides them: the names of an agreement's area list. */
    @FunctionalInterface
    interface Naming {
        String name(Component component, String code);
    }

    static AnswerTable of(CubeUnion cells, Naming naming, Messages say) {
        return new Drawing(cells, naming, say).draw();
    }

    /** What is the same in every row: the figures' concepts, source, date and method. */
    static List<Choice> sameEverywhere(CubeUnion cells, Naming naming, Messages say) {
        Drawing drawing = new Drawing(cells, naming, say);
        List<Choice> same = new ArrayList<>();
        Structure structure = cells.structure();
        for (int d = 0; d < structure.timePosition(); d++) {
            List<Integer> used = used(drawing.usage.dimension(d), 0);
            if (used.size() == 1) {
                Component dimension = structure.dimensions().get(d);
                String code = drawing.texts.dimensionTexts(d).text(used.getFirst());
                if (!code.equals("_T")) {
                    same.add(Choice.of(drawing.name(dimension), naming.name(dimension, code)));
                }
            }
        }
        for (int a = 0; a < structure.attributes().size(); a++) {
            List<Integer> used = used(drawing.usage.attribute(a), 1);
            Component attribute = structure.attributes().get(a);
            for (int number : used.size() <= 3 ? used : List.<Integer>of()) {
                same.add(Choice.of(
                        drawing.name(attribute),
                        naming.name(attribute, drawing.texts.attributeTexts(a).text(number))));
            }
        }
        return same;
    }

    private static List<Integer> used(boolean[] numbers, int from) {
        List<Integer> used = new ArrayList<>();
        for (int i = from; i < numbers.length; i++) {
            if (numbers[i]) {
                used.add(i);
            }
        }
        return used;
    }

    private static final class Drawing {
        private final CubeUnion cells;
        private final Naming naming;
        private final Messages say;
        private final Structure structure;
        private final ObservationCursor texts;
        private final Usage usage;
        private final int status;
        private final Map<String, String> notes = new TreeMap<>();

        Drawing(CubeUnion cells, Naming naming, Messages say) {
            this.cells = cells;
            this.naming = naming;
            this.say = say;
            this.structure = cells.structure();
            this.texts = cells.cursor();
            this.usage = Usage.of(cells.cursor());
            this.status = structure
                    .attribute(Component.Attribute.Role.OBSERVATION_STATUS)
                    .map(attribute -> structure.attributePosition(attribute.id()))
                    .orElse(-1);
        }

        String name(Component component) {
            return component.concept().name().in(say.language());
        }

        AnswerTable draw() {
            int time = structure.timePosition();
            List<Integer> varying = new ArrayList<>();
            for (int d = 0; d < time; d++) {
                if (used(usage.dimension(d), 0).size() > 1) {
                    varying.add(d);
                }
            }
            List<Integer> periods = used(usage.dimension(time), 0);
            boolean shortened = periods.size() > MOST_PERIODS;
            List<Integer> shown = shortened ? periods.subList(periods.size() - MOST_PERIODS, periods.size()) : periods;
            Map<Integer, Integer> columns = new HashMap<>();
            shown.forEach(number -> columns.put(number, columns.size()));
            List<Row> rows = new ArrayList<>();
            ObservationCursor cursor = cells.cursor();
            long series = 0;
            while (cursor.next()) {
                if (cursor.firstOfSeries()) {
                    series++;
                    if (series <= MOST_ROWS) {
                        rows.add(row(cursor, varying, shown.size()));
                    }
                }
                Integer column = columns.get(cursor.dimension(time));
                if (series <= MOST_ROWS && column != null) {
                    rows.getLast().cells().set(column, cell(cursor));
                }
            }
            List<String> names = shown.stream()
                    .map(number -> texts.dimensionTexts(time).text(number))
                    .toList();
            return new AnswerTable(
                    say.get("answer.caption", series, names.isEmpty() ? "" : names.getFirst() + "–" + names.getLast()),
                    varying.stream()
                            .map(d -> name(structure.dimensions().get(d)))
                            .toList(),
                    names,
                    rows,
                    notes.entrySet().stream()
                            .map(note -> Choice.of(note.getKey(), note.getValue()))
                            .toList(),
                    shortened || series > MOST_ROWS);
        }

        private Row row(ObservationCursor cursor, List<Integer> varying, int width) {
            List<String> labels = varying.stream()
                    .map(d -> naming.name(structure.dimensions().get(d), cursor.dimensionText(d)))
                    .toList();
            List<Cell> empty = new ArrayList<>();
            for (int i = 0; i < width; i++) {
                empty.add(new Cell("", "", false));
            }
            return new Row(labels, empty);
        }

        private Cell cell(ObservationCursor cursor) {
            String code = status < 0 ? "" : cursor.attributeText(status);
            String mark = code.equals(NORMAL) ? "" : code;
            if (!mark.isEmpty()) {
                notes.computeIfAbsent(
                        mark, c -> naming.name(structure.attributes().get(status), c));
            }
            double value = cursor.value();
            return Double.isNaN(value)
                    ? new Cell(say.get("answer.withheld"), mark, true)
                    : new Cell(say.number(value), mark, false);
        }
    }
}
