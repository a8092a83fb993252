package org.entente.gateway.sdmx;

import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
import org.entente.gateway.statistics.ArtefactId;
import org.entente.gateway.statistics.Codelist;
import org.entente.gateway.statistics.Dataflow;
import org.entente.gateway.statistics.Structure;
import org.jspecify.annotations.Nullable;

/**
 * A structure query of SDMX REST 2 over dataflows and what they refer to.
 *
 * @param type which artefacts are asked for; empty for all types
 * @param artefact which of them
 * @param items of a code list only these codes; empty for all
 * @param detail how much of each
 * @param references which others come along: {@code none}, {@code all}, {@code children} ... or a type
 */
public record StructureQuery(
        Set<Type> type, ArtefactQuery artefact, List<String> items, String detail, String references) {

    /** The artefact types that a node holds. */
    public enum Type {
        DATAFLOW,
        DATASTRUCTURE,
        CODELIST,
        CONCEPTSCHEME;

        static @Nullable Type named(String text) {
            for (Type type : values()) {
                if (type.name().equalsIgnoreCase(text)) {
                    return type;
                }
            }
            return null;
        }
    }

    private static final Set<String> DETAILS = Set.of(
            "full",
            "raw",
            "allstubs",
            "allcompletestubs",
            "referencestubs",
            "referencecompletestubs",
            "referencepartial");
    private static final Set<String> REFERENCES =
            Set.of("none", "parents", "parentsandsiblings", "ancestors", "children", "descendants", "all");

    /**
     * Reads a query.
     *
     * @param rawPath what follows the service's base, still percent-encoded:
     *     {@code /structure/{type}/{agency}/{id}/{version}/{item}}
     * @param rawQuery the query part, still percent-encoded, or null
     * @throws EntenteException {@code query-malformed}, or {@code not-implemented} for artefact types not held here
     */
    public static StructureQuery parse(String rawPath, @Nullable String rawQuery) {
        List<String> path = new ArrayList<>();
        for (String segment : rawPath.split("/", -1)) {
            if (!segment.isEmpty()) {
                path.add(Percent.decode(segment));
            }
        }
        if (path.isEmpty() || !path.getFirst().equals("structure") || path.size() > 6) {
            throw malformed("a structure query has the path /structure/{type}/{agency}/{id}/{version}/{item}");
        }
        String detail = "full";
        String references = "none";
        for (String pair : rawQuery == null ? new String[0] : rawQuery.split("&")) {
            int equals = pair.indexOf('=');
            String name = Percent.decode(equals < 0 ? pair : pair.substring(0, equals));
            String value = equals < 0 ? "" : Percent.decode(pair.substring(equals + 1));
            switch (name) {
                case "detail" -> detail = value;
                case "references" -> references = value;
                default -> {
                    if (!name.isEmpty() && !DataQuery.FORMAT_PARAMETERS.contains(name)) {
                        throw malformed("the parameter '" + name + "' is not known");
                    }
                }
            }
        }
        if (!DETAILS.contains(detail)) {
            throw malformed("detail is one of " + DETAILS);
        }
        if (!REFERENCES.contains(references) && Type.named(references) == null) {
            throw malformed("references is one of " + REFERENCES + " or an artefact type");
        }
        List<String> items = path.size() > 5 && !path.get(5).equals("*")
                ? List.of(path.get(5).split(",", -1))
                : List.of();
        return new StructureQuery(
                types(part(path, 1, "*")),
                ArtefactQuery.parse(part(path, 2, "*"), part(path, 3, "*"), part(path, 4, "~")),
                items,
                detail,
                references);
    }

    private static String part(List<String> path, int index, String standard) {
        return path.size() > index ? path.get(index) : standard;
    }

    private static Set<Type> types(String text) {
        if (text.equals("*")) {
            return EnumSet.allOf(Type.class);
        }
        Type type = Type.named(text);
        if (type == null) {
            throw new EntenteException(
                    ErrorCode.NOT_IMPLEMENTED, "Artefacts of the type '" + text + "' are not held here.");
        }
        return EnumSet.of(type);
    }

    private static EntenteException malformed(String detail) {
        return new EntenteException(ErrorCode.QUERY_MALFORMED, detail);
    }

    /** What the query means among these dataflows. */
    public StructureMessage select(Collection<Dataflow> dataflows) {
        return new Selection(dataflows).message();
    }

    /** The artefacts that are asked for and those that come along. */
    private final class Selection {
        private final List<Dataflow> held;
        private final Set<Dataflow> flows = new LinkedHashSet<>();
        private final Set<Structure> structures = new LinkedHashSet<>();
        private final Set<Codelist> lists = new LinkedHashSet<>();
        private final Set<Structure> schemes = new LinkedHashSet<>();
        private final Set<ArtefactId> asked = new HashSet<>();

        Selection(Collection<Dataflow> dataflows) {
            this.held = List.copyOf(dataflows);
        }

        StructureMessage message() {
            List<Structure> heldStructures =
                    held.stream().map(Dataflow::structure).distinct().toList();
            List<Codelist> heldLists = heldStructures.stream()
                    .flatMap(structure -> structure.codelists().stream())
                    .distinct()
                    .toList();
            if (type.contains(Type.DATAFLOW)) {
                flows.addAll(artefact.select(held, Dataflow::id));
            }
            if (type.contains(Type.DATASTRUCTURE)) {
                structures.addAll(artefact.select(heldStructures, Structure::id));
            }
            if (type.contains(Type.CODELIST)) {
                lists.addAll(artefact.select(heldLists, Codelist::id));
            }
            if (type.contains(Type.CONCEPTSCHEME)) {
                schemes.addAll(artefact.select(heldStructures, Structure::conceptScheme));
            }
            flows.forEach(flow -> asked.add(flow.id()));
            structures.forEach(structure -> asked.add(structure.id()));
            lists.forEach(list -> asked.add(list.id()));
            schemes.forEach(scheme -> asked.add(scheme.conceptScheme()));
            references();
            return new StructureMessage(
                    List.copyOf(flows),
                    List.copyOf(structures),
                    lists.stream().map(this::codes).toList(),
                    List.copyOf(schemes),
                    stubs());
        }

        private void references() {
            Type named = Type.named(references);
            boolean all = references.equals("all") || named != null;
            boolean up =
                    all || Set.of("parents", "parentsandsiblings", "ancestors").contains(references);
            boolean beside = all || references.equals("parentsandsiblings");
            boolean down = all || Set.of("children", "descendants").contains(references);
            boolean far = all || references.equals("ancestors");
            if (up) {
                parents(far, beside);
            }
            if (down) {
                children(all || references.equals("descendants"));
            }
            if (named != null) {
                keepOnly(named);
            }
        }

        private void parents(boolean far, boolean beside) {
            List<Structure> askedStructures = List.copyOf(structures);
            for (Dataflow flow : held) {
                Structure structure = flow.structure();
                boolean usesAsked =
                        structure.codelists().stream().anyMatch(lists::contains) || schemes.contains(structure);
                if (usesAsked) {
                    structures.add(structure);
                }
                if (askedStructures.contains(structure) || (usesAsked && far)) {
                    flows.add(flow);
                }
            }
            if (beside) {
                structures.stream()
                        .filter(structure -> !askedStructures.contains(structure))
                        .toList()
                        .forEach(this::belowStructure);
            }
        }

        private void children(boolean deep) {
            List<Structure> askedStructures = List.copyOf(structures);
            flows.forEach(flow -> structures.add(flow.structure()));
            (deep ? List.copyOf(structures) : askedStructures).forEach(this::belowStructure);
        }

        private void belowStructure(Structure structure) {
            lists.addAll(structure.codelists());
            schemes.add(structure);
        }

        private void keepOnly(Type named) {
            flows.removeIf(flow -> named != Type.DATAFLOW && !asked.contains(flow.id()));
            structures.removeIf(structure -> named != Type.DATASTRUCTURE && !asked.contains(structure.id()));
            lists.removeIf(list -> named != Type.CODELIST && !asked.contains(list.id()));
            schemes.removeIf(scheme -> named != Type.CONCEPTSCHEME && !asked.contains(scheme.conceptScheme()));
        }

        private StructureMessage.Codes codes(Codelist list) {
            return new StructureMessage.Codes(
                    list,
                    items.isEmpty() || !asked.contains(list.id())
                            ? list.codes()
                            : list.codes().stream()
                                    .filter(code -> items.contains(code.id()))
                                    .toList());
        }

        private Set<ArtefactId> stubs() {
            Set<ArtefactId> everything = new HashSet<>();
            flows.forEach(flow -> everything.add(flow.id()));
            structures.forEach(structure -> everything.add(structure.id()));
            lists.forEach(list -> everything.add(list.id()));
            schemes.forEach(scheme -> everything.add(scheme.conceptScheme()));
            switch (detail) {
                case "allstubs", "allcompletestubs" -> {}
                case "referencestubs", "referencecompletestubs" -> everything.removeAll(asked);
                default -> everything.clear();
            }
            return everything;
        }
    }
}
