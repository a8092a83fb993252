package org.entente.gateway.sdmx;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.entente.gateway.sdmx.Artefact.Ref;
import org.entente.gateway.statistics.ArtefactId;
import org.entente.gateway.statistics.Component.Dimension;
import org.entente.gateway.statistics.Dataflow;
import org.entente.gateway.statistics.LocalName;

/**
 * The topics under which the shipped dataflows stand: below population and migration, which is domain 1.1 of the SDMX statistical
 * subject-matter domains, the tables of the UNECE model for exchanging migration data. A flow belongs to the topic of its indicators; one
 * with indicators of several topics, to all of population and migration.
 */
public final class MigrationTopics {

    private static final String VERSION = "1.0.0";
    private static final String ROOT = "POPULATION_MIGRATION";
    private static final Map<String, String> TOPICS = Map.of(
            "STOCK_IN", "STOCKS",
            "STOCK_ABROAD", "STOCKS",
            "INFLOW", "IMMIGRATION",
            "OUTFLOW", "EMIGRATION",
            "PERMITS_FIRST", "PERMITS",
            "PERMITS_VALID", "PERMITS",
            "ACQ", "CITIZENSHIP",
            "INTERNAL", "INTERNAL");

    private MigrationTopics() {}

    /**
     * The category scheme and a categorisation of each flow.
     *
     * @param shipped the dataflows that ship with the application
     */
    public static List<Artefact> of(List<Dataflow> shipped) {
        String agency = shipped.getFirst().id().agency();
        Artefact.Scheme scheme = new Artefact.Scheme(
                ArtefactType.CATEGORYSCHEME,
                new ArtefactId(agency, "CS_MIGRATION", VERSION),
                LocalName.en("Topics of migration statistics"),
                List.of(
                        item(ROOT, "Population and migration"),
                        item(below("STOCKS"), "Migrant stocks"),
                        item(below("IMMIGRATION"), "Immigration"),
                        item(below("EMIGRATION"), "Emigration"),
                        item(below("PERMITS"), "Residence permits"),
                        item(below("CITIZENSHIP"), "Acquisition of citizenship"),
                        item(below("INTERNAL"), "Internal migration")),
                false);
        List<Artefact> artefacts = new ArrayList<>(List.of(scheme));
        for (Dataflow flow : shipped) {
            artefacts.add(new Artefact.Categorisation(
                    new ArtefactId(agency, "CAT_" + flow.id().id(), VERSION),
                    flow.name(),
                    new Ref(ArtefactType.DATAFLOW, flow.id()),
                    scheme.ref(),
                    topic(flow)));
        }
        return artefacts;
    }

    private static String topic(Dataflow flow) {
        Set<String> indicators = flow.structure()
                .dimension(Dimension.Role.INDICATOR)
                .<Set<String>>map(indicator -> flow.region().codes().get(indicator.id()))
                .orElse(Set.of());
        List<String> topics = indicators.stream()
                .map(code -> TOPICS.getOrDefault(code, ""))
                .distinct()
                .toList();
        return topics.size() == 1 && !topics.getFirst().isEmpty() ? below(topics.getFirst()) : ROOT;
    }

    private static String below(String topic) {
        return ROOT + "." + topic;
    }

    private static Artefact.Item item(String id, String name) {
        return new Artefact.Item(id, LocalName.en(name));
    }
}
