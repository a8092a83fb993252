package org.entente.gateway.sdmx;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.entente.gateway.statistics.ArtefactId;
import org.entente.gateway.statistics.Code;
import org.entente.gateway.statistics.Codelist;
import org.entente.gateway.statistics.Component.Dimension;
import org.entente.gateway.statistics.LocalName;
import org.entente.gateway.statistics.Representation;
import org.entente.gateway.statistics.Structure;

/**
 * A structure whose dimensions all have a code list. A dimension of free text, which the standard allows, gets a partial one: the codes that
 * stand as they are in its pattern ({@code _T|_U|...}) and those that constraints name. Its other values keep coming in the data without
 * a label.
 *
 * @param structure the structure with the lists
 * @param lists those that were added
 */
record ListedDimensions(Structure structure, List<Artefact.Codes> lists) {
    private static final Pattern CODE = Pattern.compile("[A-Za-z0-9_@$-]+");

    /** What these codes mean in any list (SDMX guidelines for the creation of code lists). */
    private static final Map<String, String> GENERIC = Map.of("_T", "Total", "_U", "Unknown", "_Z", "Not applicable");

    static ListedDimensions of(Structure free, Collection<Artefact.Constraint> constraints) {
        List<Dimension> dimensions = new ArrayList<>();
        List<Artefact.Codes> lists = new ArrayList<>();
        for (Dimension dimension : free.dimensions()) {
            if (dimension.representation() instanceof Representation.Text text) {
                Codelist list = list(free, dimension, codes(text, dimension, free, constraints));
                lists.add(new Artefact.Codes(list, list.codes(), true));
                dimensions.add(new Dimension(
                        dimension.id(), dimension.concept(), new Representation.Coded(list), dimension.role()));
            } else {
                dimensions.add(dimension);
            }
        }
        return new ListedDimensions(
                new Structure(
                        free.id(), free.name(), free.conceptScheme(), dimensions, free.measure(), free.attributes()),
                List.copyOf(lists));
    }

    private static Set<String> codes(
            Representation.Text text,
            Dimension dimension,
            Structure structure,
            Collection<Artefact.Constraint> constraints) {
        Set<String> codes = new TreeSet<>();
        for (String alternative : text.pattern().pattern().split("\\|", -1)) {
            if (CODE.matcher(alternative).matches() && text.accepts(alternative)) {
                codes.add(alternative);
            }
        }
        for (Artefact.Constraint constraint : constraints) {
            if (constraint.structure().id().equals(structure.id())) {
                codes.addAll(constraint.region().codes().getOrDefault(dimension.id(), new TreeSet<>()));
            }
        }
        return codes;
    }

    private static Codelist list(Structure structure, Dimension dimension, Set<String> codes) {
        return new Codelist(
                new ArtefactId(
                        structure.id().agency(),
                        "CL_" + structure.id().id() + "_" + dimension.id(),
                        structure.id().version()),
                dimension.concept().name(),
                codes.stream()
                        .map(code -> new Code(code, LocalName.en(GENERIC.getOrDefault(code, code)), null))
                        .toList());
    }
}
