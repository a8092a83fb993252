package org.entente.gateway.sdmx;

import java.util.List;
import org.entente.gateway.sdmx.Artefact.Ref;
import org.entente.gateway.statistics.Codelist;
import org.entente.gateway.statistics.Heading;
import org.entente.gateway.statistics.MetadataStructure;
import org.entente.gateway.statistics.Metadataflow;

/**
 * Metadata structures and metadataflows as parts of SDMX-ML 3.0 and 2.1 structure messages. In 2.1 a structure says itself what reports are
 * about, so there its reports are about dataflows.
 */
final class ReportStructureMl {

    private static final String TARGET = "DATAFLOW_TARGET";
    private static final String ANY_DATAFLOW = "urn:sdmx:org.sdmx.infomodel.datastructure.Dataflow=*:*(*)";

    private final MlVersion version;
    private final MlReferences references;

    ReportStructureMl(MlVersion version) {
        this.version = version;
        this.references = new MlReferences(version);
    }

    private boolean newer() {
        return version == MlVersion.V3_0;
    }

    void flow(XmlNode node, Metadataflow flow) {
        references.put(
                node.add("str:Structure"),
                new Ref(ArtefactType.METADATASTRUCTURE, flow.structure().id()));
        stub(node, flow);
    }

    /** What the schemas require even of a stub: since 3.0 a flow says what its reports are about. */
    void stub(XmlNode node, Metadataflow flow) {
        if (newer()) {
            List<String> targets = flow.targets().isEmpty() ? List.of(ANY_DATAFLOW) : flow.targets();
            targets.forEach(target -> node.add("str:Target", target));
        }
    }

    void structure(XmlNode node, MetadataStructure structure) {
        XmlNode components = node.add("str:MetadataStructureComponents");
        if (newer()) {
            headings(
                    components.add("str:MetadataAttributeList").with("id", "MetadataAttributeDescriptor"),
                    structure,
                    structure.headings());
            return;
        }
        components
                .add("str:MetadataTarget")
                .with("id", TARGET)
                .add("str:IdentifiableObjectTarget")
                .with("id", "DATAFLOW")
                .with("objectType", "Dataflow")
                .add("str:LocalRepresentation")
                .add("str:TextFormat")
                .with("textType", "IdentifiableReference");
        XmlNode report = components.add("str:ReportStructure").with("id", "REPORT");
        headings(report, structure, structure.headings());
        references.putLocal(report.add("str:MetadataTarget"), TARGET);
    }

    private void headings(XmlNode parent, MetadataStructure structure, List<Heading> headings) {
        for (Heading heading : headings) {
            XmlNode node = parent.add("str:MetadataAttribute")
                    .with("id", heading.id())
                    .with("minOccurs", heading.required() ? "1" : "0")
                    .with("maxOccurs", "1");
            if (heading.presentational()) {
                node.with("isPresentational", "true");
            }
            references.putItem(
                    node.add("str:ConceptIdentity"),
                    new Ref(ArtefactType.CONCEPTSCHEME, structure.schemeOf(heading)),
                    heading.concept().id());
            if (!heading.presentational()) {
                XmlNode representation = node.add("str:LocalRepresentation");
                Codelist codes = heading.codes();
                if (codes == null) {
                    representation
                            .add("str:TextFormat")
                            .with("textType", "String")
                            .with("isMultiLingual", "true");
                } else {
                    references.put(representation.add("str:Enumeration"), new Ref(ArtefactType.CODELIST, codes.id()));
                }
            }
            headings(node, structure, heading.headings());
        }
    }
}
