package org.entente.gateway.sdmx;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.entente.gateway.sdmx.Artefact.Ref;
import org.entente.gateway.statistics.ArtefactId;
import org.entente.gateway.statistics.CubeRegion;
import org.entente.gateway.statistics.Dataflow;
import org.entente.gateway.statistics.LocalName;
import org.entente.gateway.statistics.ProvisionAgreement;
import org.entente.gateway.statistics.SmallStructure;
import org.entente.gateway.statistics.TimeWindow;

/** One artefact of every type, over {@link SmallStructure}. */
final class SampleCatalogue {

    private SampleCatalogue() {}

    /** A flow that is confined to some kinds. */
    static Dataflow part() {
        return new Dataflow(
                new ArtefactId("XY", "DF_PART", "2.1.0"),
                LocalName.en("Part"),
                SmallStructure.dataflow().structure(),
                CubeRegion.WHOLE.with("KIND", Set.of("K1", "K2")));
    }

    static Catalogue catalogue() {
        ProvisionAgreement leg = new ProvisionAgreement(
                new ArtefactId("ITA", "LEG_1", "1.0.0"),
                LocalName.en("Kinds for PHL"),
                part(),
                "ITA",
                "PHL",
                new CubeRegion(new TreeMap<>(), new TimeWindow(LocalDate.of(2015, 1, 1), null))
                        .with("WHO", Set.of("AA"))
                        .with("KIND", Set.of("K1", "K3")));
        Ref tables = new Ref(ArtefactType.CATEGORYSCHEME, new ArtefactId("XY", "CS_TABLES", "1.0.0"));
        return new Catalogue(
                "XY",
                List.of(SmallStructure.dataflow(), part()),
                List.of(leg),
                List.of(
                        new Artefact.Scheme(
                                tables.type(),
                                tables.id(),
                                LocalName.en("Tables"),
                                List.of(
                                        new Artefact.Item("STOCKS", LocalName.en("Stocks")),
                                        new Artefact.Item("FLOWS", LocalName.en("Flows")),
                                        new Artefact.Item("FLOWS.IN", LocalName.en("Flows in")),
                                        new Artefact.Item("FLOWS.IN.FIRST", LocalName.en("First flows in"))),
                                false),
                        new Artefact.Categorisation(
                                new ArtefactId("XY", "CAT_DF_PART", "1.0.0"),
                                LocalName.en("Part among the tables"),
                                new Ref(ArtefactType.DATAFLOW, part().id()),
                                tables,
                                "STOCKS"),
                        new Artefact.ValueMap(
                                new ArtefactId("XY", "MAP_KIND", "1.0.0"),
                                LocalName.en("Kinds in the ministry's file"),
                                null,
                                new ArtefactId("XY", "CL_KIND", "1.0"),
                                new TreeMap<>(Map.of("first kind", "K1", "all", "_T"))),
                        new Artefact.ValueMap(
                                new ArtefactId("XY", "MAP_YEAR", "1.0.0"),
                                LocalName.en("Years in the ministry's file"),
                                null,
                                null,
                                new TreeMap<>(Map.of("last year", "2025"))),
                        new Artefact.StructureMap(
                                new ArtefactId("XY", "MAP_TABLE", "1.0.0"),
                                LocalName.en("The ministry's file"),
                                Map.of("SHEET", "{\"sheet\":\"a < b\"}"),
                                new ArtefactId("XY", "MAP_TABLE", "1.0.0"),
                                SmallStructure.dataflow().structure().id(),
                                List.of(
                                        new Artefact.ComponentMap(
                                                "COLUMN_1",
                                                "KIND",
                                                new ArtefactId("XY", "MAP_KIND", "1.0.0"),
                                                Map.of("HEADER", "Art & Weise")),
                                        new Artefact.ComponentMap("COLUMN_2", "TIME_PERIOD", null, Map.of())),
                                new TreeMap<>(Map.of("WHO", "AA")))));
    }
}
