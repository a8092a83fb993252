package org.entente.gateway.statistics;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.entente.gateway.statistics.Component.Dimension.Role;

/**
 * The dataflows that ship with the application, all over the one diaspora structure: DF_DIASPORA, which holds everything, and
 * one for each table of the UNECE model for exchanging migration data between countries of origin and destination. Each of
 * those is confined to its indicators, its basis of the counterpart and, for movements, to long-term (12 months and more) or
 * short-term stay.
 */
final class MigrationFlows {

    private static final Set<String> STOCKS = Set.of("STOCK_IN", "STOCK_ABROAD");
    private static final Set<String> LONG = Set.of("LT");
    private static final Set<String> SHORT = Set.of("ST");

    private final Structure structure;
    private final List<Dataflow> flows = new ArrayList<>();

    private MigrationFlows(Dataflow diaspora) {
        this.structure = diaspora.structure();
        flows.add(diaspora);
    }

    /** The given flow first, then those for exchange. */
    static List<Dataflow> with(Dataflow diaspora) {
        return new MigrationFlows(diaspora).all();
    }

    private List<Dataflow> all() {
        stock("DF_STOCK_BIRTH", "CB", "Migrant stock by country of birth");
        stock("DF_STOCK_CITIZENSHIP", "CT", "Migrant stock by citizenship");
        stock("DF_STOCK_CITIZENSHIP_BIRTH", "CTB", "Migrant stock by citizenship at birth");
        stock("DF_STOCK_PARENTS_BIRTH", "PB", "Population by country of birth of the parents");
        movement("DF_INFLOW_RESIDENCE", "INFLOW", "PR", "Immigrants by country of previous residence");
        movement("DF_INFLOW_CITIZENSHIP", "INFLOW", "CT", "Immigrants by citizenship");
        movement("DF_INFLOW_BIRTH", "INFLOW", "CB", "Immigrants by country of birth");
        movement("DF_OUTFLOW_RESIDENCE", "OUTFLOW", "NR", "Emigrants by country of next residence");
        flow("DF_PERMITS", "Residence permits by reason", region(Set.of("PERMITS_FIRST", "PERMITS_VALID"), "CT"));
        flow("DF_ACQUISITION", "Acquisitions of citizenship by former citizenship", region(Set.of("ACQ"), "CTF"));
        flow("DF_INTERNAL", "Internal migration from region to region", region(Set.of("INTERNAL"), "PR", "NR", "_Z"));
        return List.copyOf(flows);
    }

    private void stock(String id, String basis, String name) {
        flow(id, name, region(STOCKS, basis));
    }

    private void movement(String id, String indicator, String basis, String name) {
        CubeRegion region = region(Set.of(indicator), basis);
        flow(id + "_LT", name + ", long-term", region.with(DiasporaStructure.STAY, LONG));
        flow(id + "_ST", name + ", short-term", region.with(DiasporaStructure.STAY, SHORT));
    }

    private CubeRegion region(Set<String> indicators, String... basis) {
        return CubeRegion.WHOLE.with(id(Role.INDICATOR), indicators).with(id(Role.COUNTERPART_BASIS), Set.of(basis));
    }

    private String id(Role role) {
        return structure.dimension(role).orElseThrow().id();
    }

    private void flow(String id, String name, CubeRegion region) {
        flows.add(new Dataflow(
                new ArtefactId(DiasporaStructure.AGENCY, id, "1.0.0"), LocalName.en(name), structure, region));
    }
}
