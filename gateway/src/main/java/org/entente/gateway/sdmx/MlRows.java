package org.entente.gateway.sdmx;

import java.io.IOException;
import java.util.List;
import java.util.function.BiFunction;
import org.entente.gateway.statistics.Component.Attribute;
import org.entente.gateway.statistics.Dictionary;
import org.entente.gateway.statistics.ObservationCursor;
import org.entente.gateway.statistics.Structure;

/**
 * The observations of one data set in SDMX-ML: series with their observations, or observations alone. Every text is put into its XML once.
 * What the elements look like is up to the kind of message.
 */
abstract class MlRows {

    private final byte[] seriesEnd;
    final Arrangement arrangement;
    final ObservationCursor cursor;
    final ByteSink sink;
    /** By dimension and number of the text. */
    final byte[][][] dimensions;
    /** By attribute and number of the text; empty for an absent one. */
    final byte[][][] attributes;

    /**
     * @param dimension position and text of a dimension to its XML
     * @param attribute attribute and text to its XML
     */
    MlRows(
            Arrangement arrangement,
            ByteSink sink,
            byte[] seriesEnd,
            BiFunction<Integer, String, String> dimension,
            BiFunction<Attribute, String, String> attribute) {
        this.arrangement = arrangement;
        this.sink = sink;
        this.seriesEnd = seriesEnd;
        this.cursor = arrangement.cursor();
        Structure structure = cursor.structure();
        this.dimensions = new byte[structure.dimensions().size()][][];
        for (int d = 0; d < dimensions.length; d++) {
            Dictionary texts = cursor.dimensionTexts(d);
            dimensions[d] = new byte[texts.size()][];
            for (int i = 0; i < texts.size(); i++) {
                dimensions[d][i] = Xml.utf8(dimension.apply(d, texts.text(i)));
            }
        }
        this.attributes = new byte[structure.attributes().size()][][];
        for (int a = 0; a < attributes.length; a++) {
            Dictionary texts = cursor.attributeTexts(a);
            attributes[a] = new byte[texts.size()][];
            for (int i = 0; i < texts.size(); i++) {
                attributes[a][i] = i == 0
                        ? new byte[0]
                        : Xml.utf8(attribute.apply(structure.attributes().get(a), texts.text(i)));
            }
        }
    }

    /**
     * Begins a series: its key and its attributes.
     *
     * @param alone whether no observations follow, since keys alone are wanted
     * @return whether the series wants its end
     */
    abstract boolean beginSeries(boolean alone) throws IOException;

    /** The key of an observation and its value, for which {@link #observationBytes} are free in the sink. */
    abstract void observation();

    /** The most bytes of {@link #observation} besides the dimensions. */
    abstract int observationBytes();

    /** What stands after the value: the attributes with these texts. */
    abstract RowTails tails(byte[][][] texts, int[] positions);

    final void write() throws IOException {
        boolean keysAlone = arrangement.projection().keysOnly()
                && !arrangement.flat()
                && arrangement.set().action() != DataSet.Action.DELETE;
        List<Integer> shown = arrangement.ofObservation();
        RowTails tails = tails(
                shown.stream().map(a -> attributes[a]).toArray(byte[][][]::new),
                shown.stream().mapToInt(Integer::intValue).toArray());
        tails.between(new byte[shown.size() + 1][0]);
        int longest = observationBytes() + tails.longest() + keyBytes();
        boolean open = false;
        while (cursor.next()) {
            if (cursor.firstOfSeries() && !arrangement.flat()) {
                if (open) {
                    sink.write(seriesEnd);
                }
                open = beginSeries(keysAlone);
            }
            if (!keysAlone) {
                sink.room(longest);
                observation();
                tails.write(sink, cursor);
            }
        }
        if (open) {
            sink.write(seriesEnd);
        }
    }

    /** The dimensions of the key of an observation: all where it stands alone, else the one at the observation. */
    final void observationKey() {
        if (arrangement.flat()) {
            for (int d = 0; d < dimensions.length; d++) {
                sink.raw(dimensions[d][cursor.dimension(d)]);
            }
        } else {
            int d = arrangement.observationDimension();
            sink.raw(dimensions[d][cursor.dimension(d)]);
        }
    }

    final void seriesKey() throws IOException {
        for (int d : arrangement.key()) {
            sink.write(dimensions[d][cursor.dimension(d)]);
        }
    }

    private int keyBytes() {
        int bytes = 0;
        for (byte[][] texts : dimensions) {
            int longest = 0;
            for (byte[] text : texts) {
                longest = Math.max(longest, text.length);
            }
            bytes += longest;
        }
        return bytes;
    }
}
