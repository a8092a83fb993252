package org.entente.gateway.region.site;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.entente.gateway.region.national.AnnexRow;
import org.entente.gateway.region.national.NationalProfile;
import org.entente.gateway.region.national.NationalPublication;
import org.entente.gateway.statistics.AreaCodes;
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
 * The annex of one published edition of a national profile as SDMX data of the state, whose version is the edition's, for ever. Whoever
 * has counted is the reporting area, as everywhere, so an indicator means what it means in a release: what a partner counts of the state's
 * people has the partner's area there and the state's as the counterpart. Two dimensions are added: the party that has counted, since two
 * may have answered on one area, and the item of the annex.
 *
 * <p>Frequency and unit are not among the dimensions: the annex takes of each series the latest period, and counts persons.
 *
 * <p>A row without a figure is there, with its status ({@code Q} where there is a figure that is not shown, {@code O} where there is none
 * any more) and in {@code WHY_NO_FIGURE} the reason that the page gives.
 */
final class NationalFlow {
    private static final String ITEM = "ANNEX_ITEM";
    private static final String COUNTED_BY = "COUNTED_BY";
    private static final String WHY = "WHY_NO_FIGURE";
    private static final String ORGANISATION = "ORGANISATION";
    private static final Pattern CONTROL = Pattern.compile("\\p{Cc}+");
    private static final String NO_BASIS = "_Z";

    private NationalFlow() {}

    /**
     * The dataflow of an edition with its structure; it never changes.
     *
     * @param base structure whose dimensions and codes the annex uses
     */
    static Dataflow flow(NationalProfile profile, Structure base, AreaCodes areas) {
        String party = profile.party();
        String version = profile.edition() + ".0.0";
        DerivedStructure derived = new DerivedStructure(base);
        List<Dimension> dimensions = new ArrayList<>();
        for (Dimension dimension : base.dimensions()) {
            switch (dimension.role()) {
                case REPORTING_AREA, COUNTERPART_AREA, COUNTERPART_BASIS, INDICATOR ->
                    dimensions.add(derived.dimension(
                            dimension, listed(dimension, profile, row -> code(dimension, row, party, areas), version)));
                case TIME -> {
                    dimensions.add(DerivedStructure.ownDimension(
                            COUNTED_BY, "Party that has counted", counters(profile, version)));
                    dimensions.add(DerivedStructure.ownDimension(ITEM, "Item of the annex", items(party)));
                    dimensions.add(derived.dimension(dimension));
                }
                default -> {}
            }
        }
        List<Attribute> attributes = new ArrayList<>();
        base.attribute(Attribute.Role.OBSERVATION_STATUS)
                .ifPresent(status -> attributes.add(derived.attribute(status)));
        attributes.add(DerivedStructure.ownText(WHY, "Why there is no figure"));
        attributes.add(DerivedStructure.ownText(ORGANISATION, "Organisation that made the figure"));
        Structure structure = new Structure(
                new ArtefactId(party, "DSD_NATIONAL_PROFILE", version),
                LocalName.en("Annex of a national migration profile"),
                new ArtefactId(party, "CS_NATIONAL_PROFILE", "1.0.0"),
                dimensions,
                derived.measure(),
                attributes);
        return new Dataflow(
                new ArtefactId(party, "DF_NATIONAL_PROFILE", version),
                LocalName.en("National migration profile, edition " + profile.edition() + ": annex"),
                structure);
    }

    /** The base's list, or where an own structure's figures have other codes, that list with them. */
    private static Representation listed(
            Dimension dimension, NationalProfile profile, Function<AnnexRow, String> code, String version) {
        Codelist list = dimension.representation().codelist().orElseThrow();
        TreeSet<String> strange = new TreeSet<>();
        profile.annex().stream().map(code).filter(one -> !list.contains(one)).forEach(strange::add);
        if (strange.isEmpty()) {
            return dimension.representation();
        }
        return new Representation.Coded(new Codelist(
                new ArtefactId(profile.party(), "CL_NATIONAL_" + dimension.id(), version),
                list.name(),
                Stream.concat(
                                list.codes().stream(),
                                strange.stream().map(one -> new Code(one, LocalName.en(one), null)))
                        .toList()));
    }

    private static Codelist counters(NationalProfile profile, String version) {
        List<Code> codes = profile.annex().stream()
                .map(AnnexRow::countedBy)
                .distinct()
                .sorted()
                .map(one -> new Code(one, LocalName.en(one), null))
                .toList();
        return new Codelist(
                new ArtefactId(profile.party(), "CL_NATIONAL_COUNTED_BY", version),
                LocalName.en("Parties that have counted"),
                codes);
    }

    private static Codelist items(String party) {
        return DerivedStructure.codes(
                new ArtefactId(party, "CL_ANNEX_ITEM", "1.0.0"),
                "Items of part A of the extended migration profile",
                "A1",
                "People from other countries who live in the state",
                "A2",
                "Arrivals",
                "A3",
                "Permits of the state",
                "A4",
                "Departures",
                "A5",
                "The state's people who live in other countries",
                "A6",
                "Returns",
                "A7",
                "Workers deployed abroad",
                "A10",
                "Acquisitions of citizenship",
                "A11",
                "Moves within the state");
    }

    private static String code(Dimension dimension, AnnexRow row, String party, AreaCodes areas) {
        boolean own = row.countedBy().equals(party);
        String home = areas.areaOf(party).orElse(party);
        return switch (dimension.role()) {
            case REPORTING_AREA -> own ? home : row.counterpart();
            case COUNTERPART_AREA -> own ? row.counterpart() : home;
            case COUNTERPART_BASIS -> row.basis().isEmpty() ? NO_BASIS : row.basis();
            case INDICATOR -> row.indicator();
            case TIME -> row.period();
            default -> dimension.id().equals(ITEM) ? row.item() : row.countedBy();
        };
    }

    /** The data of an edition as everybody may see them now. */
    static Cube cube(Dataflow flow, NationalProfile visible, AreaCodes areas) {
        Structure structure = flow.structure();
        CubeBuilder builder = Cube.builder(structure);
        for (AnnexRow row : visible.annex()) {
            for (Dimension dimension : structure.dimensions()) {
                builder.dimension(dimension.id(), code(dimension, row, visible.party(), areas));
            }
            Double value = row.value();
            boolean known = structure
                    .attribute(Attribute.Role.OBSERVATION_STATUS)
                    .map(status -> status.representation().accepts(row.status()))
                    .orElse(false);
            DerivedStructure.set(
                    builder, structure, Attribute.Role.OBSERVATION_STATUS, known ? row.status() : status(row));
            builder.attribute(WHY, value == null && !known ? row.status() : "");
            builder.attribute(ORGANISATION, CONTROL.matcher(row.organisation()).replaceAll(" "));
            builder.value(value == null ? Double.NaN : value).add();
        }
        return builder.build();
    }

    private static String status(AnnexRow row) {
        return row.value() != null ? "A" : row.status().equals(NationalPublication.NOT_PUBLIC) ? "Q" : "O";
    }
}
