package org.entente.gateway.sdmx;

import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.entente.gateway.sdmx.CollectionForm.Answer;
import org.entente.gateway.sdmx.CollectionForm.Columns;
import org.entente.gateway.sdmx.CollectionForm.Fault;
import org.entente.gateway.sdmx.CollectionForm.Filled;
import org.entente.gateway.sdmx.CollectionForm.Finding;
import org.entente.gateway.sdmx.CollectionForm.Sheet;
import org.entente.gateway.statistics.Component;
import org.entente.gateway.statistics.Component.Attribute;
import org.entente.gateway.statistics.Component.Dimension;
import org.entente.gateway.statistics.Cube;
import org.entente.gateway.statistics.CubeBuilder;
import org.entente.gateway.statistics.CubeException;
import org.entente.gateway.statistics.Problem;
import org.entente.gateway.statistics.Structure;
import org.jspecify.annotations.Nullable;

/** Reads a form that came back and holds every row of it against the form that was handed out. */
final class CollectionFormReader {
    private static final int MOST_FINDINGS = 1_000;
    private static final Pattern NUMBER =
            Pattern.compile("[+]?(\\d{1,15}(\\.\\d{0,6})?|\\d(\\.\\d{1,15})?[eE][+]?\\d{1,2})");

    private final CollectionForm form;
    private final List<Finding> findings = new ArrayList<>();

    CollectionFormReader(CollectionForm form) {
        this.form = form;
    }

    Answer read(InputStream in) throws IOException {
        XlsxBook book = new XlsxBook(
                new LimitedInput(in, CollectionForm.LIMITS.bytes(), "the workbook"), CollectionForm.LIMITS);
        requireMarks(book);
        List<Filled> filled = new ArrayList<>();
        for (Sheet sheet : form.sheets()) {
            if (book.sheets().contains(sheet.id())) {
                new SheetReading(sheet).read(book).ifPresent(filled::add);
            } else {
                find(sheet.id(), 0, "", Fault.SHAPE, "the sheet is missing");
            }
        }
        return new Answer(findings.isEmpty() ? filled : List.of(), findings);
    }

    private void requireMarks(XlsxBook book) throws IOException {
        SortedMap<String, String> marks = new TreeMap<>();
        if (book.sheets().contains(CollectionForm.MARKS)) {
            book.rows(CollectionForm.MARKS, (number, cells) -> {
                marks.put(text(cells, 0), text(cells, 1));
                return marks.size() < 100;
            });
        }
        if (!marks.keySet().containsAll(form.marks().keySet())) {
            throw Refusal.malformed("the workbook is no form of this kind; its hidden sheet is missing or changed");
        }
        form.marks().forEach((name, value) -> {
            if (!value.equals(marks.get(name))) {
                throw Refusal.malformed("the workbook is another form: its " + name + " is "
                        + Refusal.shortened(marks.getOrDefault(name, "")) + ", not " + value);
            }
        });
    }

    private void find(String sheet, int row, String column, Fault fault, String detail) {
        if (findings.size() < MOST_FINDINGS) {
            findings.add(new Finding(sheet, row, column, fault, detail));
        }
    }

    private static String text(List<@Nullable String> cells, int column) {
        String text = CollectionForm.cell(cells, column);
        return text == null ? "" : text.strip();
    }

    /** One sheet. */
    private final class SheetReading {
        private final Sheet sheet;
        private final Structure structure;
        private final Columns columns;
        private final List<Attribute> questions;
        private final Map<List<String>, Integer> wanted = new HashMap<>();
        private final Set<List<String>> seen = new HashSet<>();
        private final Map<String, String> answers = new LinkedHashMap<>();
        private final CubeBuilder builder;
        private final int statusPosition;
        private long figures;
        private long withheld;
        private long unofficial;
        private BigDecimal total = BigDecimal.ZERO;
        private int row;
        private boolean headed;

        SheetReading(Sheet sheet) {
            this.sheet = sheet;
            this.structure = sheet.dataflow().structure();
            this.columns = Columns.of(sheet);
            this.questions = sheet.questions();
            this.builder = Cube.builder(structure);
            this.statusPosition = structure.position(Attribute.Role.OBSERVATION_STATUS);
            sheet.keys().forEach(key -> wanted.put(key, wanted.size()));
        }

        Optional<Filled> read(XlsxBook book) throws IOException {
            int headerRow = questions.size() + 2;
            book.rows(sheet.id(), (number, cells) -> {
                row = number;
                book.formulaColumns().forEach(column -> fault(column, Fault.FORMULA, "the cell holds a formula"));
                if (number > 1 && number < headerRow) {
                    answer(questions.get(number - 2), cells);
                } else if (number == headerRow) {
                    header(cells);
                } else if (number > headerRow && headed) {
                    row(cells);
                }
                return findings.size() < MOST_FINDINGS;
            });
            row = 0;
            if (!headed) {
                find(sheet.id(), 0, "", Fault.SHAPE, "the header is not that of the form");
            } else if (seen.size() < wanted.size() && findings.isEmpty()) {
                find(sheet.id(), 0, "", Fault.SHAPE, (wanted.size() - seen.size()) + " rows of the form are missing");
            }
            return findings.isEmpty() ? filled() : Optional.empty();
        }

        private void fault(int column, Fault fault, String detail) {
            find(sheet.id(), row, XlsxSheet.columnName(column), fault, detail);
        }

        private void answer(Attribute question, List<@Nullable String> cells) {
            if (!text(cells, 0).equals(question.id())) {
                fault(0, Fault.SHAPE, "here the form asks for " + question.id());
                return;
            }
            String given = text(cells, columns.period());
            if (!given.isEmpty() && !question.representation().accepts(given)) {
                fault(columns.period(), Fault.CODE_UNKNOWN, CubeBuilder.notAdmitted(question, given));
            } else if (!given.isEmpty()) {
                answers.put(question.id(), given);
            }
        }

        private void header(List<@Nullable String> cells) {
            List<Dimension> dimensions = structure.keyDimensions();
            headed = true;
            for (int d = 0; d < dimensions.size(); d++) {
                headed &= text(cells, d).equals(dimensions.get(d).id());
            }
        }

        private void row(List<@Nullable String> cells) {
            List<String> key = new ArrayList<>(columns.codes());
            for (int d = 0; d < columns.codes(); d++) {
                key.add(text(cells, d));
            }
            if (key.stream().allMatch(String::isEmpty)) {
                empty(cells);
            } else if (!wanted.containsKey(key)) {
                changed(key);
            } else if (!seen.add(key)) {
                fault(0, Fault.ROW_TWICE, "the row stands twice");
            } else {
                figure(key, cells);
            }
        }

        private void empty(List<@Nullable String> cells) {
            for (int column = columns.codes(); column <= columns.comment(); column++) {
                if (!text(cells, column).isEmpty()) {
                    fault(column, Fault.CODE_CHANGED, "the row has no codes; rows cannot be added to the form");
                    return;
                }
            }
        }

        /** Names the code that is wrong: the first that the structure does not have, else the first by which the row is not of the form. */
        private void changed(List<String> key) {
            for (int d = 0; d < key.size(); d++) {
                Component dimension = structure.keyDimensions().get(d);
                if (!dimension.representation().accepts(key.get(d))) {
                    fault(d, Fault.CODE_UNKNOWN, CubeBuilder.notAdmitted(dimension, key.get(d)));
                    return;
                }
            }
            int nearest = 0;
            for (int d = 0; d < key.size(); d++) {
                int position = d;
                if (sheet.keys().stream().noneMatch(known -> known.get(position).equals(key.get(position)))) {
                    nearest = d;
                    break;
                }
            }
            fault(
                    nearest,
                    Fault.CODE_CHANGED,
                    "the form has no row " + String.join(".", key) + "; a locked code was changed");
        }

        private void figure(List<String> key, List<@Nullable String> cells) {
            String figure = text(cells, columns.figure());
            String status = text(cells, columns.status());
            String mark = text(cells, columns.unofficial());
            if (figure.isEmpty() && status.isEmpty()) {
                return;
            }
            int before = findings.size();
            String period = text(cells, columns.period());
            if (!sheet.periods().contains(period)) {
                fault(columns.period(), Fault.PERIOD, "the period is one of " + String.join(", ", sheet.periods()));
            }
            boolean hasFigure = !figure.isEmpty();
            if (hasFigure && !NUMBER.matcher(figure).matches()) {
                fault(columns.figure(), Fault.FIGURE, "'" + Refusal.shortened(figure) + "' is not a number from 0 up");
            }
            String taken = status.isEmpty() ? "A" : status;
            if (hasFigure && CollectionForm.WITHOUT_FIGURE.contains(taken)) {
                fault(columns.figure(), Fault.FIGURE, "a figure stands beside status " + taken + ", which has none");
            } else if (!(hasFigure ? CollectionForm.WITH_FIGURE : CollectionForm.WITHOUT_FIGURE).contains(taken)) {
                fault(
                        columns.status(),
                        Fault.STATUS,
                        hasFigure
                                ? "the status of a figure is one of " + String.join(", ", CollectionForm.WITH_FIGURE)
                                : "without a figure the status is one of "
                                        + String.join(", ", CollectionForm.WITHOUT_FIGURE));
            }
            if (!mark.isEmpty() && !mark.equalsIgnoreCase(CollectionForm.UNOFFICIAL)) {
                fault(columns.unofficial(), Fault.STATUS, "the cell holds X or nothing");
            }
            if (findings.size() == before) {
                take(key, period, hasFigure ? new BigDecimal(figure) : null, taken, mark, cells);
            }
        }

        private void take(
                List<String> key,
                String period,
                @Nullable BigDecimal figure,
                String status,
                String mark,
                List<@Nullable String> cells) {
            boolean elsewhere = figure != null && !mark.isEmpty();
            for (int d = 0; d < key.size(); d++) {
                builder.dimension(structure.keyDimensions().get(d).id(), key.get(d));
            }
            builder.dimension(structure.time().id(), period);
            answers.forEach(builder::attribute);
            structure
                    .attribute(Attribute.Role.UNIT_MULTIPLIER)
                    .ifPresent(attribute -> builder.attribute(attribute.id(), "0"));
            if (statusPosition >= 0) {
                builder.attribute(
                        structure.attributes().get(statusPosition).id(), elsewhere ? CollectionForm.IMPUTED : status);
            }
            if (status.equals("Q")) {
                structure
                        .attribute(Attribute.Role.CONFIDENTIALITY_STATUS)
                        .ifPresent(attribute -> builder.attribute(attribute.id(), "C"));
            }
            comment(text(cells, columns.comment()), elsewhere && !status.equals("A") ? status : "");
            builder.value(figure == null ? Double.NaN : figure.doubleValue()).add();
            figures += figure == null ? 0 : 1;
            withheld += status.equals("Q") ? 1 : 0;
            unofficial += elsewhere ? 1 : 0;
            total = figure == null ? total : total.add(figure);
        }

        /** A figure from elsewhere has status I; what it was said to be besides stands in its comment. */
        private void comment(String comment, String displaced) {
            structure.attribute(Attribute.Role.COMMENT).ifPresent(attribute -> {
                String text = displaced.isEmpty()
                        ? comment
                        : (comment.isEmpty() ? "" : comment + "; ") + "given with status " + displaced;
                if (attribute.representation().accepts(text) || text.isEmpty()) {
                    builder.attribute(attribute.id(), text);
                } else {
                    fault(columns.comment(), Fault.SHAPE, CubeBuilder.notAdmitted(attribute, text));
                }
            });
        }

        private Optional<Filled> filled() {
            try {
                return Optional.of(
                        new Filled(sheet.id(), builder.build(), figures, withheld, unofficial, total.doubleValue()));
            } catch (CubeException e) {
                for (Problem problem : e.problems()) {
                    find(sheet.id(), 0, "", Fault.SHAPE, problem.column() + ": " + problem.detail());
                }
                return Optional.empty();
            }
        }
    }
}
