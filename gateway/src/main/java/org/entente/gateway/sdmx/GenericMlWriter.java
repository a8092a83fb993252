package org.entente.gateway.sdmx;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
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
    private final class Rows extends MlRows {

        Rows(Arrangement arrangement) {
            super(
                    arrangement,
                    GenericMlWriter.this.sink,
                    SERIES_END,
                    (d, text) -> element(
                            d == arrangement.observationDimension() ? "ObsDimension" : "Value",
                            structure.dimensions().get(d).id(),
                            text),
                    (attribute, text) -> element("Value", attribute.id(), text));
        }

        private static String element(String name, String id, String text) {
            return "<generic:" + name + Xml.attribute("id", id) + Xml.attribute("value", text) + "/>";
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

        @Override
        boolean beginSeries(boolean alone) throws IOException {
            sink.write(SERIES);
            seriesKey();
            sink.write(KEY_END);
            attributes(arrangement.ofSeries(), cursor);
            return true;
        }

        @Override
        void observation() {
            sink.raw(OBS);
            if (arrangement.flat()) {
                sink.raw(OBS_KEY);
                observationKey();
                sink.raw(OBS_KEY_END);
            } else {
                observationKey();
            }
            if (arrangement.projection().measure()) {
                sink.raw(VALUE);
                sink.value(cursor.value(), '.');
                sink.raw(VALUE_END);
            }
        }

        @Override
        int observationBytes() {
            return 256;
        }

        @Override
        RowTails tails(byte[][][] texts, int[] positions) {
            return new RowTails(texts, positions, ATTRIBUTES, ATTRIBUTES_END, OBS_END);
        }
    }
}
