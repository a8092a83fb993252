package org.entente.gateway.sdmx;

import java.io.IOException;
import java.io.OutputStream;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.entente.gateway.sdmx.Artefact.Ref;
import org.entente.gateway.sdmx.StructureMessage.Shown;
import org.entente.gateway.statistics.Code;
import org.entente.gateway.statistics.Component.Dimension;
import org.entente.gateway.statistics.Concept;
import org.entente.gateway.statistics.CubeRegion;
import org.entente.gateway.statistics.LocalName;
import org.entente.gateway.statistics.TimeWindow;

/**
 * Structures as SDMX-ML 3.0 and 2.1 (message {@code Structure}). In 2.1 references are {@code Ref} elements, which is what its
 * readers look for, the measure is the primary measure, and a data constraint is a content constraint. Maps of tables have no
 * place in 2.1 and are left out.
 */
final class StructureMl {

    private final MlVersion version;
    private final Languages languages;
    private final MlReferences references;
    private final ReportStructureMl reports;

    StructureMl(MlVersion version, Languages languages) {
        this.version = version;
        this.languages = languages;
        this.references = new MlReferences(version);
        this.reports = new ReportStructureMl(version);
    }

    private boolean newer() {
        return version == MlVersion.V3_0;
    }

    void write(StructureMessage message, MessageHeader header, OutputStream out) throws IOException {
        XmlNode root = root(version, "Structure");
        header(root, header);
        XmlNode structures = root.add("mes:Structures");
        if (!newer()) {
            XmlNode organisations = new XmlNode("str:OrganisationSchemes");
            for (ArtefactType type : new ArtefactType[] {
                ArtefactType.AGENCYSCHEME, ArtefactType.DATACONSUMERSCHEME, ArtefactType.DATAPROVIDERSCHEME
            }) {
                message.ofType(type).forEach(shown -> organisations.add(artefact(shown)));
            }
            addUnlessEmpty(structures, organisations);
            for (ArtefactType type : new ArtefactType[] {
                ArtefactType.DATAFLOW,
                ArtefactType.METADATAFLOW,
                ArtefactType.CATEGORYSCHEME,
                ArtefactType.CATEGORISATION,
                ArtefactType.CODELIST,
                ArtefactType.CONCEPTSCHEME,
                ArtefactType.METADATASTRUCTURE,
                ArtefactType.DATASTRUCTURE,
                ArtefactType.DATACONSTRAINT,
                ArtefactType.PROVISIONAGREEMENT
            }) {
                all(structures, message, type);
            }
        } else {
            for (ArtefactType type : ArtefactType.values()) {
                all(structures, message, type);
            }
        }
        root.write(out);
    }

    /** The root of a message with the namespaces that structure messages and errors use. */
    static XmlNode root(MlVersion version, String message) {
        return new XmlNode("mes:" + message)
                .with("xmlns:mes", version.namespace("message"))
                .with("xmlns:str", version.namespace("structure"))
                .with("xmlns:com", version.namespace("common"))
                .with("xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance")
                .with(
                        "xsi:schemaLocation",
                        version.namespace("message") + " " + version.schemaLocation("SDMXMessage.xsd"));
    }

    private void header(XmlNode root, MessageHeader header) {
        XmlNode node = root.add("mes:Header");
        // An id is an NCName-like token in SDMX-ML; a UUID may begin with a digit, which IDType admits.
        node.add("mes:ID", header.id());
        node.add("mes:Test", "false");
        node.add(
                "mes:Prepared",
                header.prepared().truncatedTo(ChronoUnit.SECONDS).toString());
        node.add("mes:Sender").with("id", header.sender());
        if (newer()) {
            node.add("mes:Receiver").with("id", "not_supplied");
        }
    }

    private static void addUnlessEmpty(XmlNode parent, XmlNode child) {
        if (!child.isEmpty()) {
            parent.add(child);
        }
    }

    private void all(XmlNode structures, StructureMessage message, ArtefactType type) {
        XmlNode group = new XmlNode("str:" + group(type));
        message.ofType(type).forEach(shown -> group.add(artefact(shown)));
        addUnlessEmpty(structures, group);
    }

    private String group(ArtefactType type) {
        return switch (type) {
            case CONCEPTSCHEME -> newer() ? "ConceptSchemes" : "Concepts";
            case DATACONSTRAINT -> newer() ? "DataConstraints" : "Constraints";
            default -> type.element() + "s";
        };
    }

    private XmlNode artefact(Shown shown) {
        Artefact artefact = shown.artefact();
        XmlNode node = new XmlNode("str:" + references.element(artefact.type()));
        node.with("id", artefact.id().id()).with("agencyID", artefact.id().agency());
        boolean organisations = artefact.type() == ArtefactType.AGENCYSCHEME
                || artefact.type() == ArtefactType.DATAPROVIDERSCHEME
                || artefact.type() == ArtefactType.DATACONSUMERSCHEME;
        // Schemes of organisations have no version to state in 3.0.
        if (!organisations || !newer()) {
            node.with("version", artefact.id().version());
        }
        node.with("urn", references.urn(artefact.ref())).with("isExternalReference", "false");
        switch (artefact) {
            case Artefact.Codes list -> node.with("isPartial", String.valueOf(list.isPartial() || shown.isStub()));
            case Artefact.Concepts scheme ->
                node.with("isPartial", String.valueOf(scheme.isPartial() || shown.isStub()));
            case Artefact.Scheme scheme -> node.with("isPartial", String.valueOf(scheme.isPartial() || shown.isStub()));
            case Artefact.Constraint constraint ->
                node.with(newer() ? "role" : "type", constraint.found() == null ? "Allowed" : "Actual");
            default -> {}
        }
        if (artefact instanceof Artefact.Constraint constraint && constraint.found() != null) {
            XmlNode annotations = node.add("com:Annotations");
            metric(annotations, "series_count", constraint.found().seriesCount());
            metric(annotations, "obs_count", constraint.found().observationCount());
        }
        if (artefact instanceof Artefact.StructureMap map && shown.detail() != StructureMessage.Detail.STUB) {
            MappingMl.annotations(node, map.annotations());
        }
        text(node, "Name", artefact.name());
        if (!shown.isStub()) {
            content(node, artefact);
        } else {
            requiredOfStub(node, artefact);
        }
        return node;
    }

    /** What the schemas require even of a stub. */
    private void requiredOfStub(XmlNode node, Artefact artefact) {
        switch (artefact) {
            case Artefact.Provision provision -> provision(node, provision);
            case Artefact.ValueMap map -> MappingMl.mapped(node, map);
            case Artefact.StructureMap map -> MappingMl.mapped(node, map);
            case Artefact.ReportFlow flow -> reports.stub(node, flow.metadataflow());
            default -> {}
        }
    }

    private static void metric(XmlNode annotations, String id, long value) {
        XmlNode annotation = annotations.add("com:Annotation").with("id", id);
        annotation.add("com:AnnotationTitle", String.valueOf(value));
        annotation.add("com:AnnotationType", "sdmx_metrics");
    }

    private void text(XmlNode node, String element, LocalName name) {
        languages
                .all(name)
                .forEach((language, text) -> node.add("com:" + element, text).with("xml:lang", language));
    }

    private void content(XmlNode node, Artefact artefact) {
        switch (artefact) {
            case Artefact.Flow flow ->
                references.put(
                        node.add("str:Structure"),
                        new Ref(
                                ArtefactType.DATASTRUCTURE,
                                flow.dataflow().structure().id()));
            case Artefact.Definition definition -> new MlDefinition(version, definition.structure()).write(node);
            case Artefact.Codes list -> codes(node, list);
            case Artefact.Concepts scheme -> concepts(node, scheme);
            case Artefact.Scheme scheme -> items(node, scheme);
            case Artefact.Provision provision -> provision(node, provision);
            case Artefact.Constraint constraint -> constraint(node, constraint);
            case Artefact.Categorisation categorisation -> {
                references.put(node.add("str:Source"), categorisation.source());
                references.putItem(node.add("str:Target"), categorisation.scheme(), categorisation.category());
            }
            case Artefact.ValueMap map -> MappingMl.valueMap(node, map);
            case Artefact.StructureMap map -> MappingMl.structureMap(node, map);
            case Artefact.ReportFlow flow -> reports.flow(node, flow.metadataflow());
            case Artefact.ReportStructure structure -> reports.structure(node, structure.structure());
        }
    }

    private void codes(XmlNode node, Artefact.Codes list) {
        Set<String> shown = Set.copyOf(list.itemIds());
        for (Code code : list.codes()) {
            XmlNode item = item(node, list.ref(), code.id());
            text(item, "Name", code.name());
            String parent = code.parent();
            if (parent != null && shown.contains(parent)) {
                if (newer()) {
                    item.add("str:Parent", parent);
                } else {
                    item.add("str:Parent").add("Ref").with("id", parent);
                }
            }
        }
    }

    private void concepts(XmlNode node, Artefact.Concepts scheme) {
        for (Concept concept : scheme.concepts()) {
            XmlNode item = item(node, scheme.ref(), concept.id());
            text(item, "Name", concept.name());
            text(item, "Description", concept.description());
        }
    }

    private void items(XmlNode node, Artefact.Scheme scheme) {
        items(node, scheme, scheme.byParent(), "");
    }

    private void items(XmlNode node, Artefact.Scheme scheme, Map<String, List<Artefact.Item>> byParent, String parent) {
        for (Artefact.Item item : byParent.getOrDefault(parent, List.of())) {
            XmlNode one = item(node, scheme.ref(), item.id());
            text(one, "Name", item.name());
            items(one, scheme, byParent, item.id());
        }
    }

    private static XmlNode item(XmlNode node, Ref scheme, String id) {
        String itemClass = scheme.type().itemClass();
        return node.add("str:" + itemClass.substring(itemClass.indexOf('.') + 1))
                .with("id", id.substring(id.lastIndexOf('.') + 1))
                .with("urn", scheme.urn(id));
    }

    private void provision(XmlNode node, Artefact.Provision provision) {
        references.put(
                node.add(newer() ? "str:Dataflow" : "str:StructureUsage"),
                new Ref(ArtefactType.DATAFLOW, provision.agreement().dataflow().id()));
        references.putItem(
                node.add("str:DataProvider"),
                new Ref(ArtefactType.DATAPROVIDERSCHEME, provision.providers()),
                provision.agreement().provider());
    }

    private void constraint(XmlNode node, Artefact.Constraint constraint) {
        XmlNode attachment = node.add("str:ConstraintAttachment");
        references.put(attachment.add("str:" + constraint.attached().type().element()), constraint.attached());
        Availability found = constraint.found();
        XmlNode region = new XmlNode("str:CubeRegion").with("include", "true");
        CubeRegion allowed = constraint.region();
        for (Dimension dimension : constraint.structure().dimensions()) {
            Set<String> values = found == null
                    ? allowed.codes().get(dimension.id())
                    : found.values().get(dimension.id());
            if (values != null && !values.isEmpty()) {
                XmlNode key = region.add(prefix() + "KeyValue").with("id", dimension.id());
                values.forEach(value -> key.add(prefix() + "Value", value));
            }
        }
        if (found == null && !allowed.time().equals(TimeWindow.ALL)) {
            timeRange(
                    region.add(prefix() + "KeyValue")
                            .with("id", constraint.structure().time().id()),
                    allowed.time());
        }
        addUnlessEmpty(node, region);
    }

    /** Cube regions stand in the structure namespace since 3.0. */
    private String prefix() {
        return newer() ? "str:" : "com:";
    }

    private void timeRange(XmlNode key, TimeWindow window) {
        XmlNode range = key.add(prefix() + "TimeRange");
        String from = String.valueOf(window.from());
        String to = String.valueOf(window.to());
        if (window.to() == null) {
            range.add(prefix() + "AfterPeriod", from).with("isInclusive", "true");
        } else if (window.from() == null) {
            range.add(prefix() + "BeforePeriod", to).with("isInclusive", "true");
        } else {
            range.add(prefix() + "StartPeriod", from).with("isInclusive", "true");
            range.add(prefix() + "EndPeriod", to).with("isInclusive", "true");
        }
    }
}
