package org.entente.gateway.releases;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
import org.entente.gateway.statistics.AreaCodes;
import org.entente.gateway.statistics.ArtefactId;
import org.entente.gateway.statistics.Codelist;
import org.entente.gateway.statistics.Component;
import org.entente.gateway.statistics.Dataflow;
import org.entente.gateway.statistics.Representation;
import org.entente.gateway.statistics.Structure;

/**
 * What a message adds to the dataflows that are known.
 *
 * @param added dataflows that were not known; where the structure was known, with the known one
 * @param artefacts everything that is new
 */
public record ImportedFlows(List<Dataflow> added, List<Named> artefacts) {

    private static final int LONGEST_ID = 200;

    /**
     * An artefact; ids are unique only within a type.
     *
     * @param type as SDMX REST names it: {@code dataflow}, {@code codelist} ...
     */
    public record Named(String type, ArtefactId id) {}

    /**
     * Holds a message against what is known.
     *
     * @throws EntenteException {@code structure-exists}, {@code file-unusable}
     */
    public static ImportedFlows of(List<Dataflow> message, List<Dataflow> known, AreaCodes areas) {
        Map<ArtefactId, Structure> structures = new LinkedHashMap<>();
        Map<ArtefactId, Codelist> lists = new LinkedHashMap<>();
        for (Dataflow flow : known) {
            structures.putIfAbsent(flow.structure().id(), flow.structure());
            flow.structure().codelists().forEach(list -> lists.putIfAbsent(list.id(), list));
        }
        List<Dataflow> added = new ArrayList<>();
        List<Named> artefacts = new ArrayList<>();
        for (Dataflow flow : message) {
            Structure structure = flow.structure();
            Structure same = structures.get(structure.id());
            if (same == null) {
                requireExchangeable(structure, areas);
                structure.codelists().forEach(list -> codelist(list, lists, artefacts));
                structures.put(structure.id(), structure);
                name("datastructure", structure.id(), artefacts);
            } else if (!shape(same).equals(shape(structure))) {
                throw exists("data structure", structure.id());
            }
            Structure used = same == null ? structure : same;
            Optional<Dataflow> earlier =
                    known.stream().filter(one -> one.id().equals(flow.id())).findFirst();
            if (earlier.isEmpty()) {
                added.add(new Dataflow(flow.id(), flow.name(), used));
                name("dataflow", flow.id(), artefacts);
            } else if (!earlier.get().structure().id().equals(used.id())) {
                throw exists("dataflow", flow.id());
            }
        }
        return new ImportedFlows(added, artefacts);
    }

    static void codelist(Codelist list, Map<ArtefactId, Codelist> known, List<Named> artefacts) {
        Codelist same = known.putIfAbsent(list.id(), list);
        if (same == null) {
            name("codelist", list.id(), artefacts);
        } else if (!same.codes().stream()
                .map(code -> code.id())
                .toList()
                .equals(list.codes().stream().map(code -> code.id()).toList())) {
            throw exists("code list", list.id());
        }
    }

    static void name(String type, ArtefactId id, List<Named> artefacts) {
        if (id.toString().length() > LONGEST_ID) {
            throw new EntenteException(
                    ErrorCode.FILE_UNUSABLE, "The id " + id + " is longer than " + LONGEST_ID + " characters.");
        }
        artefacts.add(new Named(type, id));
    }

    static EntenteException exists(String what, ArtefactId id) {
        return new EntenteException(
                ErrorCode.STRUCTURE_EXISTS,
                "This node knows another " + what + " " + id + ", and what it knows is never changed.");
    }

    /** Queries are routed by reporting area, so its codes must say whose figures are meant. */
    private static void requireExchangeable(Structure structure, AreaCodes areas) {
        Component area = structure.reportingArea();
        boolean named = area.representation().codelist().stream()
                .flatMap(list -> list.codes().stream())
                .anyMatch(code -> areas.partyOf(code.id()).isPresent());
        if (!named) {
            throw new EntenteException(
                    ErrorCode.FILE_UNUSABLE,
                    "The reporting area of " + structure.id() + ", " + area.id()
                            + ", needs a code list with the two-letter codes of parties' territories (SDMX CL_AREA); it has"
                            + " none of them.");
        }
    }

    /** What figures depend on: components in order with their place and what they may hold. */
    private static List<String> shape(Structure structure) {
        List<String> shape = new ArrayList<>();
        for (Component component : structure.components()) {
            String place = switch (component) {
                case Component.Dimension dimension -> "dimension " + dimension.role();
                case Component.Measure measure -> "measure";
                case Component.Attribute attribute ->
                    "attribute " + attribute.role() + " " + attribute.level() + " " + attribute.mandatory();
            };
            String holds = switch (component.representation()) {
                case Representation.Coded coded ->
                    coded.list().id() + " "
                            + coded.list().codes().stream()
                                    .map(code -> code.id())
                                    .toList();
                case Representation.Text text ->
                    text.type() + " " + text.pattern().pattern() + " " + text.maxLength();
                case Representation.Time time -> "time";
                case Representation.Numeric numeric -> "number";
            };
            shape.add(component.id() + " " + place + " " + holds);
        }
        return shape;
    }
}
