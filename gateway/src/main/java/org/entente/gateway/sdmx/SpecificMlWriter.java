package org.entente.gateway.sdmx;

import java.io.IOException;
import java.io.OutputStream;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
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
    private final class Rows extends MlRows {
        private final boolean valued;

        Rows(Arrangement arrangement) {
            super(
                    arrangement,
                    SpecificMlWriter.this.sink,
                    SERIES_END,
                    (d, text) -> Xml.attribute(structure.dimensions().get(d).id(), text),
                    (attribute, text) -> Xml.attribute(attribute.id(), text));
            this.valued = arrangement.projection().measure();
        }

        @Override
        boolean beginSeries(boolean alone) throws IOException {
            sink.write(SERIES);
            seriesKey();
            for (int a : arrangement.ofSeries()) {
                sink.write(attributes[a][cursor.attribute(a)]);
            }
            sink.write(alone ? "/>\n" : ">\n");
            return !alone;
        }

        @Override
        void observation() {
            sink.raw(OBS);
            observationKey();
            if (valued) {
                sink.raw(measure);
                sink.value(cursor.value(), '.');
                sink.raw(QUOTE);
            }
        }

        @Override
        int observationBytes() {
            return OBS.length + 64 + measure.length;
        }

        @Override
        RowTails tails(byte[][][] texts, int[] positions) {
            return new RowTails(texts, positions, new byte[0], new byte[0], OBS_END);
        }
    }
}
