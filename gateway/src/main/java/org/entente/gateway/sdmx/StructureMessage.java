package org.entente.gateway.sdmx;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import org.entente.gateway.statistics.Dataflow;

/**
 * Structures ready to be written.
 *
 * @param shown each artefact once, with how much of it is shown
 */
public record StructureMessage(List<Shown> shown) {

    /** How much of an artefact is shown. */
    public enum Detail {
        FULL,
        /** Identification, name, description and annotations. */
        COMPLETE_STUB,
        /** Identification and name. */
        STUB
    }

    /** One artefact of the message. */
    public record Shown(Artefact artefact, Detail detail) {
        boolean isStub() {
            return detail != Detail.FULL;
        }
    }

    public StructureMessage {
        shown = List.copyOf(shown);
    }

    /** Artefacts in full. */
    public static StructureMessage full(List<? extends Artefact> artefacts) {
        return new StructureMessage(artefacts.stream()
                .map(artefact -> new Shown(artefact, Detail.FULL))
                .toList());
    }

    /** A dataflow with all that it refers to ({@code references=descendants}). */
    public static StructureMessage all(Dataflow dataflow) {
        return StructureQuery.of(ArtefactType.DATAFLOW, "descendants").select(Catalogue.of(dataflow));
    }

    /** Whether there is nothing to write. */
    public boolean isEmpty() {
        return shown.isEmpty();
    }

    /** The artefacts of one type, in order. */
    List<Shown> ofType(ArtefactType type) {
        return shown.stream().filter(one -> one.artefact().type() == type).toList();
    }

    /** Writes the message as SDMX-JSON 2.0.0; the stream is flushed, not closed. */
    public void write(MessageHeader header, OutputStream out) throws IOException {
        StructureFormat.JSON_2_0.write(this, header, Languages.ANY, out);
    }
}
