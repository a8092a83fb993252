package org.entente.gateway.sdmx;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
import org.entente.gateway.statistics.Component.Attribute;
import org.entente.gateway.statistics.Dictionary;
import org.entente.gateway.statistics.ObservationCursor;
import org.entente.gateway.statistics.Structure;

/**
 * Structure-specific data of SDMX-ML 2.1 and 3.0, as the schema of {@link DataSchema} has them: series with their
 * observations, or observations alone.
 */
final class SpecificMlWriter {

    private static final byte[] OBS = Xml.utf8("<Obs");
    private static final byte[] OBS_END = Xml.utf8("/>\n");
    private static final byte[] SERIES = Xml.utf8("<Series");
    private static final byte[] SERIES_END = Xml.utf8("</Series>\n");
    private static final byte[] QUOTE = Xml.utf8("\"");

    private final DataMessage message;
    private final MlVersion version;
    private final boolean timeSeries;
    private final Structure structure;
    private final ByteSink sink;
    private final byte[] measure;

    /**
     * @param timeSeries whether to write the variant of 2.1 that holds time series only
     * @throws EntenteException {@code query-unfit} if time series are wanted with another dimension at the observation
     */
    SpecificMlWriter(DataMessage message, MlVersion version, boolean timeSeries, OutputStream out) {
        this.message = message;
        this.version = version;
        this.timeSeries = timeSeries;
        this.structure = message.dataflow().structure();
        this.sink = new ByteSink(out);
        String id = version == MlVersion.V2_1
                ? DataSchema.MEASURE_2_1
                : structure.measure().id();
        this.measure = Xml.utf8(" " + id + "=\"");
        if (timeSeries) {
            requireTime(message);
        }
    }

    static void requireTime(DataMessage message) {
        String time = message.dataflow().structure().time().id();
        if (!message.dimensionAtObservation().equals(time)) {
            throw new EntenteException(
                    ErrorCode.QUERY_UNFIT,
                    "A message of time series has " + time + " at the observation, not "
                            + message.dimensionAtObservation());
        }
    }

    void write() throws IOException {
        MlHeader header = new MlHeader(message, version);
        String namespace = DataSchema.of(message.dataflow(), message.dimensionAtObservation())
                .namespace();
        String root = timeSeries ? "StructureSpecificTimeSeriesData" : "StructureSpecificData";
        sink.write(header.begin(
                root,
                Xml.attribute("xmlns:ss", version.namespace("data/structurespecific"))
                        + Xml.attribute("xmlns:ns1", namespace),
                namespace));
        for (DataSet set : message.sets()) {
            Arrangement arrangement =
                    new Arrangement(structure, set, message.projection(), message.dimensionAtObservation());
            sink.write("<message:DataSet xsi:type=\"ns1:DataSetType\"" + header.dataSet(set, "ss:"));
            if (version == MlVersion.V2_1) {
                sink.write(" ss:dataScope=\"DataStructure\"");
            }
            sink.write(datasetAttributes(arrangement) + ">\n");
            new Rows(arrangement).write();
            sink.write("</message:DataSet>\n");
        }
        sink.write("</message:" + root + ">\n");
        sink.flush();
    }

    private String datasetAttributes(Arrangement arrangement) {
        StringBuilder xml = new StringBuilder();
        ObservationCursor first = arrangement.set().observations().get();
        if (!arrangement.ofDataset().isEmpty() && first.next()) {
            for (int a : arrangement.ofDataset()) {
                String text = first.attributeText(a);
                if (!text.isEmpty()) {
                    xml.append(Xml.attribute(structure.attributes().get(a).id(), text));
                }
            }
        }
        return xml.toString();
    }

    /** The observations of one data set. */
    private final class Rows {
        private final Arrangement arrangement;
        private final ObservationCursor cursor;
        private final byte[][][] dimensions;
        private final byte[][][] attributes;
        private final boolean valued;

        Rows(Arrangement arrangement) {
            this.arrangement = arrangement;
            this.cursor = arrangement.cursor();
            this.valued = arrangement.projection().measure();
            this.dimensions = new byte[structure.dimensions().size()][][];
            for (int d = 0; d < dimensions.length; d++) {
                dimensions[d] = rendered(structure.dimensions().get(d).id(), cursor.dimensionTexts(d), false);
            }
            this.attributes = new byte[structure.attributes().size()][][];
            for (int a = 0; a < attributes.length; a++) {
                Attribute attribute = structure.attributes().get(a);
                attributes[a] = rendered(attribute.id(), cursor.attributeTexts(a), true);
            }
        }

        private static byte[][] rendered(String id, Dictionary texts, boolean zeroIsAbsent) {
            byte[][] rendered = new byte[texts.size()][];
            for (int i = 0; i < rendered.length; i++) {
                rendered[i] = zeroIsAbsent && i == 0 ? new byte[0] : Xml.utf8(Xml.attribute(id, texts.text(i)));
            }
            return rendered;
        }

        void write() throws IOException {
            boolean keysAlone = arrangement.projection().keysOnly()
                    && !arrangement.flat()
                    && arrangement.set().action() != DataSet.Action.DELETE;
            boolean open = false;
            RowTails tails = tails();
            int longest = OBS.length + 64 + measure.length + tails.longest() + keyBytes();
            while (cursor.next()) {
                boolean first = cursor.firstOfSeries();
                if (first && !arrangement.flat()) {
                    if (open) {
                        sink.write(SERIES_END);
                    }
                    series(keysAlone);
                    open = !keysAlone;
                }
                if (!keysAlone) {
                    sink.room(longest);
                    sink.raw(OBS);
                    observation();
                    tails.write(sink, cursor);
                }
            }
            if (open) {
                sink.write(SERIES_END);
            }
        }

        private void series(boolean empty) throws IOException {
            sink.write(SERIES);
            for (int d : arrangement.key()) {
                sink.write(dimensions[d][cursor.dimension(d)]);
            }
            for (int a : arrangement.ofSeries()) {
                sink.write(attributes[a][cursor.attribute(a)]);
            }
            sink.write(empty ? "/>\n" : ">\n");
        }

        private void observation() {
            if (arrangement.flat()) {
                for (int d = 0; d < dimensions.length; d++) {
                    sink.raw(dimensions[d][cursor.dimension(d)]);
                }
            } else {
                int d = arrangement.observationDimension();
                sink.raw(dimensions[d][cursor.dimension(d)]);
            }
            if (valued) {
                sink.raw(measure);
                sink.value(cursor.value(), '.');
                sink.raw(QUOTE);
            }
        }

        private RowTails tails() {
            List<Integer> shown = arrangement.ofObservation();
            byte[][][] texts = shown.stream().map(a -> attributes[a]).toArray(byte[][][]::new);
            RowTails tails = new RowTails(
                    texts, shown.stream().mapToInt(Integer::intValue).toArray(), new byte[0], new byte[0], OBS_END);
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
