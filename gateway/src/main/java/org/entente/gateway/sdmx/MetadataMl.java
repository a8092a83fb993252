package org.entente.gateway.sdmx;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.entente.gateway.statistics.LocalName;
import org.entente.gateway.statistics.MetadataSet;
import org.entente.gateway.statistics.MetadataSet.Reported;

/** Reports about data as SDMX-ML 3.0 (message {@code GenericMetadata}). */
final class MetadataMl {

    private static final MlVersion VERSION = MlVersion.V3_0;

    private final Languages languages;

    MetadataMl(Languages languages) {
        this.languages = languages;
    }

    byte[] bytes(List<MetadataSet> sets, boolean stubs, MessageHeader header) {
        XmlNode root =
                StructureMl.root(VERSION, "GenericMetadata").with("xmlns:gen", VERSION.namespace("metadata/generic"));
        XmlNode head = root.add("mes:Header");
        head.add("mes:ID", header.id());
        head.add("mes:Test", "false");
        head.add(
                "mes:Prepared",
                header.prepared().truncatedTo(ChronoUnit.SECONDS).toString());
        head.add("mes:Sender").with("id", header.sender());
        head.add("mes:Receiver").with("id", "not_supplied");
        List<String> flows = sets.stream().map(MetadataMl::flow).distinct().toList();
        for (int i = 0; i < flows.size(); i++) {
            head.add("mes:Structure").with("structureID", "S" + i).add("com:StructureUsage", flows.get(i));
        }
        sets.forEach(set -> set(root, set, stubs));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            root.write(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private static String flow(MetadataSet set) {
        return set.flow().urn(ArtefactType.METADATAFLOW.urnClass());
    }

    private void set(XmlNode root, MetadataSet set, boolean stub) {
        XmlNode node = root.add("mes:MetadataSet")
                .with("id", set.id().id())
                .with("agencyID", set.id().agency())
                .with("version", set.id().version())
                .with("urn", set.id().urn("metadatastructure.MetadataSet"))
                .with("isExternalReference", "false");
        texts(node, "com:Name", languages.all(set.name()));
        if (!stub) {
            node.add("gen:Metadataflow", flow(set));
            set.targets().forEach(target -> node.add("gen:Target", target));
            set.headings().forEach(heading -> heading(node, heading));
        }
    }

    private static void texts(XmlNode node, String element, java.util.SortedMap<String, String> texts) {
        texts.forEach((language, text) -> node.add(element, text).with("xml:lang", language));
    }

    private void heading(XmlNode parent, Reported heading) {
        XmlNode node = parent.add("gen:Attribute").with("id", heading.id());
        XmlNode annotation = node.add("com:Annotations").add("com:Annotation");
        annotation.add("com:AnnotationType", MetadataJson.NAME);
        texts(annotation, "com:AnnotationText", languages.all(heading.name()));
        LocalName text = heading.text();
        if (text != null) {
            texts(node, "com:Text", text.byLanguage());
        } else if (heading.code() != null) {
            node.add("gen:Value", heading.value(""));
        }
        heading.headings().forEach(below -> heading(node, below));
    }
}
