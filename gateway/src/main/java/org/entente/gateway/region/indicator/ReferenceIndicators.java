package org.entente.gateway.region.indicator;

import java.util.List;
import java.util.regex.Pattern;
import org.entente.gateway.statistics.ArtefactId;
import org.entente.gateway.statistics.Code;
import org.entente.gateway.statistics.Codelist;
import org.entente.gateway.statistics.Component.Attribute;
import org.entente.gateway.statistics.Component.Dimension;
import org.entente.gateway.statistics.Component.Measure;
import org.entente.gateway.statistics.Concept;
import org.entente.gateway.statistics.Dataflow;
import org.entente.gateway.statistics.DiasporaStructure;
import org.entente.gateway.statistics.LocalName;
import org.entente.gateway.statistics.Representation;
import org.entente.gateway.statistics.Structure;

/**
 * The structure of reference releases: what the Global Migration Group's guide to migration profiles (2012, core indicators) wants to stand
 * beside figures on migrants and comes from the keepers of such series, not from the members. One figure for each state, indicator and
 * year, with the day as of which its keeper had it.
 */
public final class ReferenceIndicators {
    /** The dataflow, as programmes and datasets name it. */
    public static final String FLOW = "ENTENTE:DF_REFERENCE(1.0.0)";

    /** Usual residents. */
    public static final String POPULATION = "POP";

    /** How the codes begin whose value is the year in which a state became party to a treaty. */
    static final String RATIFICATION = "RAT_";

    static final String INDICATOR = "INDICATOR";
    static final String AS_OF = "AS_OF";

    private static final String VERSION = "1.0.0";
    private static final Pattern LINE = Pattern.compile("[^\\p{Cc}]*");
    private static final Pattern DAY = Pattern.compile("\\d{4}(-\\d{2}(-\\d{2})?)?");

    private ReferenceIndicators() {}

    /** The dataflow with its structure; a node learns it as any structure of its own. */
    public static Dataflow load() {
        Structure diaspora = DiasporaStructure.load().structure();
        Structure structure = new Structure(
                id("DSD_REFERENCE"),
                LocalName.en("Reference indicators of migration profiles"),
                id("CS_REFERENCE"),
                List.of(
                        dimension("FREQ", Dimension.Role.FREQUENCY, list("CL_REFERENCE_FREQ", "A", "Yearly")),
                        dimension(
                                "REF_AREA",
                                Dimension.Role.REPORTING_AREA,
                                diaspora.reportingArea().representation()),
                        dimension(INDICATOR, Dimension.Role.INDICATOR, indicators()),
                        dimension(Dimension.TIME_ID, Dimension.Role.TIME, new Representation.Time())),
                new Measure("OBS_VALUE", concept("OBS_VALUE", "Observation value"), new Representation.Numeric()),
                List.of(
                        attribute("SOURCE_ORG", Attribute.Level.SERIES, Attribute.Role.SOURCE, text("String", LINE)),
                        attribute(AS_OF, Attribute.Level.OBSERVATION, Attribute.Role.OTHER, text("Day", DAY)),
                        attribute(
                                "OBS_STATUS",
                                Attribute.Level.OBSERVATION,
                                Attribute.Role.OBSERVATION_STATUS,
                                diaspora.attribute(Attribute.Role.OBSERVATION_STATUS)
                                        .orElseThrow()
                                        .representation())));
        return new Dataflow(id("DF_REFERENCE"), LocalName.en("Reference indicators of migration profiles"), structure);
    }

    private static Representation indicators() {
        return list(
                "CL_REFERENCE_INDICATOR",
                "RAT_ICRMW",
                "Year of becoming party to the convention on migrant workers of 1990",
                "RAT_REFUGEES_1951",
                "Year of becoming party to the refugee convention of 1951",
                "RAT_REFUGEES_1967",
                "Year of becoming party to the refugee protocol of 1967",
                "RAT_TRAFFICKING",
                "Year of becoming party to the trafficking protocol of 2000",
                "RAT_SMUGGLING",
                "Year of becoming party to the smuggling protocol of 2000",
                "RAT_ILO_97",
                "Year of becoming party to ILO convention 97",
                "RAT_ILO_143",
                "Year of becoming party to ILO convention 143",
                "RAT_ILO_189",
                "Year of becoming party to ILO convention 189",
                POPULATION,
                "Usual residents (persons)",
                "POP_CHANGE",
                "Change of the population (per 1000 in a year)",
                "NET_MIGRATION",
                "Net migration (persons in a year)",
                "HDI",
                "Human Development Index (0 to 1)",
                "LIFE_EXPECTANCY",
                "Life expectancy at birth (years)",
                "GDP_PER_CAPITA",
                "Gross domestic product per head (purchasing power, international dollars)",
                "REMIT_RECEIVED",
                "Remittances received (US dollars in a year)",
                "REMIT_PAID",
                "Remittances paid (US dollars in a year)",
                "REMIT_RECEIVED_GDP",
                "Remittances received (per cent of gross domestic product)",
                "REFUGEES_ORIGIN",
                "Refugees from the state (persons)",
                "REFUGEES_ASYLUM",
                "Refugees in the state (persons)",
                "STUDENTS_ABROAD",
                "Tertiary students abroad (persons)");
    }

    private static ArtefactId id(String id) {
        return new ArtefactId(DiasporaStructure.AGENCY, id, VERSION);
    }

    private static Concept concept(String id, String name) {
        return new Concept(id, LocalName.en(name), LocalName.en(name + "."));
    }

    private static Representation list(String id, String... codesAndNames) {
        List<Code> codes = java.util.stream.IntStream.range(0, codesAndNames.length / 2)
                .mapToObj(i -> new Code(codesAndNames[2 * i], LocalName.en(codesAndNames[2 * i + 1]), null))
                .toList();
        return new Representation.Coded(new Codelist(id(id), LocalName.en(id), codes));
    }

    private static Representation text(String type, Pattern pattern) {
        return new Representation.Text(type, pattern, 1000);
    }

    private static Dimension dimension(String id, Dimension.Role role, Representation representation) {
        return new Dimension(id, concept(id, id), representation, role);
    }

    private static Attribute attribute(
            String id, Attribute.Level level, Attribute.Role role, Representation representation) {
        boolean mandatory = role == Attribute.Role.OBSERVATION_STATUS;
        return new Attribute(id, concept(id, id), representation, level, mandatory, role);
    }
}
