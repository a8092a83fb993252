package org.entente.gateway.statistics;

import java.util.List;
import java.util.regex.Pattern;
import org.entente.gateway.statistics.Component.Attribute;
import org.entente.gateway.statistics.Component.Attribute.Level;
import org.entente.gateway.statistics.Component.Dimension;
import org.entente.gateway.statistics.Component.Dimension.Role;
import org.entente.gateway.statistics.Component.Measure;

/**
 * DSD_DIASPORA 1.0.0 of agency ENTENTE and its dataflow: every dimension that an agreement about migrants may need, each
 * with a total, so that a later table needs no new structure.
 *
 * <p>REF_AREA is the territory of the party that reports, COUNTERPART_AREA the other side, and INDICATOR carries the
 * direction: an origin that counts its emigrants reports under its own area.
 */
public final class DiasporaStructure {

    /** The agency that maintains the structure. */
    public static final String AGENCY = "ENTENTE";

    private static final Pattern REGION = Pattern.compile("_T|_U|_Z|[A-Z]{2}[A-Z0-9-]{1,8}");
    private static final Pattern ANY_LINE = Pattern.compile("[^\\p{Cc}]*");
    private static final Pattern URI = Pattern.compile("[a-z][a-z0-9+.-]*:[^\\s\\p{Cc}]+");
    private static final Pattern MONTH_DAY = Pattern.compile("--(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])");
    private static final Pattern DATE_TIME =
            Pattern.compile("\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}(\\.\\d+)?(Z|[+-]\\d{2}:\\d{2})");

    /** The dimension that tells long-term from short-term movements; the dataflows over this structure are confined by it. */
    static final String STAY = "STAY";

    private DiasporaStructure() {}

    /** The dataflow DF_DIASPORA 1.0.0 with its structure; freshly read, so keep it. */
    public static Dataflow load() {
        Structure structure = new Structure(
                new ArtefactId(AGENCY, "DSD_DIASPORA", "1.0.0"),
                LocalName.en("Diaspora and migrant aggregates"),
                new ArtefactId(AGENCY, "CS_DIASPORA", "1.0.0"),
                dimensions(),
                new Measure(
                        "OBS_VALUE",
                        concept("OBS_VALUE", "Observation value", "The figure; NaN if it is withheld or missing."),
                        new Representation.Numeric()),
                attributes());
        return new Dataflow(
                new ArtefactId(AGENCY, "DF_DIASPORA", "1.0.0"),
                LocalName.en("Diaspora and migrant aggregates"),
                structure);
    }

    /**
     * All dataflows over the structure that ship with the application, the given one first.
     *
     * @param diaspora as {@link #load()} made it
     */
    public static List<Dataflow> flows(Dataflow diaspora) {
        return MigrationFlows.with(diaspora);
    }

    private static List<Dimension> dimensions() {
        Representation area = coded("CL_AREA");
        Representation region = new Representation.Text("String", REGION, 10);
        return List.of(
                dimension("FREQ", Role.FREQUENCY, coded("CL_FREQ"), "Frequency", "How often the figure is made."),
                dimension(
                        "REF_AREA",
                        Role.REPORTING_AREA,
                        area,
                        "Reporting area",
                        "The territory of the party that reports the figure."),
                dimension(
                        "REF_REGION",
                        Role.REPORTING_REGION,
                        region,
                        "Reporting region",
                        "Part of the reporting area: an ISO 3166-2 or NUTS code; _T for the whole."),
                dimension(
                        "COUNTERPART_AREA",
                        Role.COUNTERPART_AREA,
                        area,
                        "Counterpart area",
                        "The other side: origin, citizenship or destination, as the origin basis says."),
                dimension(
                        "COUNTERPART_REGION",
                        Role.COUNTERPART_REGION,
                        region,
                        "Counterpart region",
                        "Part of the counterpart area: an ISO 3166-2 or NUTS code; _T for the whole."),
                dimension(
                        "ORIGIN_BASIS",
                        Role.COUNTERPART_BASIS,
                        coded("CL_ORIGIN_BASIS"),
                        "Basis of the counterpart",
                        "In which sense the counterpart area is the counterpart."),
                breakdown("SEX", coded("CL_SEX"), "Sex", "Sex of the persons."),
                breakdown("AGE", coded("CL_AGE"), "Age", "Age in completed years."),
                breakdown("EDUCATION_LEV", coded("CL_EDUCATION_LEV"), "Education", "Highest level, ISCED 2011."),
                breakdown("OCCUPATION", coded("CL_OCCUPATION"), "Occupation", "ISCO-08 occupation."),
                breakdown("DURATION", coded("CL_DURATION"), "Duration of stay", "Time spent in the country so far."),
                breakdown("REASON", coded("CL_REASON"), "Reason", "Reason for migration or for the permit."),
                breakdown(STAY, coded("CL_STAY"), "Length of stay", "Intended or permitted length of stay."),
                dimension(
                        "INDICATOR",
                        Role.INDICATOR,
                        coded("CL_INDICATOR"),
                        "Indicator",
                        "What is counted, and in which direction."),
                dimension("UNIT_MEASURE", Role.UNIT, coded("CL_UNIT_MEASURE"), "Unit", "In which unit."),
                dimension(Dimension.TIME_ID, Role.TIME, new Representation.Time(), "Time period", "When."));
    }

    private static List<Attribute> attributes() {
        Representation line = new Representation.Text("String", ANY_LINE, 1000);
        return List.of(
                series("UNIT_MULT", Attribute.Role.UNIT_MULTIPLIER, coded("CL_UNIT_MULT"), true, "Unit multiplier"),
                series("DECIMALS", Attribute.Role.DECIMALS, coded("CL_DECIMALS"), false, "Decimals"),
                series(
                        "COLL_SOURCE",
                        Attribute.Role.COLLECTION_SOURCE,
                        coded("CL_COLL_SOURCE"),
                        false,
                        "Kind of source"),
                series(
                        "REF_DATE_TYPE",
                        Attribute.Role.REFERENCE_DATE_TYPE,
                        coded("CL_REF_DATE_TYPE"),
                        false,
                        "Kind of reference date"),
                series(
                        "RESIDENCE_RULE",
                        Attribute.Role.RESIDENCE_RULE,
                        coded("CL_RESIDENCE_RULE"),
                        false,
                        "Residence rule"),
                series(
                        "REF_DATE",
                        Attribute.Role.REFERENCE_DATE,
                        new Representation.Text("MonthDay", MONTH_DAY, 7),
                        false,
                        "Reference day of the year"),
                series("SOURCE_ORG", Attribute.Role.SOURCE, line, false, "Source organisation"),
                series("COVERAGE", Attribute.Role.COVERAGE, line, false, "Population covered"),
                observation(
                        "OBS_STATUS",
                        Attribute.Role.OBSERVATION_STATUS,
                        coded("CL_OBS_STATUS"),
                        true,
                        "Observation status"),
                observation(
                        "CONF_STATUS",
                        Attribute.Role.CONFIDENTIALITY_STATUS,
                        coded("CL_CONF_STATUS"),
                        false,
                        "Confidentiality status"),
                observation("CONF_REDIST", Attribute.Role.REDISTRIBUTION, line, false, "Secondary recipients"),
                observation(
                        "EMBARGO_TIME",
                        Attribute.Role.EMBARGO,
                        new Representation.Text("DateTime", DATE_TIME, 40),
                        false,
                        "End of the embargo"),
                observation("COMMENT_OBS", Attribute.Role.COMMENT, line, false, "Comment on the observation"),
                dataset("AGREEMENT", Attribute.Role.AGREEMENT, line, "Agreement under which the data are shared"),
                dataset(
                        "METHOD_URI",
                        Attribute.Role.METHOD,
                        new Representation.Text("URI", URI, 1000),
                        "Where the method is described"),
                dataset(
                        "RELEASE_STATUS",
                        Attribute.Role.RELEASE_STATUS,
                        coded("CL_RELEASE_STATUS"),
                        "Provisional or final"));
    }

    private static Representation coded(String list) {
        return new Representation.Coded(CodelistFile.load(list));
    }

    private static Concept concept(String id, String name, String description) {
        return new Concept(id, LocalName.en(name), LocalName.en(description));
    }

    private static Dimension dimension(
            String id, Role role, Representation representation, String name, String description) {
        return new Dimension(id, concept(id, name, description), representation, role);
    }

    private static Dimension breakdown(String id, Representation representation, String name, String description) {
        return dimension(id, Role.BREAKDOWN, representation, name, description);
    }

    private static Attribute series(
            String id, Attribute.Role role, Representation representation, boolean mandatory, String name) {
        return new Attribute(id, concept(id, name, name + "."), representation, Level.SERIES, mandatory, role);
    }

    private static Attribute observation(
            String id, Attribute.Role role, Representation representation, boolean mandatory, String name) {
        return new Attribute(id, concept(id, name, name + "."), representation, Level.OBSERVATION, mandatory, role);
    }

    private static Attribute dataset(String id, Attribute.Role role, Representation representation, String name) {
        return new Attribute(id, concept(id, name, name + "."), representation, Level.DATASET, false, role);
    }
}
