package org.entente.gateway.sdmx;

import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.entente.gateway.statistics.ArtefactId;
import org.entente.gateway.statistics.Cube;
import org.entente.gateway.statistics.CubeBuilder;
import org.entente.gateway.statistics.CubeException;
import org.entente.gateway.statistics.Dataflow;
import org.entente.gateway.statistics.Problem.Kind;

/**
 * Reads SDMX-ML data messages: structure-specific of 2.1 and 3.0, and generic of 2.1, as time series, across another
 * dimension or flat. Attributes of groups and partial keys count for the series that follow them. A mistake is named by the
 * number of its observation and by line.
 */
final class MlReader {

    private static final Set<String> SPECIFIC = Set.of("StructureSpecificData", "StructureSpecificTimeSeriesData");
    private static final Set<String> GENERIC = Set.of("GenericData", "GenericTimeSeriesData");

    private final HardenedXml xml;
    private final Dataflow dataflow;
    private final RowFiller rows;

    /** Per structure id of the header the dimension at the observation. */
    private final Map<String, String> atObservation = new HashMap<>();

    private MlReader(InputStream in, Dataflow dataflow, ReadLimits limits, Consumer<CubeBuilder> rowCheck)
            throws IOException {
        this.xml = new HardenedXml(in, limits.depth());
        this.dataflow = dataflow;
        this.rows = new RowFiller(dataflow, limits, rowCheck);
    }

    /**
     * Reads a whole message.
     *
     * @throws CubeException naming what is wrong
     */
    static Cube read(InputStream in, Dataflow dataflow, ReadLimits limits, Consumer<CubeBuilder> rowCheck)
            throws IOException {
        return new MlReader(in, dataflow, limits, rowCheck).read();
    }

    private Cube read() throws IOException {
        if (!xml.next() || !xml.namespace().startsWith("http://www.sdmx.org/resources/sdmxml/schemas/v")) {
            throw Refusal.malformed("the file is no SDMX-ML message of 2.1 or later");
        }
        boolean specific = SPECIFIC.contains(xml.name());
        if (!specific && !GENERIC.contains(xml.name())) {
            throw Refusal.malformed(
                    "the message is " + Refusal.shortened(xml.name()) + ", and not structure-specific or generic data");
        }
        while (xml.next()) {
            if (!xml.isStart()) {
                continue;
            }
            if (xml.name().equals("Header")) {
                header();
            } else if (xml.name().equals("DataSet")) {
                refuseDeletion();
                String dimension = atObservation.getOrDefault(
                        xml.attribute("structureRef"),
                        dataflow.structure().time().id());
                if (specific) {
                    new SpecificMlReader(xml, rows).dataSet();
                } else {
                    new GenericMlReader(xml, rows, dimension).dataSet();
                }
            }
        }
        return rows.build();
    }

    private void refuseDeletion() {
        if (xml.attribute("action").equals("Delete")) {
            rows.problem(Kind.MALFORMED, "ACTION", "a data set that deletes cannot be imported" + xml.at());
        }
    }

    private void header() throws IOException {
        int depth = 1;
        String structure = "";
        while (depth > 0 && xml.next()) {
            if (!xml.isStart()) {
                depth--;
                continue;
            }
            depth++;
            switch (xml.name()) {
                case "Structure", "StructureUsage" -> {
                    if (!xml.attribute("structureID").isEmpty()) {
                        structure = xml.attribute("structureID");
                        atObservation.put(structure, xml.attribute("dimensionAtObservation"));
                    } else if (xml.namespace().endsWith("v3_0/common")
                            || xml.namespace().endsWith("v3_1/common")) {
                        requireOwn(xml.text());
                        depth--;
                    }
                }
                case "Ref" -> requireOwn(xml.attribute("agencyID"), xml.attribute("id"), xml.attribute("version"));
                case "URN" -> {
                    requireOwn(xml.text());
                    depth--;
                }
                default -> {}
            }
        }
    }

    /** A reference to the flow or its structure by URN. */
    private void requireOwn(String urn) {
        String id = urn.substring(urn.indexOf('=') + 1).trim();
        if (urn.contains(".ProvisionAgreement=")) {
            return;
        }
        if (!id.equals(dataflow.id().toString())
                && !id.equals(dataflow.structure().id().toString())) {
            refuseOther(id);
        }
    }

    private void requireOwn(String agency, String id, String version) {
        boolean own = false;
        for (ArtefactId known :
                new ArtefactId[] {dataflow.id(), dataflow.structure().id()}) {
            own |= known.id().equals(id)
                    && (agency.isEmpty() || known.agency().equals(agency))
                    && (version.isEmpty() || known.version().equals(version));
        }
        if (!own) {
            refuseOther(agency + ":" + id + "(" + version + ")");
        }
    }

    private void refuseOther(String id) {
        throw Refusal.malformed(
                1,
                "STRUCTURE",
                "the data are of " + Refusal.shortened(id) + ", not of " + dataflow.id() + " or "
                        + dataflow.structure().id());
    }
}
