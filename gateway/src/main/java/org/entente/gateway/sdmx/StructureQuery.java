package org.entente.gateway.sdmx;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
import org.entente.gateway.sdmx.Artefact.Ref;
import org.entente.gateway.sdmx.StructureMessage.Detail;
import org.entente.gateway.sdmx.StructureMessage.Shown;
import org.jspecify.annotations.Nullable;

/**
 * A structure query of SDMX REST 2 ({@code /structure}).
 *
 * @param types which types of artefact are asked for
 * @param artefact which of them
 * @param items of an item scheme only these items; empty for all
 * @param detail how much of each
 * @param references which others come along
 * @param format parameters that choose a format
 */
public record StructureQuery(
        Set<ArtefactType> types,
        ArtefactQuery artefact,
        Set<String> items,
        String detail,
        References references,
        Map<String, String> format) {

    private static final Set<String> DETAILS = Set.of(
            "full",
            "raw",
            "allstubs",
            "allcompletestubs",
            "referencestubs",
            "referencecompletestubs",
            "referencepartial");

    /**
     * Which other artefacts come along.
     *
     * @param words {@code none}, {@code parents}, {@code parentsandsiblings}, {@code ancestors}, {@code children},
     *     {@code descendants} or {@code all}
     * @param types artefacts of these types, wherever they stand above or below
     */
    public record References(Set<String> words, Set<ArtefactType> types) {
        private static final Set<String> WORDS =
                Set.of("none", "parents", "parentsandsiblings", "ancestors", "children", "descendants", "all");

        static References parse(String text) {
            Set<String> words = new HashSet<>();
            Set<ArtefactType> types = EnumSet.noneOf(ArtefactType.class);
            for (String part : RawQuery.list("references", text)) {
                if (WORDS.contains(part)) {
                    words.add(part);
                } else if (ArtefactType.named(part).isPresent()) {
                    types.add(ArtefactType.named(part).get());
                } else if (!ArtefactType.isKnownButNotHeld(part)) {
                    throw RawQuery.malformed(
                            "references are among " + WORDS + " and the artefact types, not '" + part + "'");
                }
            }
            return new References(Set.copyOf(words), types);
        }

        private boolean has(String... any) {
            for (String word : any) {
                if (words.contains(word)) {
                    return true;
                }
            }
            return false;
        }
    }

    /**
     * Reads a query.
     *
     * @param rawPath what follows the service's base, still percent-encoded:
     *     {@code /structure/{type}/{agency}/{id}/{version}/{item}}
     * @param rawQuery the query part, still percent-encoded, or null
     * @throws EntenteException {@code query-malformed}, or {@code not-implemented} for artefact types not held here
     */
    public static StructureQuery parse(String rawPath, @Nullable String rawQuery) {
        RawQuery raw = new RawQuery(rawPath, rawQuery);
        raw.requirePath("structure", 6, "/structure/{type}/{agency}/{id}/{version}/{item}");
        raw.requireOnly(Set.of("detail", "references", "asOf"));
        if (raw.parameters().containsKey("asOf")) {
            DataQueryParser.instant("asOf", raw.parameter("asOf", ""));
            throw new EntenteException(
                    ErrorCode.NOT_IMPLEMENTED, "Earlier states of structures are told by their versions, not by asOf.");
        }
        String detail = raw.parameter("detail", "full");
        if (!DETAILS.contains(detail)) {
            throw RawQuery.malformed("detail is one of " + DETAILS);
        }
        Set<ArtefactType> types = types(raw.path(1, "*"));
        String item = raw.path(5, "*");
        Set<String> items = item.equals("*") ? Set.of() : new LinkedHashSet<>(RawQuery.list("item", item));
        if (!items.isEmpty() && types.stream().noneMatch(ArtefactType::isItemScheme)) {
            throw RawQuery.malformed("a " + raw.path(1, "*") + " has no items");
        }
        return new StructureQuery(
                types,
                ArtefactQuery.parse(raw.path(2, "*"), raw.path(3, "*"), raw.path(4, "~")),
                items,
                detail,
                References.parse(raw.parameter("references", "none")),
                raw.formatParameters());
    }

    /** All artefacts of a type, in full. */
    static StructureQuery of(ArtefactType type, String references) {
        return new StructureQuery(
                EnumSet.of(type),
                ArtefactQuery.parse("*", "*", "*"),
                Set.of(),
                "full",
                References.parse(references),
                Map.of());
    }

    /** In SDMX REST 1 and in clients that go on with it, {@code all} is {@code *}. */
    private static Set<ArtefactType> types(String text) {
        if (text.equals("*") || text.equals("all")) {
            return EnumSet.allOf(ArtefactType.class);
        }
        return ArtefactType.named(text).map(EnumSet::of).orElseThrow(() -> {
            if (ArtefactType.isKnownButNotHeld(text)) {
                return new EntenteException(
                        ErrorCode.NOT_IMPLEMENTED,
                        "This node never holds artefacts of the type " + text + "; it holds " + ArtefactType.names()
                                + ".");
            }
            return RawQuery.malformed("'" + text + "' is not a type of structural metadata");
        });
    }

    /** What the query means of a catalogue. */
    public StructureMessage select(Catalogue catalogue) {
        Map<Ref, Artefact> asked = asked(catalogue);
        Map<Ref, Artefact> all = new LinkedHashMap<>(asked);
        for (Ref ref : referenced(catalogue, asked.keySet())) {
            catalogue.find(ref).ifPresent(artefact -> all.putIfAbsent(ref, artefact));
        }
        if (detail.equals("referencepartial")) {
            new PartialLists(catalogue, asked.keySet(), all.keySet()).cut(all);
        }
        List<Shown> shown = new ArrayList<>();
        all.forEach((ref, artefact) -> shown.add(new Shown(artefact, detailOf(asked.containsKey(ref)))));
        return new StructureMessage(shown);
    }

    private Map<Ref, Artefact> asked(Catalogue catalogue) {
        Map<Ref, Artefact> asked = new LinkedHashMap<>();
        for (ArtefactType type : ArtefactType.values()) {
            if (!types.contains(type) || (!items.isEmpty() && !type.isItemScheme())) {
                continue;
            }
            for (Artefact found : artefact.select(catalogue.ofType(type), Artefact::id)) {
                Artefact kept = items.isEmpty() ? found : found.only(items);
                if (items.isEmpty() || !kept.itemIds().isEmpty()) {
                    asked.put(found.ref(), kept);
                }
            }
        }
        return asked;
    }

    private Set<Ref> referenced(Catalogue catalogue, Set<Ref> asked) {
        Set<Ref> found = new LinkedHashSet<>();
        boolean all = references.has("all");
        if (all || references.has("parents", "parentsandsiblings")) {
            for (Ref ref : asked) {
                found.addAll(catalogue.above(ref));
            }
        }
        if (all || references.has("parentsandsiblings")) {
            for (Ref ref : Set.copyOf(found)) {
                found.addAll(catalogue.below(ref));
            }
        }
        if (references.has("ancestors")) {
            found.addAll(reach(catalogue, asked, true));
        }
        if (references.has("children")) {
            asked.forEach(ref -> found.addAll(catalogue.below(ref)));
        }
        if (all || references.has("descendants")) {
            found.addAll(reach(catalogue, asked, false));
        }
        if (!references.types.isEmpty()) {
            Set<Ref> around = reach(catalogue, asked, true);
            around.addAll(reach(catalogue, asked, false));
            around.removeIf(ref -> !references.types.contains(ref.type()));
            found.addAll(around);
        }
        return found;
    }

    /** Everything above, or below, at any distance. */
    private static Set<Ref> reach(Catalogue catalogue, Set<Ref> from, boolean upwards) {
        Set<Ref> reached = new LinkedHashSet<>();
        List<Ref> open = new ArrayList<>(from);
        while (!open.isEmpty()) {
            Ref next = open.removeLast();
            for (Ref other : upwards ? catalogue.above(next) : catalogue.below(next)) {
                if (reached.add(other)) {
                    open.add(other);
                }
            }
        }
        return reached;
    }

    private Detail detailOf(boolean isAsked) {
        return switch (detail) {
            case "allstubs" -> Detail.STUB;
            case "allcompletestubs" -> Detail.COMPLETE_STUB;
            case "referencestubs" -> isAsked ? Detail.FULL : Detail.STUB;
            case "referencecompletestubs" -> isAsked ? Detail.FULL : Detail.COMPLETE_STUB;
            default -> Detail.FULL;
        };
    }
}
