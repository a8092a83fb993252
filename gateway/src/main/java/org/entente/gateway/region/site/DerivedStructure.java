package org.entente.gateway.region.site;

import java.util.regex.Pattern;
import org.entente.gateway.statistics.ArtefactId;
import org.entente.gateway.statistics.Code;
import org.entente.gateway.statistics.Codelist;
import org.entente.gateway.statistics.Component;
import org.entente.gateway.statistics.Component.Attribute;
import org.entente.gateway.statistics.Component.Dimension;
import org.entente.gateway.statistics.Concept;
import org.entente.gateway.statistics.CubeBuilder;
import org.entente.gateway.statistics.LocalName;
import org.entente.gateway.statistics.Representation;
import org.entente.gateway.statistics.Structure;

/**
 * What structures of this node's own take from a structure that others have declared, and what they add to it. A component that is taken
 * keeps its concept in the scheme where that stands.
 *
 * @param from the structure that parts are taken from
 */
record DerivedStructure(Structure from) {
    private static final Pattern LINE = Pattern.compile("[^\\p{Cc}]*");
    private static final Pattern DIGITS = Pattern.compile("\\d{0,9}");
    private static final int LONGEST = 4000;

    /** A dimension with the same codes. */
    Dimension dimension(Dimension dimension) {
        return dimension(dimension, dimension.representation());
    }

    /** A dimension with other codes. */
    Dimension dimension(Dimension dimension, Representation as) {
        return new Dimension(dimension.id(), concept(dimension), as, dimension.role());
    }

    /** A dimension that is added. */
    static Dimension ownDimension(String id, String name, Codelist codes) {
        return new Dimension(id, ownConcept(id, name), new Representation.Coded(codes), Dimension.Role.BREAKDOWN);
    }

    Component.Measure measure() {
        return new Component.Measure(
                from.measure().id(), concept(from.measure()), from.measure().representation());
    }

    Attribute attribute(Attribute attribute) {
        return new Attribute(
                attribute.id(),
                concept(attribute),
                attribute.representation(),
                attribute.level(),
                attribute.mandatory(),
                attribute.role());
    }

    /** A line of text that is added to each observation. */
    static Attribute ownText(String id, String name) {
        return own(id, name, new Representation.Text("String", LINE, LONGEST), false);
    }

    /** A number of things that is added to each observation. */
    static Attribute ownCount(String id, String name) {
        return own(id, name, new Representation.Text("Integer", DIGITS, LONGEST), false);
    }

    /** A code that each observation must have. */
    static Attribute ownCode(String id, String name, Codelist codes) {
        return own(id, name, new Representation.Coded(codes), true);
    }

    private static Attribute own(String id, String name, Representation representation, boolean mandatory) {
        return new Attribute(
                id, ownConcept(id, name), representation, Attribute.Level.OBSERVATION, mandatory, Attribute.Role.OTHER);
    }

    private Concept concept(Component component) {
        Concept concept = component.concept();
        return new Concept(concept.id(), concept.name(), concept.description(), from.schemeOf(component));
    }

    private static Concept ownConcept(String id, String name) {
        return new Concept(id, LocalName.en(name), LocalName.en(name + "."));
    }

    /** A list of this node's own, whose codes have English names. */
    static Codelist codes(ArtefactId id, String name, String... codesAndNames) {
        java.util.List<Code> codes = new java.util.ArrayList<>();
        for (int i = 0; i < codesAndNames.length; i += 2) {
            codes.add(new Code(codesAndNames[i], LocalName.en(codesAndNames[i + 1]), null));
        }
        return new Codelist(id, LocalName.en(name), codes);
    }

    /** Sets an attribute where the structure has one of this role. */
    static void set(CubeBuilder builder, Structure structure, Attribute.Role role, String value) {
        structure.attribute(role).ifPresent(attribute -> builder.attribute(attribute.id(), value));
    }
}
