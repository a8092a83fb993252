package org.entente.gateway.sdmx;

import java.util.List;
import java.util.Set;

/** The formats in which structures are written; the first is the default. */
public enum StructureFormat implements Format {
    JSON_2_0;

    /** All formats in order of preference. */
    public static List<StructureFormat> offered() {
        return List.of(values());
    }

    @Override
    public String mediaType() {
        return "application/vnd.sdmx.structure+json";
    }

    @Override
    public String version() {
        return "2.0.0";
    }

    @Override
    public Set<String> aliases() {
        return Set.of("application/json", "structure", "jsonstructure", "json");
    }
}
