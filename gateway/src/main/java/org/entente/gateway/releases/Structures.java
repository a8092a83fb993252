package org.entente.gateway.releases;

import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import org.entente.gateway.sdmx.Artefact;
import org.entente.gateway.sdmx.Catalogue;
import org.entente.gateway.statistics.Dataflows;
import org.entente.gateway.statistics.DiasporaStructure;
import org.entente.gateway.statistics.ProvisionAgreements;

/** The structures that this node can show at the moment. */
@Singleton
public class Structures {

    private final Dataflows dataflows;
    private final ProvisionAgreements agreements;
    private final List<ArtefactSource> sources;

    Structures(Dataflows dataflows, ProvisionAgreements agreements, List<ArtefactSource> sources) {
        this.dataflows = dataflows;
        this.agreements = agreements;
        this.sources = sources;
    }

    /** All artefacts, as of now. */
    public Catalogue catalogue() {
        List<Artefact> others = new ArrayList<>();
        sources.forEach(source -> others.addAll(source.artefacts()));
        return new Catalogue(DiasporaStructure.AGENCY, dataflows.all(), agreements.all(), others);
    }
}
