package org.entente.gateway.sdmx;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.statistics.Dataflow;
import org.entente.gateway.statistics.Metadataflow;

/**
 * Reads structure messages of SDMX-JSON 2.0 and 2.1, SDMX-ML 2.1 and 3.0 into dataflows and metadataflows with their structures and
 * code lists.
 * What is read must be whole: a code list or structure that is referred to and not in the message is refused by name.
 * Attributes of groups or of some dimensions become attributes of the series.
 */
public final class StructureReader {

    /** Largest message that is read. */
    public static final int MAX_BYTES = 64 << 20;

    private StructureReader() {}

    /**
     * Reads the dataflows of a message; whether it is JSON or XML is seen by its first character.
     *
     * @param roles by component id the names of roles ({@code REPORTING_AREA} ...) that the message's annotations do not tell
     * @throws EntenteException {@code file-unusable}
     */
    public static List<Dataflow> read(InputStream in, Map<String, String> roles) throws IOException {
        List<Dataflow> dataflows = readAll(in, roles).dataflows();
        if (dataflows.isEmpty()) {
            throw StructureParts.unusable("The message holds no data structure definition.");
        }
        return dataflows;
    }

    /** What a message defines: flows of data, flows of reports about data, and the topics under which flows stand. */
    public record Read(List<Dataflow> dataflows, List<Metadataflow> metadataflows, Categories categories) {
        public Read {
            dataflows = List.copyOf(dataflows);
            metadataflows = List.copyOf(metadataflows);
        }
    }

    /** As {@link #read}, with the metadataflows and the topics, of which a message may have nothing else. */
    public static Read readAll(InputStream in, Map<String, String> roles) throws IOException {
        byte[] bytes = in.readNBytes(MAX_BYTES + 1);
        if (bytes.length > MAX_BYTES) {
            throw StructureParts.unusable("The structure message is larger than " + MAX_BYTES + " bytes.");
        }
        int at = 0;
        // A byte order mark and white space may come first.
        while (at < bytes.length && bytes[at] != '{' && bytes[at] != '<') {
            at++;
        }
        if (at == bytes.length) {
            throw StructureParts.unusable("The file is neither SDMX-JSON nor SDMX-ML.");
        }
        StructureParts parts =
                bytes[at] == '{' ? JsonStructureReader.read(bytes, at) : new MlStructureReader().read(bytes, at);
        Read read = new Read(parts.assemble(roles), parts.metadata.assemble(), parts.categories);
        if (read.dataflows().isEmpty()
                && read.metadataflows().isEmpty()
                && read.categories().isEmpty()) {
            throw StructureParts.unusable(
                    "The message holds no data or metadata structure definition and no categories.");
        }
        return read;
    }
}
