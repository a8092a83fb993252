package org.entente.gateway.sdmx;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.entente.gateway.sdmx.Artefact.Ref;
import org.entente.gateway.statistics.ArtefactId;
import org.entente.gateway.statistics.Code;
import org.entente.gateway.statistics.Codelist;
import org.entente.gateway.statistics.Component;
import org.entente.gateway.statistics.CubeRegion;
import org.entente.gateway.statistics.Structure;

/**
 * Cuts item schemes that come along with what was asked for to the items that are used ({@code detail=referencepartial}):
 * code lists to the codes that the constraints leave, with their parents; schemes of organisations and categories to those
 * that the message names.
 */
final class PartialLists {

    private final Catalogue catalogue;
    private final Set<Ref> asked;
    private final Set<Ref> shown;

    PartialLists(Catalogue catalogue, Set<Ref> asked, Set<Ref> shown) {
        this.catalogue = catalogue;
        this.asked = Set.copyOf(asked);
        this.shown = Set.copyOf(shown);
    }

    void cut(Map<Ref, Artefact> artefacts) {
        Map<ArtefactId, Set<String>> codes = codes();
        artefacts.replaceAll((ref, artefact) -> {
            if (asked.contains(ref)) {
                return artefact;
            }
            return switch (artefact) {
                case Artefact.Codes list -> {
                    Set<String> used = codes.get(list.id());
                    yield used == null ? list : list.only(withParents(list.list(), used));
                }
                case Artefact.Scheme scheme -> scheme.only(itemsOf(scheme.ref()));
                default -> artefact;
            };
        });
    }

    /** By list the codes that are left by what was asked for; a list that is not in the map is left whole. */
    private Map<ArtefactId, Set<String>> codes() {
        Map<ArtefactId, Set<String>> used = new HashMap<>();
        Set<ArtefactId> whole = new HashSet<>();
        for (Ref ref : asked) {
            switch (catalogue.find(ref).orElse(null)) {
                case Artefact.Flow flow ->
                    collect(flow.dataflow().structure(), flow.dataflow().region(), used, whole);
                case Artefact.Provision provision ->
                    collect(
                            provision.agreement().dataflow().structure(),
                            provision
                                    .agreement()
                                    .dataflow()
                                    .region()
                                    .and(provision.agreement().allowed()),
                            used,
                            whole);
                case Artefact.Constraint constraint ->
                    collect(constraint.structure(), constraint.region(), used, whole);
                case Artefact.Definition definition -> collect(definition.structure(), CubeRegion.WHOLE, used, whole);
                case null, default -> {}
            }
        }
        used.keySet().removeAll(whole);
        return used;
    }

    private static void collect(
            Structure structure, CubeRegion region, Map<ArtefactId, Set<String>> used, Set<ArtefactId> whole) {
        usedCodes(structure, region).forEach((list, codes) -> {
            if (codes.isEmpty()) {
                whole.add(list);
            } else {
                used.computeIfAbsent(list, id -> new HashSet<>()).addAll(codes);
            }
        });
    }

    /** By list the codes that a region leaves of all components together; empty where a component leaves the whole list. */
    static Map<ArtefactId, Set<String>> usedCodes(Structure structure, CubeRegion region) {
        Map<ArtefactId, Set<String>> used = new LinkedHashMap<>();
        Set<ArtefactId> whole = new HashSet<>();
        for (Component component : structure.components()) {
            component.representation().codelist().ifPresent(list -> {
                Set<String> admitted = region.codes().get(component.id());
                used.computeIfAbsent(list.id(), id -> new TreeSet<>());
                if (admitted == null) {
                    whole.add(list.id());
                } else {
                    used.get(list.id()).addAll(admitted);
                }
            });
        }
        whole.forEach(list -> used.put(list, Set.of()));
        return used;
    }

    /** The codes and all codes above them. */
    static Set<String> withParents(Codelist list, Set<String> codes) {
        Set<String> kept = new HashSet<>();
        for (String code : codes) {
            String at = code;
            while (at != null && kept.add(at)) {
                at = list.code(at).map(Code::parent).orElse(null);
            }
        }
        return kept;
    }

    private Set<String> itemsOf(Ref scheme) {
        Set<String> items = new HashSet<>();
        for (Ref ref : shown) {
            if (scheme.type() == ArtefactType.AGENCYSCHEME
                    && Catalogue.schemeOf(ref.id().agency()).equals(scheme)) {
                items.add(ref.id().agency().substring(ref.id().agency().lastIndexOf('.') + 1));
            }
            switch (catalogue.find(ref).orElse(null)) {
                case Artefact.Provision provision
                when scheme.type() == ArtefactType.DATAPROVIDERSCHEME ->
                    items.add(provision.agreement().provider());
                case Artefact.Provision provision
                when scheme.type() == ArtefactType.DATACONSUMERSCHEME ->
                    items.add(provision.agreement().consumer());
                case Artefact.Categorisation categorisation
                when categorisation.scheme().equals(scheme) -> items.add(categorisation.category());
                case null, default -> {}
            }
        }
        return items;
    }
}
