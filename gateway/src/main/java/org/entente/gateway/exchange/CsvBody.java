package org.entente.gateway.exchange;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.entente.agreements.decision.Decision;
import org.entente.gateway.sdmx.BoundQuery;
import org.entente.gateway.sdmx.CsvReader;
import org.entente.gateway.sdmx.DataFormat;
import org.entente.gateway.sdmx.DataMessage;
import org.entente.gateway.sdmx.MessageHeader;
import org.entente.gateway.sdmx.Projection;
import org.entente.gateway.statistics.Component.Attribute;
import org.entente.gateway.statistics.Cube;
import org.entente.gateway.statistics.Dataflow;

/** The body of a permitted answer: SDMX-CSV 2.0.0 of the granted cells, which name the agreement they were given under. */
final class CsvBody {
    /** Its media type, as sent. */
    static final String MEDIA_TYPE = DataFormat.CSV_2_0.contentType();

    private CsvBody() {}

    static byte[] write(Dataflow dataflow, MessageHeader header, Decision.Permit permit, Cube granted) {
        return write(DataMessage.of(dataflow, marked(granted, permit), header));
    }

    /** The page that a query asks for, in its order. What was granted is selected already; which columns is not the partner's affair. */
    static byte[] write(
            Dataflow dataflow, MessageHeader header, Decision.Permit permit, Cube granted, BoundQuery query) {
        Cube marked = marked(granted, permit);
        return write(new DataMessage(
                dataflow,
                () -> query.paged(marked.cursor()),
                Projection.all(dataflow.structure()),
                dataflow.structure().time().id(),
                header));
    }

    private static byte[] write(DataMessage message) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(32 << 10);
        try {
            DataFormat.CSV_2_0.write(message, out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    /** The cube with the agreement named in the attribute that the structure has for it, if it has one. */
    private static Cube marked(Cube cube, Decision.Permit permit) {
        return cube.structure()
                .attribute(Attribute.Role.AGREEMENT)
                .map(attribute -> {
                    SortedMap<String, String> attributes = new TreeMap<>(cube.datasetAttributes());
                    attributes.putAll(
                            Map.of(attribute.id(), permit.agreement() + " v" + permit.version() + " " + permit.leg()));
                    return cube.withDatasetAttributes(attributes);
                })
                .orElse(cube);
    }

    /** The cube in a body; refuses what is not the structure's, naming row and column. */
    static Cube read(Dataflow dataflow, byte[] csv) {
        try {
            return CsvReader.read(new ByteArrayInputStream(csv), dataflow);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
