package org.entente.gateway.region.site;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.entente.gateway.region.comparison.FigureConcept;
import org.entente.gateway.region.comparison.RegionalTotal;
import org.entente.gateway.region.profile.Profile;
import org.entente.gateway.statistics.ArtefactId;
import org.entente.gateway.statistics.Code;
import org.entente.gateway.statistics.Codelist;
import org.entente.gateway.statistics.Component.Attribute;
import org.entente.gateway.statistics.Component.Dimension;
import org.entente.gateway.statistics.Cube;
import org.entente.gateway.statistics.CubeBuilder;
import org.entente.gateway.statistics.Dataflow;
import org.entente.gateway.statistics.LocalName;
import org.entente.gateway.statistics.Representation;
import org.entente.gateway.statistics.Structure;

/**
 * The regional totals of one edition as SDMX data. No area list has a code for a regional process, so the secretariat is the agency of a
 * list of its own: all areas of the members' structure and one code for the process, whose name says which members it had in this round.
 * The version of list, structure and dataflow is the edition's, since members come and go between rounds.
 *
 * <p>The structure is the members' with three differences: the list of reporting areas; a dimension that says which definition of which
 * table a total follows, since totals of two definitions never share a key; and attributes that say what a total is. A total that is not
 * shown is there with status {@code Q} and no figure; one that is a lower bound has status {@code U} and kind {@code AT_LEAST}.
 *
 * @param flow the dataflow, maintained by the secretariat
 * @param cube its data
 */
record TotalsFlow(Dataflow flow, Cube cube) {
    private static final String DEFINITION = "DEFINITION";
    private static final String KIND = "TOTAL_KIND";
    private static final String WHOLE = "_T";

    /**
     * The totals of an edition that follow one structure.
     *
     * @param party the secretariat
     * @param process what the process or its secretariat is called
     * @param base the members' dataflow
     * @param tables ids of the tables whose figures are of that dataflow
     * @param names words for definitions
     */
    static TotalsFlow of(
            Profile profile, String party, String process, Dataflow base, List<String> tables, Names names) {
        String programme = programme(profile);
        String version = profile.edition() + ".0.0";
        ArtefactId id =
                new ArtefactId(party, "DF_TOTALS_" + programme + "_" + base.id().id(), version);
        List<Code> definitions = new ArrayList<>();
        List<Placed> totals = new ArrayList<>();
        for (Profile.TableResult table : profile.tables()) {
            if (tables.contains(table.id())) {
                int number = 0;
                for (Profile.Group group : table.groups()) {
                    if (group.apart() == null) {
                        String code = table.id() + "-" + ++number;
                        definitions.add(new Code(
                                code,
                                LocalName.en(table.id() + ": " + names.concept(base.structure(), group.concept())),
                                null));
                        group.totals().forEach(total -> totals.add(new Placed(code, group.concept(), total)));
                    }
                }
            }
        }
        Structure structure = new Structures(profile, party, process, base, version).of(definitions);
        Dataflow flow = new Dataflow(
                id, LocalName.en("Regional totals of " + programme + ", edition " + profile.edition()), structure);
        return new TotalsFlow(flow, cube(structure, base.structure(), party, profile, totals));
    }

    private static String programme(Profile profile) {
        return profile.programme().substring(0, profile.programme().indexOf('/'));
    }

    /** A total with its definition. */
    private record Placed(String definition, FigureConcept concept, Profile.Total total) {}

    // ---- structure ----

    /** Makes the structure. */
    private record Structures(Profile profile, String party, String process, Dataflow base, String version) {
        Structure of(List<Code> definitions) {
            Structure from = base.structure();
            DerivedStructure derived = new DerivedStructure(from);
            String suffix = "_" + programme(profile) + "_" + base.id().id();
            Codelist areas = areas();
            List<Dimension> dimensions = new ArrayList<>();
            for (Dimension dimension : from.dimensions()) {
                if (dimension.role() == Dimension.Role.TIME) {
                    dimensions.add(DerivedStructure.ownDimension(
                            DEFINITION,
                            "Table and definition",
                            new Codelist(
                                    new ArtefactId(party, "CL_DEFINITION" + suffix, version),
                                    LocalName.en("Tables and definitions of the edition"),
                                    definitions)));
                }
                dimensions.add(
                        dimension.role() == Dimension.Role.REPORTING_AREA
                                ? derived.dimension(dimension, new Representation.Coded(areas))
                                : derived.dimension(dimension));
            }
            List<Attribute> attributes = new ArrayList<>();
            for (Attribute attribute : from.attributes()) {
                switch (attribute.role()) {
                    case RESIDENCE_RULE, REFERENCE_DATE_TYPE, OBSERVATION_STATUS ->
                        attributes.add(derived.attribute(attribute));
                    default -> {}
                }
            }
            attributes.add(DerivedStructure.ownCode(KIND, "Kind of total", kinds()));
            attributes.add(DerivedStructure.ownCount("CONTRIBUTORS", "Members whose figures are in it"));
            attributes.add(DerivedStructure.ownText("WITHHELD_BY", "Members that withhold their figure"));
            attributes.add(DerivedStructure.ownText("ABSENT", "Members that give no figure"));
            attributes.add(DerivedStructure.ownText("YEARS", "Periods of the figures in it"));
            attributes.add(DerivedStructure.ownText("ROUNDING", "By how much it may lie off"));
            attributes.add(DerivedStructure.ownText("WHY_NOT_SHOWN", "Why it is not shown"));
            return new Structure(
                    new ArtefactId(party, "DSD_TOTALS" + suffix, version),
                    LocalName.en("Regional totals"),
                    new ArtefactId(party, "CS_TOTALS", "1.0.0"),
                    dimensions,
                    derived.measure(),
                    attributes);
        }

        /** The members' areas and the process. */
        private Codelist areas() {
            Codelist members =
                    base.structure().reportingArea().representation().codelist().orElseThrow();
            List<String> areas = profile.members().stream()
                    .flatMap(member -> member.areas().stream())
                    .distinct()
                    .sorted()
                    .toList();
            Code own = new Code(
                    process(members),
                    LocalName.en(
                            process + ": " + String.join(", ", areas) + " (members asked for " + profile.year() + ")"),
                    null);
            return new Codelist(
                    new ArtefactId(party, "CL_AREA_" + programme(profile), version),
                    LocalName.en("Areas and the process of " + programme(profile)),
                    Stream.concat(Stream.of(own), members.codes().stream()).toList());
        }

        private String process(Codelist members) {
            return members.contains(party) ? "_" + party : party;
        }

        private Codelist kinds() {
            return DerivedStructure.codes(
                    new ArtefactId(party, "CL_TOTAL_KIND", "1.0.0"),
                    "Kinds of totals",
                    "EXACT",
                    "Sum of all who report",
                    "AT_LEAST",
                    "At least so many: somebody withholds a figure",
                    "NOT_SHOWN",
                    "Suppressed by the secretariat");
        }
    }

    // ---- data ----

    private static Cube cube(Structure structure, Structure from, String party, Profile profile, List<Placed> totals) {
        String area = from.reportingArea().representation().accepts(party) ? "_" + party : party;
        CubeBuilder builder = Cube.builder(structure);
        for (Placed one : totals) {
            for (Dimension dimension : structure.dimensions()) {
                builder.dimension(dimension.id(), code(dimension, one, area, profile.year()));
            }
            DerivedStructure.set(
                    builder,
                    structure,
                    Attribute.Role.RESIDENCE_RULE,
                    one.concept().residenceRule());
            DerivedStructure.set(
                    builder,
                    structure,
                    Attribute.Role.REFERENCE_DATE_TYPE,
                    one.concept().referenceDateType());
            RegionalTotal total = one.total().total();
            DerivedStructure.set(builder, structure, Attribute.Role.OBSERVATION_STATUS, status(total.kind()));
            values(total).forEach(builder::attribute);
            Double value = total.value();
            builder.value(value == null ? Double.NaN : value).add();
        }
        return builder.build();
    }

    private static String code(Dimension dimension, Placed one, String area, int year) {
        if (dimension.id().equals(DEFINITION)) {
            return one.definition();
        }
        return switch (dimension.role()) {
            case FREQUENCY -> "A";
            case REPORTING_AREA -> area;
            case COUNTERPART_BASIS -> one.concept().basis();
            case INDICATOR -> one.concept().indicator();
            case UNIT -> one.concept().unit();
            case TIME -> String.valueOf(year);
            case COUNTERPART_AREA, REPORTING_REGION, COUNTERPART_REGION, BREAKDOWN ->
                one.total().key().getOrDefault(dimension.id(), WHOLE);
        };
    }

    private static String status(RegionalTotal.Kind kind) {
        return switch (kind) {
            case EXACT -> "A";
            case AT_LEAST -> "U";
            case NOT_SHOWN -> "Q";
        };
    }

    private static Map<String, String> values(RegionalTotal total) {
        Map<String, String> values = new TreeMap<>();
        values.put(KIND, total.kind().name());
        values.put("CONTRIBUTORS", String.format(Locale.ROOT, "%d", total.contributors()));
        values.put("WITHHELD_BY", String.join(" ", new TreeSet<>(total.withheldBy())));
        values.put("ABSENT", String.join(" ", new TreeSet<>(total.absent())));
        values.put("YEARS", String.join(" ", total.periods()));
        values.put("ROUNDING", total.rounding() > 0 ? EditionReading.plain(total.rounding()) : "");
        values.put("WHY_NOT_SHOWN", total.why() == null ? "" : total.why());
        return values;
    }
}
