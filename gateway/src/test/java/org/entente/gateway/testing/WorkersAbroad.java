package org.entente.gateway.testing;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import org.entente.gateway.sdmx.Languages;
import org.entente.gateway.sdmx.MessageHeader;
import org.entente.gateway.sdmx.StructureFormat;
import org.entente.gateway.sdmx.StructureMessage;
import org.entente.gateway.statistics.ArtefactId;
import org.entente.gateway.statistics.Code;
import org.entente.gateway.statistics.Codelist;
import org.entente.gateway.statistics.Component.Attribute;
import org.entente.gateway.statistics.Component.Dimension;
import org.entente.gateway.statistics.Component.Measure;
import org.entente.gateway.statistics.Concept;
import org.entente.gateway.statistics.Dataflow;
import org.entente.gateway.statistics.LocalName;
import org.entente.gateway.statistics.Representation;
import org.entente.gateway.statistics.Structure;

/** A structure that no release of the application ships, none of whose names are ours. */
public final class WorkersAbroad {
    /** Id of its dataflow. */
    public static final String FLOW = "REGIONAL.SEC:WORKERS(2.0.0)";

    /** Header of its messages. */
    public static final MessageHeader HEADER = new MessageHeader("S1", Instant.parse("2026-01-01T00:00:00Z"), "SEC");

    private WorkersAbroad() {}

    /** The dataflow with its structure. */
    public static Dataflow flow() {
        Structure structure = new Structure(
                id("DSD_WORKERS"),
                LocalName.en("Workers abroad"),
                id("CS_WORKERS"),
                List.of(
                        dimension("HOST", coded("CL_HOST", "IT", "PH", "MD"), Dimension.Role.REPORTING_AREA),
                        dimension("HOME", coded("CL_HOME", "IT", "PH", "MD", "ALL"), Dimension.Role.COUNTERPART_AREA),
                        dimension("TRADE", coded("CL_TRADE", "CARE", "BUILD", "ALL"), Dimension.Role.BREAKDOWN),
                        dimension("TIME_PERIOD", new Representation.Time(), Dimension.Role.TIME)),
                new Measure("OBS_VALUE", concept("OBS_VALUE"), new Representation.Numeric()),
                List.of(new Attribute(
                        "FLAG",
                        concept("FLAG"),
                        coded("CL_FLAG", "A", "Q"),
                        Attribute.Level.OBSERVATION,
                        true,
                        Attribute.Role.OBSERVATION_STATUS)));
        return new Dataflow(id("WORKERS"), LocalName.en("Workers abroad by trade"), structure);
    }

    /** An id under its agency. */
    public static ArtefactId id(String id) {
        return new ArtefactId("REGIONAL.SEC", id, "2.0.0");
    }

    private static Concept concept(String id) {
        return new Concept(id, LocalName.en("The " + id), LocalName.en("About " + id));
    }

    /** A representation by a list of its agency. */
    public static Representation coded(String list, String... codes) {
        return new Representation.Coded(new Codelist(
                id(list),
                LocalName.en(list),
                List.of(codes).stream()
                        .map(code -> new Code(code, LocalName.en("Name of " + code), null))
                        .toList()));
    }

    /** A dimension as this structure has them. */
    public static Dimension dimension(String id, Representation representation, Dimension.Role role) {
        return new Dimension(id, concept(id), representation, role);
    }

    /** The structure message of a dataflow. */
    public static byte[] message(Dataflow flow, StructureFormat format) {
        return format.bytes(StructureMessage.all(flow), HEADER, Languages.ANY);
    }

    /** Makes a leg of an agreement be about workers: all trades, and care. */
    public static void leg(ObjectNode leg) {
        leg.put("dataflow", FLOW);
        ((ObjectNode) leg.path("standards")).put("structure", "REGIONAL.SEC:DSD_WORKERS(2.0.0)");
        ObjectNode cube = (ObjectNode) leg.path("cube");
        ObjectNode dimensions = cube.putObject("dimensions");
        dimensions.putObject("HOST").putArray("codes").add("@PROVIDER");
        dimensions.putObject("HOME").putArray("codes").add("@CONSUMER");
        dimensions
                .putObject("TRADE")
                .put("total", "ALL")
                .putArray("codes")
                .add("ALL")
                .add("CARE");
        cube.remove("neverCross");
    }

    /** Workers in Italy in 2024, made up. */
    public static String table() {
        return "STRUCTURE,STRUCTURE_ID,ACTION,HOST,HOME,TRADE,TIME_PERIOD,OBS_VALUE,FLAG\n"
                + row("IT,PH,ALL,2024,900,A")
                + row("IT,PH,CARE,2024,700,A")
                + row("IT,PH,BUILD,2024,200,A")
                + row("IT,MD,ALL,2024,50,A");
    }

    private static String row(String cells) {
        return "dataflow," + FLOW + ",I," + cells + "\n";
    }
}
