package org.entente.gateway.sdmx;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import org.entente.gateway.statistics.Component.Attribute;
import org.entente.gateway.statistics.Dictionary;
import org.entente.gateway.statistics.ObservationCursor;
import org.entente.gateway.statistics.Structure;

/** Generic data of SDMX-ML 2.1 (SDMXDataGenericBase.xsd), whose elements are the same for every structure. */
final class GenericMlWriter {

    private static final byte[] SERIES = Xml.utf8("<generic:Series><generic:SeriesKey>");
    private static final byte[] KEY_END = Xml.utf8("</generic:SeriesKey>");
    private static final byte[] SERIES_END = Xml.utf8("</generic:Series>\n");
    private static final byte[] ATTRIBUTES = Xml.utf8("<generic:Attributes>");
    private static final byte[] ATTRIBUTES_END = Xml.utf8("</generic:Attributes>");
    private static final byte[] OBS = Xml.utf8("<generic:Obs>");
    private static final byte[] OBS_END = Xml.utf8("</generic:Obs>\n");
    private static final byte[] OBS_KEY = Xml.utf8("<generic:ObsKey>");
    private static final byte[] OBS_KEY_END = Xml.utf8("</generic:ObsKey>");
    private static final byte[] VALUE = Xml.utf8("<generic:ObsValue value=\"");
    private static final byte[] VALUE_END = Xml.utf8("\"/>");

    private final DataMessage message;
    private final boolean timeSeries;
    private final Structure structure;
    private final ByteSink sink;

    /** @throws org.entente.gateway.base.EntenteException as {@link SpecificMlWriter} */
    GenericMlWriter(DataMessage message, boolean timeSeries, OutputStream out) {
        this.message = message;
        this.timeSeries = timeSeries;
        this.structure = message.dataflow().structure();
        this.sink = new ByteSink(out);
        if (timeSeries) {
            SpecificMlWriter.requireTime(message);
        }
    }

    void write() throws IOException {
        MlHeader header = new MlHeader(message, MlVersion.V2_1);
        String root = timeSeries ? "GenericTimeSeriesData" : "GenericData";
        sink.write(header.begin(root, Xml.attribute("xmlns:generic", MlVersion.V2_1.namespace("data/generic")), ""));
        for (DataSet set : message.sets()) {
            Arrangement arrangement =
                    new Arrangement(structure, set, message.projection(), message.dimensionAtObservation());
            sink.write("<message:DataSet" + header.dataSet(set, "") + ">\n");
            Rows rows = new Rows(arrangement);
            rows.datasetAttributes();
            rows.write();
            sink.write("</message:DataSet>\n");
        }
        sink.write("</message:" + root + ">\n");
        sink.flush();
    }

    /** The observations of one data set. */
    private final class Rows {
        private final Arrangement arrangement;
        private final ObservationCursor cursor;
        private final byte[][][] dimensions;
        private final byte[][][] attributes;

        Rows(Arrangement arrangement) {
            this.arrangement = arrangement;
            this.cursor = arrangement.cursor();
            this.dimensions = new byte[structure.dimensions().size()][][];
            for (int d = 0; d < dimensions.length; d++) {
                boolean alone = d == arrangement.observationDimension();
                dimensions[d] = rendered(
                        alone ? "ObsDimension" : "Value",
                        structure.dimensions().get(d).id(),
                        cursor.dimensionTexts(d),
                        false);
            }
            this.attributes = new byte[structure.attributes().size()][][];
            for (int a = 0; a < attributes.length; a++) {
                Attribute attribute = structure.attributes().get(a);
                attributes[a] = rendered("Value", attribute.id(), cursor.attributeTexts(a), true);
            }
        }

        private static byte[][] rendered(String element, String id, Dictionary texts, boolean zeroIsAbsent) {
            byte[][] rendered = new byte[texts.size()][];
            for (int i = 0; i < rendered.length; i++) {
                rendered[i] = zeroIsAbsent && i == 0
                        ? new byte[0]
                        : Xml.utf8("<generic:" + element + Xml.attribute("id", id)
                                + Xml.attribute("value", texts.text(i)) + "/>");
            }
            return rendered;
        }

        void datasetAttributes() throws IOException {
            ObservationCursor first = arrangement.set().observations().get();
            if (!arrangement.ofDataset().isEmpty() && first.next()) {
                attributes(arrangement.ofDataset(), first);
            }
        }

        private void attributes(List<Integer> positions, ObservationCursor at) throws IOException {
            boolean any = false;
            for (int a : positions) {
                byte[] text = attributes[a][at.attribute(a)];
                if (text.length > 0 && !any) {
                    sink.write(ATTRIBUTES);
                    any = true;
                }
                sink.write(text);
            }
            if (any) {
                sink.write(ATTRIBUTES_END);
            }
        }

        void write() throws IOException {
            boolean keysAlone = arrangement.projection().keysOnly()
                    && !arrangement.flat()
                    && arrangement.set().action() != DataSet.Action.DELETE;
            RowTails tails = tails();
            int longest = 256 + tails.longest() + keyBytes();
            boolean open = false;
            while (cursor.next()) {
                if (cursor.firstOfSeries() && !arrangement.flat()) {
                    if (open) {
                        sink.write(SERIES_END);
                    }
                    series();
                    open = true;
                }
                if (!keysAlone) {
                    sink.room(longest);
                    observation();
                    tails.write(sink, cursor);
                }
            }
            if (open) {
                sink.write(SERIES_END);
            }
        }

        private void series() throws IOException {
            sink.write(SERIES);
            for (int d : arrangement.key()) {
                sink.write(dimensions[d][cursor.dimension(d)]);
            }
            sink.write(KEY_END);
            attributes(arrangement.ofSeries(), cursor);
        }

        private void observation() {
            sink.raw(OBS);
            if (arrangement.flat()) {
                sink.raw(OBS_KEY);
                for (int d = 0; d < dimensions.length; d++) {
                    sink.raw(dimensions[d][cursor.dimension(d)]);
                }
                sink.raw(OBS_KEY_END);
            } else {
                int d = arrangement.observationDimension();
                sink.raw(dimensions[d][cursor.dimension(d)]);
            }
            if (arrangement.projection().measure()) {
                sink.raw(VALUE);
                sink.value(cursor.value(), '.');
                sink.raw(VALUE_END);
            }
        }

        private RowTails tails() {
            List<Integer> shown = arrangement.ofObservation();
            byte[][][] texts = shown.stream().map(a -> attributes[a]).toArray(byte[][][]::new);
            RowTails tails = new RowTails(
                    texts, shown.stream().mapToInt(Integer::intValue).toArray(), ATTRIBUTES, ATTRIBUTES_END, OBS_END);
            tails.between(new byte[texts.length + 1][0]);
            return tails;
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
}
