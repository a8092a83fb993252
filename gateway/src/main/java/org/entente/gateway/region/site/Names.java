package org.entente.gateway.region.site;

import java.util.Optional;
import org.entente.agreements.Agreement;
import org.entente.agreements.AreaList;
import org.entente.gateway.region.comparison.FigureConcept;
import org.entente.gateway.statistics.AreaCodes;
import org.entente.gateway.statistics.Code;
import org.entente.gateway.statistics.Component;
import org.entente.gateway.statistics.Component.Attribute;
import org.entente.gateway.statistics.Component.Dimension;
import org.entente.gateway.statistics.Structure;
import org.jspecify.annotations.Nullable;

/** What codes are called: areas as the framework calls them, everything else as its code list does. */
final class Names {
    private final SiteTexts say;
    private final AreaCodes areas;
    private final @Nullable Agreement framework;

    Names(SiteTexts say, AreaCodes areas, @Nullable Agreement framework) {
        this.say = say;
        this.areas = areas;
        this.framework = framework;
    }

    /** A dimension or attribute. */
    String component(Structure structure, String id) {
        return find(structure, id)
                .map(component -> component.concept().name().in(say.language()))
                .orElse(id);
    }

    /** A code of a dimension or attribute. */
    String code(Structure structure, String component, String code) {
        Optional<Component> found = find(structure, component);
        boolean area = found.filter(Names::isArea).isPresent();
        return area
                ? area(structure, code)
                : found.map(one -> listed(one, code)).orElse(code);
    }

    private static Optional<Component> find(Structure structure, String id) {
        return structure.components().stream()
                .filter(component -> component.id().equals(id))
                .findFirst();
    }

    private static boolean isArea(Component component) {
        return component instanceof Dimension dimension
                && (dimension.role() == Dimension.Role.REPORTING_AREA
                        || dimension.role() == Dimension.Role.COUNTERPART_AREA);
    }

    private String listed(Component component, String code) {
        return component
                .representation()
                .codelist()
                .flatMap(list -> list.code(code))
                .map(Code::name)
                .map(name -> name.in(say.language()))
                .orElse(code);
    }

    /** An area. */
    String area(Structure structure, String code) {
        if (code.equals("_T")) {
            return say.get("all-areas");
        }
        if (framework != null) {
            for (AreaList.Area area : framework.areas().list()) {
                if (area.code().equals(code)) {
                    return area.name().best(say.language());
                }
            }
        }
        return listed(structure.reportingArea(), code);
    }

    /** A party, by its area. */
    String party(Structure structure, String party) {
        return areas.areaOf(party).map(area -> area(structure, area)).orElse(party);
    }

    /** The area of a party; empty if it has none. */
    String areaOf(String party) {
        return areas.areaOf(party).orElse("");
    }

    /** A definition in words. */
    String concept(Structure structure, FigureConcept concept) {
        StringBuilder words = new StringBuilder(role(structure, Dimension.Role.INDICATOR, concept.indicator()));
        append(words, role(structure, Dimension.Role.COUNTERPART_BASIS, concept.basis()));
        append(words, role(structure, Attribute.Role.RESIDENCE_RULE, concept.residenceRule()));
        append(words, role(structure, Attribute.Role.REFERENCE_DATE_TYPE, concept.referenceDateType()));
        append(words, concept.referenceDate());
        return words.toString();
    }

    private static void append(StringBuilder words, String more) {
        if (!more.isEmpty()) {
            words.append("; ").append(more);
        }
    }

    private String role(Structure structure, Dimension.Role role, String code) {
        return code.isEmpty()
                ? ""
                : structure.dimension(role).map(one -> listed(one, code)).orElse(code);
    }

    private String role(Structure structure, Attribute.Role role, String code) {
        return code.isEmpty()
                ? ""
                : structure.attribute(role).map(one -> listed(one, code)).orElse(code);
    }
}
