package org.entente.gateway.releases;

import java.util.List;
import org.entente.gateway.statistics.MetadataSet;

/** Something that holds reports about data, such as own releases or partners' answers. Beans of this type are asked. */
public interface MetadataSource {

    /** The reports at the moment. */
    List<MetadataSet> metadataSets();
}
