package org.entente.gateway.releases;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.releases.ImportedFlows.Named;
import org.entente.gateway.statistics.ArtefactId;
import org.entente.gateway.statistics.Code;
import org.entente.gateway.statistics.Codelist;
import org.entente.gateway.statistics.Dataflow;
import org.entente.gateway.statistics.MetadataStructure;
import org.entente.gateway.statistics.Metadataflow;

/**
 * What a message adds to the metadataflows that are known.
 *
 * @param added metadataflows that were not known; where the structure was known, with the known one
 * @param artefacts everything that is new
 */
record ImportedReports(List<Metadataflow> added, List<Named> artefacts) {

    /**
     * Holds a message against what is known.
     *
     * @param flows all dataflows that are known together with those of the message, whose code lists may be shared
     * @throws EntenteException {@code structure-exists}, {@code file-unusable}
     */
    static ImportedReports of(List<Metadataflow> message, List<Metadataflow> known, List<Dataflow> flows) {
        Map<ArtefactId, MetadataStructure> structures = new LinkedHashMap<>();
        Map<ArtefactId, Codelist> lists = new HashMap<>();
        flows.forEach(flow -> flow.structure().codelists().forEach(list -> lists.putIfAbsent(list.id(), list)));
        for (Metadataflow flow : known) {
            structures.putIfAbsent(flow.structure().id(), flow.structure());
            flow.structure().codelists().forEach(list -> lists.putIfAbsent(list.id(), list));
        }
        List<Metadataflow> added = new ArrayList<>();
        List<Named> artefacts = new ArrayList<>();
        for (Metadataflow flow : message) {
            MetadataStructure structure = flow.structure();
            MetadataStructure same = structures.putIfAbsent(structure.id(), structure);
            if (same == null) {
                structure.codelists().forEach(list -> ImportedFlows.codelist(list, lists, artefacts));
                ImportedFlows.name("metadatastructure", structure.id(), artefacts);
            } else if (!shape(same).equals(shape(structure))) {
                throw ImportedFlows.exists("metadata structure", structure.id());
            }
            Optional<Metadataflow> earlier =
                    known.stream().filter(one -> one.id().equals(flow.id())).findFirst();
            if (earlier.isEmpty()) {
                added.add(new Metadataflow(flow.id(), flow.name(), same == null ? structure : same, flow.targets()));
                ImportedFlows.name("metadataflow", flow.id(), artefacts);
            } else if (!earlier.get().structure().id().equals(structure.id())) {
                throw ImportedFlows.exists("metadataflow", flow.id());
            }
        }
        return new ImportedReports(added, artefacts);
    }

    /** What reports depend on: headings in order with what they may hold. */
    private static List<String> shape(MetadataStructure structure) {
        List<String> shape = new ArrayList<>();
        structure.byPath().forEach((path, heading) -> {
            Codelist codes = heading.codes();
            shape.add(path + " " + heading.required() + " " + heading.presentational() + " "
                    + (codes == null
                            ? ""
                            : codes.codes().stream().map(Code::id).toList().toString()));
        });
        return shape;
    }
}
