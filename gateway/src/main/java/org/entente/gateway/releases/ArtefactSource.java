package org.entente.gateway.releases;

import java.util.List;
import org.entente.gateway.sdmx.Artefact;

/** Something that adds artefacts to the structures that a node shows, such as saved mappings. Beans of this type are asked. */
public interface ArtefactSource {

    /** The artefacts at the moment. */
    List<? extends Artefact> artefacts();
}
