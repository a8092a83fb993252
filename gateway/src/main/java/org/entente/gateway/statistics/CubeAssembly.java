package org.entente.gateway.statistics;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.entente.gateway.statistics.Component.Attribute;
import org.jspecify.annotations.Nullable;

/** Puts a builder's rows into columns in canonical order. */
final class CubeAssembly {

    /** Where an inconsistency is noted. */
    @FunctionalInterface
    interface Sink {
        void problem(Problem.Kind kind, long row, String column, String detail);
    }

    private final Structure structure;
    private final int[][] ranks;
    private final int @Nullable [] order;
    private final int[] seriesStarts;
    private final int rows;

    CubeAssembly(Structure structure, int[][] ranks, int @Nullable [] order, int[] seriesStarts, int rows) {
        this.structure = structure;
        this.ranks = ranks;
        this.order = order;
        this.seriesStarts = seriesStarts;
        this.rows = rows;
    }

    Columns assemble(
            Dictionary[] dimensionTexts,
            Interner[] attributeTexts,
            GrowingColumn[] dimensions,
            GrowingColumn[] attributes,
            double[] values,
            Sink problems) {
        int time = structure.timePosition();
        IntColumn[] keys = new IntColumn[time];
        for (int d = 0; d < time; d++) {
            keys[d] = perSeries(dimensions[d], ranks[d]);
        }
        Dictionary[] attributeDictionaries = new Dictionary[attributes.length];
        IntColumn[] attributeColumns = new IntColumn[attributes.length];
        boolean[] seriesAttribute = new boolean[attributes.length];
        for (int a = 0; a < attributes.length; a++) {
            Attribute attribute = structure.attributes().get(a);
            Interner texts = attributeTexts[a];
            int[] rank = texts.ranks(Comparator.naturalOrder());
            attributeDictionaries[a] = new Dictionary(texts.sorted(Comparator.naturalOrder()));
            seriesAttribute[a] = attribute.level() == Attribute.Level.SERIES;
            attributeColumns[a] = switch (attribute.level()) {
                case SERIES -> {
                    checkConstantInSeries(attribute, attributes[a], problems);
                    yield perSeries(attributes[a], rank);
                }
                case OBSERVATION -> perObservation(attributes[a], rank);
                case DATASET -> IntColumn.constant(0, rows);
            };
        }
        List<TimePeriod> periods = Stream.iterate(0, i -> i < dimensionTexts[time].size(), i -> i + 1)
                .map(i -> TimePeriod.parse(dimensionTexts[time].text(i)))
                .toList();
        return new Columns(
                dimensionTexts,
                attributeDictionaries,
                keys,
                seriesStarts,
                perObservation(dimensions[time], ranks[time]),
                inOrder(values),
                attributeColumns,
                seriesAttribute,
                periods);
    }

    private int row(int place) {
        return order == null ? place : order[place];
    }

    private IntColumn perSeries(GrowingColumn column, int[] rank) {
        GrowingColumn sorted = new GrowingColumn();
        for (int s = 0; s < seriesStarts.length - 1; s++) {
            sorted.add(rank[column.get(row(seriesStarts[s]))]);
        }
        return sorted.toColumn();
    }

    private IntColumn perObservation(GrowingColumn column, int[] rank) {
        GrowingColumn sorted = new GrowingColumn();
        for (int i = 0; i < rows; i++) {
            sorted.add(rank[column.get(row(i))]);
        }
        return sorted.toColumn();
    }

    private double[] inOrder(double[] values) {
        if (order == null) {
            return Arrays.copyOf(values, rows);
        }
        double[] sorted = new double[rows];
        for (int i = 0; i < rows; i++) {
            sorted[i] = values[order[i]];
        }
        return sorted;
    }

    private void checkConstantInSeries(Attribute attribute, GrowingColumn column, Sink problems) {
        for (int s = 0; s < seriesStarts.length - 1; s++) {
            int first = column.get(row(seriesStarts[s]));
            for (int i = seriesStarts[s] + 1; i < seriesStarts[s + 1]; i++) {
                if (column.get(row(i)) != first) {
                    problems.problem(
                            Problem.Kind.INCONSISTENT,
                            row(i) + 2L,
                            attribute.id(),
                            "an attribute of the series must be the same in all its rows; row "
                                    + (row(seriesStarts[s]) + 2L) + " of the same series has another");
                    break;
                }
            }
        }
    }
}
