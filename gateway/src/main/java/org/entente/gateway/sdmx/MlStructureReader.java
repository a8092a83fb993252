package org.entente.gateway.sdmx;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
import org.entente.gateway.sdmx.StructureParts.Format;
import org.entente.gateway.sdmx.StructureParts.Kind;
import org.entente.gateway.sdmx.StructureParts.Part;
import org.entente.gateway.statistics.ArtefactId;
import org.entente.gateway.statistics.Code;
import org.entente.gateway.statistics.Codelist;
import org.entente.gateway.statistics.Component.Attribute;
import org.entente.gateway.statistics.Component.Dimension;
import org.entente.gateway.statistics.Concept;
import org.entente.gateway.statistics.LocalName;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.SAXException;

/**
 * SDMX-ML 2.1 and 3.0 structure messages. Elements are told by their local names, which both versions share; references are
 * URNs or {@code Ref} elements. No document type and no external entity is read.
 */
final class MlStructureReader {

    private final StructureParts parts = new StructureParts();

    StructureParts read(byte[] bytes, int from) throws IOException {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultInstance();
            factory.setNamespaceAware(true);
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            factory.setXIncludeAware(false);
            factory.setExpandEntityReferences(false);
            var builder = factory.newDocumentBuilder();
            builder.setErrorHandler(null);
            Element root = builder.parse(new ByteArrayInputStream(bytes, from, bytes.length - from))
                    .getDocumentElement();
            if (!root.getLocalName().equals("Structure")) {
                throw StructureParts.unusable("The message is a " + root.getLocalName() + " and no Structure.");
            }
            walk(root);
            return parts;
        } catch (SAXException e) {
            throw new EntenteException(
                    ErrorCode.FILE_UNUSABLE,
                    "The structure message is not XML that is read here: " + e.getMessage(),
                    e);
        } catch (ParserConfigurationException e) {
            throw new IllegalStateException(e);
        } catch (IllegalArgumentException e) {
            throw new EntenteException(ErrorCode.FILE_UNUSABLE, "The structure message: " + e.getMessage() + ".", e);
        }
    }

    private void walk(Element parent) {
        for (Element element : children(parent)) {
            switch (element.getLocalName()) {
                case "Codelist" -> codelist(element);
                case "ConceptScheme" -> scheme(element);
                case "DataStructure" -> definition(element);
                case "Dataflow" -> flow(element);
                case "MetadataStructure" -> metadataStructure(element);
                case "Metadataflow" -> metadataflow(element);
                case "CategoryScheme" -> categoryScheme(element);
                case "Categorisation" -> categorisation(element);
                case "Structures",
                        "Codelists",
                        "Concepts",
                        "ConceptSchemes",
                        "DataStructures",
                        "Dataflows",
                        "MetadataStructures",
                        "Metadataflows",
                        "CategorySchemes",
                        "Categorisations" -> walk(element);
                default -> {}
            }
        }
    }

    private static List<Element> children(Element parent) {
        List<Element> elements = new ArrayList<>();
        for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element element) {
                elements.add(element);
            }
        }
        return elements;
    }

    private static List<Element> children(Element parent, String name) {
        return children(parent).stream()
                .filter(element -> element.getLocalName().equals(name))
                .toList();
    }

    private static @Nullable Element child(Element parent, String name) {
        List<Element> found = children(parent, name);
        return found.isEmpty() ? null : found.getFirst();
    }

    private static String required(Element element, String attribute) {
        String value = element.getAttribute(attribute);
        if (value.isEmpty()) {
            throw StructureParts.unusable(element.getLocalName() + " lacks '" + attribute + "'.");
        }
        return value;
    }

    private static ArtefactId id(Element element) {
        String version = element.getAttribute("version");
        return new ArtefactId(
                required(element, "agencyID"), required(element, "id"), version.isEmpty() ? "1.0" : version);
    }

    private static LocalName name(Element element, String child) {
        TreeMap<String, String> names = new TreeMap<>();
        for (Element name : children(element, child)) {
            String language = name.getAttributeNS(XMLConstants.XML_NS_URI, "lang");
            names.put(
                    language.isEmpty() ? "en" : language, name.getTextContent().strip());
        }
        if (names.isEmpty()) {
            names.put("en", element.getAttribute("id"));
        }
        return new LocalName(names);
    }

    private void codelist(Element element) {
        List<Code> codes = new ArrayList<>();
        for (Element code : children(element, "Code")) {
            Element parent = child(code, "Parent");
            codes.add(new Code(required(code, "id"), name(code, "Name"), parent == null ? null : local(parent)));
        }
        ArtefactId id = id(element);
        parts.codelists.put(id, new Codelist(id, name(element, "Name"), codes));
    }

    private void scheme(Element element) {
        ArtefactId id = id(element);
        Map<String, Concept> concepts = new HashMap<>();
        for (Element one : children(element, "Concept")) {
            String concept = required(one, "id");
            LocalName name = name(one, "Name");
            concepts.put(
                    concept,
                    new Concept(
                            concept, name, child(one, "Description") == null ? name : name(one, "Description"), id));
            Element core = child(one, "CoreRepresentation");
            Format format = core == null ? null : format(core);
            if (format != null) {
                parts.core.put(id.urn("conceptscheme.Concept") + "." + concept, format);
            }
        }
        parts.concepts.put(id, concepts);
    }

    private void flow(Element element) {
        Element structure = child(element, "Structure");
        if (structure != null) {
            parts.flows.add(new StructureParts.Flow(id(element), name(element, "Name"), reference(structure)));
        }
    }

    private void categoryScheme(Element element) {
        List<Artefact.Item> items = new ArrayList<>();
        categories(element, "", items);
        parts.categories.scheme(
                id(element),
                name(element, "Name"),
                items,
                element.getAttribute("isPartial").equals("true"));
    }

    private static void categories(Element parent, String path, List<Artefact.Item> items) {
        for (Element one : children(parent, "Category")) {
            String id = Categories.path(path, required(one, "id"));
            items.add(new Artefact.Item(id, name(one, "Name")));
            categories(one, id, items);
        }
    }

    private void categorisation(Element element) {
        Element source = child(element, "Source");
        Element target = child(element, "Target");
        if (source == null || target == null) {
            throw StructureParts.unusable("The categorisation " + id(element) + " names no artefact or no category.");
        }
        Element ref = child(source, "Ref");
        String urn = ref == null
                ? reference(source)
                : reference(source).replace("any.Artefact=", "any." + ref.getAttribute("class") + "=");
        parts.categories.claim(new Categories.Claim(id(element), name(element, "Name"), urn, reference(target)));
    }

    private void metadataflow(Element element) {
        Element structure = child(element, "Structure");
        if (structure != null) {
            List<String> targets = children(element, "Target").stream()
                    .map(target -> target.getTextContent().strip())
                    .toList();
            parts.metadata.flow(id(element), name(element, "Name"), reference(structure), targets);
        }
    }

    /** In 2.1 headings stand in report structures, of which one may have several; all are taken. */
    private void metadataStructure(Element element) {
        Element components = child(element, "MetadataStructureComponents");
        List<MetadataParts.Part> headings = new ArrayList<>();
        for (Element list : components == null ? List.<Element>of() : children(components)) {
            headings.addAll(headings(list));
        }
        if (components != null) {
            parts.metadata.definition(id(element), name(element, "Name"), headings);
        }
    }

    private static List<MetadataParts.Part> headings(Element parent) {
        List<MetadataParts.Part> headings = new ArrayList<>();
        for (Element one : children(parent, "MetadataAttribute")) {
            Element concept = child(one, "ConceptIdentity");
            if (concept == null) {
                throw StructureParts.unusable(one.getAttribute("id") + " has no concept.");
            }
            String urn = reference(concept);
            Element representation = child(one, "LocalRepresentation");
            headings.add(new MetadataParts.Part(
                    one.hasAttribute("id") ? one.getAttribute("id") : urn.substring(urn.lastIndexOf('.') + 1),
                    urn,
                    representation == null ? null : format(representation),
                    !one.getAttribute("minOccurs").equals("0"),
                    one.getAttribute("isPresentational").equals("true"),
                    headings(one)));
        }
        return headings;
    }

    private void definition(Element element) {
        Element components = child(element, "DataStructureComponents");
        if (components == null) {
            return;
        }
        List<Part> list = new ArrayList<>();
        for (Element group : children(components)) {
            for (Element one : children(group)) {
                switch (one.getLocalName()) {
                    case "Dimension", "MeasureDimension" -> list.add(part(Kind.DIMENSION, one));
                    case "TimeDimension" -> list.add(part(Kind.TIME, one));
                    case "Measure", "PrimaryMeasure" -> list.add(part(Kind.MEASURE, one));
                    case "Attribute" -> list.add(part(Kind.ATTRIBUTE, one));
                    default -> {}
                }
            }
        }
        ArtefactId id = id(element);
        parts.definitions.put(id, new StructureParts.Definition(id, name(element, "Name"), list));
    }

    private static Part part(Kind kind, Element element) {
        Element concept = child(element, "ConceptIdentity");
        if (concept == null) {
            throw StructureParts.unusable(element.getAttribute("id") + " has no concept.");
        }
        String urn = reference(concept);
        String id = element.getAttribute("id");
        Element representation = child(element, "LocalRepresentation");
        Element relationship = child(element, "AttributeRelationship");
        boolean mandatory = element.getAttribute("usage").equalsIgnoreCase("mandatory")
                || element.getAttribute("assignmentStatus").equalsIgnoreCase("mandatory");
        return new Part(
                kind,
                id.isEmpty() ? urn.substring(urn.lastIndexOf('.') + 1) : id,
                urn,
                representation == null ? null : format(representation),
                relationship == null ? Attribute.Level.DATASET : level(relationship),
                mandatory,
                role(element));
    }

    private static String role(Element element) {
        Element annotations = child(element, "Annotations");
        for (Element annotation : annotations == null ? List.<Element>of() : children(annotations)) {
            Element type = child(annotation, "AnnotationType");
            Element title = child(annotation, "AnnotationTitle");
            if (type != null && title != null && type.getTextContent().strip().equals(Roles.ANNOTATION_TYPE)) {
                return title.getTextContent().strip();
            }
        }
        return "";
    }

    private static Attribute.Level level(Element relationship) {
        boolean ofSeries = false;
        for (Element one : children(relationship)) {
            switch (one.getLocalName()) {
                case "Observation", "PrimaryMeasure" -> {
                    return Attribute.Level.OBSERVATION;
                }
                case "Dimension" -> {
                    if (local(one).equals(Dimension.TIME_ID)) {
                        return Attribute.Level.OBSERVATION;
                    }
                    ofSeries = true;
                }
                case "Group", "AttachmentGroup" -> ofSeries = true;
                default -> {}
            }
        }
        return ofSeries ? Attribute.Level.SERIES : Attribute.Level.DATASET;
    }

    private static @Nullable Format format(Element representation) {
        Element enumeration = child(representation, "Enumeration");
        if (enumeration != null) {
            return new Format(reference(enumeration), "", null, null);
        }
        Element text = child(representation, "TextFormat");
        return text == null
                ? null
                : new Format(null, text.getAttribute("textType"), orNull(text, "maxLength"), orNull(text, "pattern"));
    }

    private static @Nullable String orNull(Element element, String attribute) {
        return element.hasAttribute(attribute) ? element.getAttribute(attribute) : null;
    }

    /** The id in a reference to something beside. */
    private static String local(Element reference) {
        Element ref = child(reference, "Ref");
        return ref == null ? reference.getTextContent().strip() : ref.getAttribute("id");
    }

    /** The URN that a reference is, or stands for. */
    private static String reference(Element reference) {
        Element ref = child(reference, "Ref");
        if (ref == null) {
            return reference.getTextContent().strip();
        }
        boolean item = ref.hasAttribute("maintainableParentID");
        String version = ref.getAttribute(item ? "maintainableParentVersion" : "version");
        ArtefactId id = new ArtefactId(
                ref.getAttribute("agencyID"),
                ref.getAttribute(item ? "maintainableParentID" : "id"),
                version.isEmpty() ? "1.0" : version);
        return id.urn((item ? "conceptscheme." : "any.") + (item ? "Concept" : "Artefact"))
                + (item ? "." + ref.getAttribute("id") : "");
    }
}
