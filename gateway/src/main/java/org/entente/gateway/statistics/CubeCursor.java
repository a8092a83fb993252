package org.entente.gateway.statistics;

import java.util.Map;
import org.entente.gateway.statistics.Component.Attribute;

/** The cursor of a cube or a slice of it. */
final class CubeCursor implements ObservationCursor {

    private final Structure structure;
    private final Columns columns;
    private final SliceRows rows;
    private final Dictionary[] attributeTexts;
    private final boolean[] ofDataset;
    private final int time;
    private int index = -1;
    private int count;
    private int series;
    private int row;

    CubeCursor(Structure structure, Columns columns, Map<String, String> datasetAttributes, Slice slice) {
        this.structure = structure;
        this.columns = columns;
        this.rows = new SliceRows(columns, slice);
        this.time = structure.timePosition();
        this.attributeTexts = columns.attributeTexts().clone();
        this.ofDataset = new boolean[attributeTexts.length];
        for (int a = 0; a < attributeTexts.length; a++) {
            Attribute attribute = structure.attributes().get(a);
            if (attribute.level() == Attribute.Level.DATASET) {
                ofDataset[a] = true;
                String value = datasetAttributes.get(attribute.id());
                attributeTexts[a] = new Dictionary(value == null ? new String[] {""} : new String[] {"", value});
            }
        }
    }

    @Override
    public Structure structure() {
        return structure;
    }

    @Override
    public Dictionary dimensionTexts(int dimension) {
        return columns.dimensionTexts()[dimension];
    }

    @Override
    public Dictionary attributeTexts(int attribute) {
        return attributeTexts[attribute];
    }

    @Override
    public int constantAttribute(int attribute) {
        return ofDataset[attribute] ? attributeTexts[attribute].size() - 1 : columns.attributes()[attribute].constant();
    }

    @Override
    public boolean next() {
        index++;
        if (index >= count) {
            if (!rows.nextSeries()) {
                count = 0;
                index = 0;
                return false;
            }
            index = 0;
            count = rows.rowCount();
            series = rows.series();
        }
        row = rows.row(index);
        return true;
    }

    @Override
    public boolean firstOfSeries() {
        return index == 0;
    }

    @Override
    public int dimension(int dimension) {
        return dimension == time ? columns.times().get(row) : columns.keys()[dimension].get(series);
    }

    @Override
    public int attribute(int attribute) {
        if (ofDataset[attribute]) {
            return attributeTexts[attribute].size() - 1;
        }
        return columns.attributes()[attribute].get(columns.seriesAttribute()[attribute] ? series : row);
    }

    @Override
    public double value() {
        return columns.values()[row];
    }
}
