package org.entente.gateway.sdmx;

import java.time.temporal.ChronoUnit;
import org.entente.gateway.statistics.ArtefactId;

/** Beginning and end of SDMX-ML data messages of both versions (SDMXMessage.xsd), and the attributes of their data sets. */
final class MlHeader {

    /** Under which id the data sets name their structure. */
    static final String STRUCTURE_REF = "S1";

    private final DataMessage message;
    private final MlVersion version;

    MlHeader(DataMessage message, MlVersion version) {
        this.message = message;
        this.version = version;
    }

    /**
     * The document up to the first data set.
     *
     * @param root the message's element
     * @param namespaces further namespace declarations of the root, each with a space before it
     * @param specific namespace of the structure-specific types, or empty for generic data
     */
    String begin(String root, String namespaces, String specific) {
        StringBuilder xml = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<message:")
                .append(root)
                .append(Xml.attribute("xmlns:message", version.namespace("message")))
                .append(Xml.attribute("xmlns:common", version.namespace("common")))
                .append(Xml.attribute("xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance"))
                .append(namespaces)
                .append(">\n<message:Header>");
        element(xml, "ID", message.header().id());
        element(xml, "Test", "false");
        element(
                xml,
                "Prepared",
                message.header().prepared().truncatedTo(ChronoUnit.SECONDS).toString());
        xml.append("<message:Sender")
                .append(Xml.attribute("id", message.header().sender()))
                .append("/>");
        if (version == MlVersion.V3_0) {
            // A receiver is mandatory in 3.0, and an answer to a query does not know one.
            xml.append("<message:Receiver id=\"not_supplied\"/>");
        }
        xml.append("<message:Structure").append(Xml.attribute("structureID", STRUCTURE_REF));
        if (!specific.isEmpty()) {
            xml.append(Xml.attribute("namespace", specific));
        }
        xml.append(Xml.attribute("dimensionAtObservation", message.dimensionAtObservation()))
                .append("><common:StructureUsage>")
                .append(usage())
                .append("</common:StructureUsage></message:Structure>");
        if (message.sets().size() == 1) {
            element(xml, "DataSetAction", action(message.sets().getFirst()));
        }
        return xml.append("</message:Header>\n").toString();
    }

    private static void element(StringBuilder xml, String name, String text) {
        xml.append("<message:")
                .append(name)
                .append('>')
                .append(Xml.escaped(text))
                .append("</message:")
                .append(name)
                .append('>');
    }

    private String usage() {
        ArtefactId flow = message.dataflow().id();
        return version == MlVersion.V3_0
                ? Xml.escaped(flow.urn("datastructure.Dataflow"))
                : "<Ref" + Xml.attribute("agencyID", flow.agency()) + Xml.attribute("id", flow.id())
                        + Xml.attribute("version", flow.version()) + " class=\"Dataflow\"/>";
    }

    /** Neither version knows 3.1's words: a plain answer is information. */
    String action(DataSet set) {
        return switch (set.action()) {
            case DELETE -> "Delete";
            case REPLACE -> message.deletes() ? "Replace" : "Information";
        };
    }

    /** What the standard says of a data set, as attributes with the prefix that the namespace has. */
    String dataSet(DataSet set, String prefix) {
        StringBuilder xml = new StringBuilder(Xml.attribute(prefix + "structureRef", STRUCTURE_REF));
        xml.append(Xml.attribute(prefix + "action", action(set)));
        if (set.validFrom() != null) {
            xml.append(Xml.attribute(prefix + "validFromDate", set.validFrom().toString()));
        }
        if (set.validTo() != null) {
            xml.append(Xml.attribute(prefix + "validToDate", set.validTo().toString()));
        }
        return xml.toString();
    }
}
