package org.entente.gateway.sdmx;

import org.entente.gateway.sdmx.Artefact.Ref;
import org.entente.gateway.statistics.Component;
import org.entente.gateway.statistics.Component.Attribute;
import org.entente.gateway.statistics.Component.Dimension;
import org.entente.gateway.statistics.Representation;
import org.entente.gateway.statistics.Structure;

/**
 * The components of a data structure definition in SDMX-ML. Attributes are not related to the measure, since there is one
 * measure only and a reader in use stumbles over that relation.
 */
final class MlDefinition {

    private final MlVersion version;
    private final Structure structure;
    private final MlReferences references;

    MlDefinition(MlVersion version, Structure structure) {
        this.version = version;
        this.structure = structure;
        this.references = new MlReferences(version);
    }

    private boolean newer() {
        return version == MlVersion.V3_0;
    }

    /** Adds the components below the definition's node. */
    void write(XmlNode definition) {
        XmlNode components = definition.add("str:DataStructureComponents");
        XmlNode dimensions = list(components, "DimensionList", "DimensionDescriptor");
        int position = 1;
        for (Dimension dimension : structure.keyDimensions()) {
            component(dimensions, "Dimension", "Dimension", dimension.id(), dimension)
                    .with("position", String.valueOf(position++));
        }
        XmlNode time = component(
                dimensions, "TimeDimension", "TimeDimension", structure.time().id(), structure.time());
        if (!newer()) {
            time.with("position", String.valueOf(position));
        }
        if (!structure.attributes().isEmpty()) {
            XmlNode attributes = list(components, "AttributeList", "AttributeDescriptor");
            structure.attributes().forEach(attribute -> attribute(attributes, attribute));
        }
        XmlNode measures = list(components, "MeasureList", "MeasureDescriptor");
        if (newer()) {
            component(measures, "Measure", "Measure", structure.measure().id(), structure.measure())
                    .with("usage", "mandatory");
        } else {
            component(measures, "PrimaryMeasure", "PrimaryMeasure", DataSchema.MEASURE_2_1, structure.measure());
        }
    }

    private XmlNode list(XmlNode components, String element, String id) {
        return components
                .add("str:" + element)
                .with("id", id)
                .with("urn", structure.id().urn("datastructure." + id) + "." + id);
    }

    private XmlNode component(XmlNode list, String element, String urnClass, String id, Component component) {
        XmlNode node = list.add("str:" + element)
                .with("id", id)
                .with("urn", structure.id().urn("datastructure." + urnClass) + "." + id);
        String role = Roles.of(component);
        if (!role.isEmpty()) {
            XmlNode annotation = node.add("com:Annotations").add("com:Annotation");
            annotation.add("com:AnnotationTitle", role);
            annotation.add("com:AnnotationType", Roles.ANNOTATION_TYPE);
        }
        references.putItem(
                node.add("str:ConceptIdentity"),
                new Ref(ArtefactType.CONCEPTSCHEME, structure.schemeOf(component)),
                component.concept().id());
        representation(node.add("str:LocalRepresentation"), component.representation());
        return node;
    }

    private void representation(XmlNode node, Representation representation) {
        switch (representation) {
            case Representation.Coded coded ->
                references.put(
                        node.add("str:Enumeration"),
                        new Ref(ArtefactType.CODELIST, coded.list().id()));
            case Representation.Time time -> node.add("str:TextFormat").with("textType", "ObservationalTimePeriod");
            case Representation.Numeric numeric -> node.add("str:TextFormat").with("textType", "Double");
            case Representation.Text text -> {
                XmlNode format = node.add("str:TextFormat").with("textType", text.type());
                if (text.type().equals("String")) {
                    format.with("maxLength", String.valueOf(text.maxLength()))
                            .with("pattern", text.pattern().pattern());
                }
            }
        }
    }

    private void attribute(XmlNode list, Attribute attribute) {
        XmlNode node = component(list, "Attribute", "DataAttribute", attribute.id(), attribute);
        if (newer()) {
            node.with("usage", attribute.mandatory() ? "mandatory" : "optional");
        } else {
            node.with("assignmentStatus", attribute.mandatory() ? "Mandatory" : "Conditional");
        }
        XmlNode relationship = node.add("str:AttributeRelationship");
        switch (attribute.level()) {
            case DATASET -> relationship.add(newer() ? "str:Dataflow" : "str:None");
            case SERIES ->
                structure
                        .keyDimensions()
                        .forEach(dimension -> references.putLocal(relationship.add("str:Dimension"), dimension.id()));
            case OBSERVATION -> {
                if (newer()) {
                    relationship.add("str:Observation");
                } else {
                    references.putLocal(relationship.add("str:PrimaryMeasure"), DataSchema.MEASURE_2_1);
                }
            }
        }
    }
}
