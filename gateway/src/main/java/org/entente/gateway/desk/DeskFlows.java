package org.entente.gateway.desk;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
import org.entente.gateway.releases.ImportedFlows;
import org.entente.gateway.sdmx.StructureReader;
import org.entente.gateway.statistics.AreaCodes;
import org.entente.gateway.statistics.ArtefactId;
import org.entente.gateway.statistics.Dataflow;
import org.entente.gateway.statistics.Dataflows;
import org.entente.gateway.statistics.DiasporaStructure;

/** The dataflows that a desk knows: those that ship with the application, and those whose structures it has taken in. */
final class DeskFlows implements Dataflows {
    private final AreaCodes areas = AreaCodes.load();
    private final List<Dataflow> flows = new ArrayList<>(DiasporaStructure.flows(DiasporaStructure.load()));

    @Override
    public List<Dataflow> all() {
        return List.copyOf(flows);
    }

    /** A dataflow that a dataset of this desk is under. */
    Dataflow require(ArtefactId id) {
        return find(id).orElseThrow(
                        () -> new EntenteException(ErrorCode.NOT_FOUND, "This desk knows no dataflow " + id + "."));
    }

    /**
     * The dataflows that a structure message would add.
     *
     * @param roles by component id the names of roles that the message does not tell
     * @throws EntenteException {@code file-unusable}; {@code structure-exists} if there are none, or if it says something else of what is
     *     known
     */
    List<Dataflow> added(byte[] message, Map<String, String> roles) {
        try {
            List<Dataflow> read = StructureReader.read(new ByteArrayInputStream(message), roles);
            List<Dataflow> added = ImportedFlows.of(read, flows, areas).added();
            if (added.isEmpty()) {
                throw new EntenteException(
                        ErrorCode.STRUCTURE_EXISTS, "This desk knows all dataflows of the message already.");
            }
            return added;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Takes in a message that {@link #added} has held. */
    void take(byte[] message, Map<String, String> roles) {
        flows.addAll(added(message, roles));
    }
}
