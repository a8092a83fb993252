package org.entente.gateway.statistics;

import java.util.List;
import java.util.regex.Pattern;
import org.entente.gateway.statistics.Component.Attribute;
import org.entente.gateway.statistics.Component.Dimension;
import org.entente.gateway.statistics.Component.Measure;

/** A structure with other names than the diaspora structure's, so that no code can lean on those. */
public final class SmallStructure {

    private SmallStructure() {}

    /** Dimensions WHO (reporting area), KIND, PART (free text) and WHEN; attributes of every level. */
    public static Dataflow dataflow() {
        Codelist places = list("CL_PLACE", "AA", "BB", "CC");
        Codelist kinds = list("CL_KIND", "K1", "K2", "K3", "_T");
        Codelist marks = list("CL_MARK", "ok", "gone");
        Structure structure = new Structure(
                new ArtefactId("XY", "DSD_SMALL", "1.2.0"),
                LocalName.en("Small"),
                new ArtefactId("XY", "CS_SMALL", "1.0.0"),
                List.of(
                        dimension("WHO", new Representation.Coded(places), Dimension.Role.REPORTING_AREA),
                        dimension("KIND", new Representation.Coded(kinds), Dimension.Role.BREAKDOWN),
                        dimension("PART", text(), Dimension.Role.BREAKDOWN),
                        dimension("TIME_PERIOD", new Representation.Time(), Dimension.Role.TIME)),
                new Measure("FIGURE", concept("FIGURE"), new Representation.Numeric()),
                List.of(
                        attribute("MARK", new Representation.Coded(marks), Attribute.Level.OBSERVATION, true),
                        attribute("SOURCE", text(), Attribute.Level.SERIES, false),
                        attribute("REMARK", text(), Attribute.Level.OBSERVATION, false),
                        attribute("UNDER", text(), Attribute.Level.DATASET, false)));
        return new Dataflow(new ArtefactId("XY", "DF_SMALL", "1.0.0"), LocalName.en("Small"), structure);
    }

    private static Representation text() {
        return new Representation.Text("String", Pattern.compile("[^\\p{Cntrl}]*"), 100);
    }

    private static Codelist list(String id, String... codes) {
        return new Codelist(
                new ArtefactId("XY", id, "1.0"),
                LocalName.en(id),
                List.of(codes).stream()
                        .map(code -> new Code(code, LocalName.en("Name of " + code), null))
                        .toList());
    }

    private static Concept concept(String id) {
        return new Concept(id, LocalName.en("The " + id), LocalName.en("About " + id));
    }

    private static Dimension dimension(String id, Representation representation, Dimension.Role role) {
        return new Dimension(id, concept(id), representation, role);
    }

    private static Attribute attribute(
            String id, Representation representation, Attribute.Level level, boolean mandatory) {
        return new Attribute(id, concept(id), representation, level, mandatory, Attribute.Role.OTHER);
    }

    /** Adds one row. */
    public static void row(
            CubeBuilder builder, String who, String kind, String part, String when, double figure, String mark) {
        builder.dimension("WHO", who)
                .dimension("KIND", kind)
                .dimension("PART", part)
                .dimension("TIME_PERIOD", when)
                .value(figure)
                .attribute("MARK", mark)
                .add();
    }

    /** One line per observation: key, value and attributes. */
    public static List<String> lines(Cube cube) {
        return lines(cube.structure(), cube.cursor());
    }

    /** Every observation of a cursor as text, in order. */
    static List<String> lines(Structure structure, ObservationCursor cursor) {
        List<String> lines = new java.util.ArrayList<>();
        while (cursor.next()) {
            StringBuilder line = new StringBuilder();
            for (int d = 0; d < structure.dimensions().size(); d++) {
                line.append(cursor.dimensionText(d)).append('.');
            }
            line.append('=').append(cursor.value());
            for (int a = 0; a < structure.attributes().size(); a++) {
                line.append('|').append(cursor.attributeText(a));
            }
            lines.add(line.toString());
        }
        return lines;
    }
}
