package org.entente.gateway.sdmx;

import java.util.List;
import java.util.Set;

/**
 * The formats in which the validity of data is told. The JSON form of the schema is the official JSON Schema of data
 * messages' structure-independent part, narrowed by the codes of this structure; the XML form is {@link DataSchema}.
 */
public enum SchemaFormat implements Format {
    SCHEMA_JSON_2_1("application/vnd.sdmx.schema+json", "2.1.0", Set.of("application/schema+json")),
    SCHEMA_JSON_2_0("application/vnd.sdmx.schema+json", "2.0.0", Set.of("application/schema+json")),
    SCHEMA_XML_3_0("application/vnd.sdmx.schema+xml", "3.0.0", Set.of()),
    SCHEMA_XML_2_1("application/vnd.sdmx.schema+xml", "2.1", Set.of("application/xml", "text/xml")),
    STRUCTURE_JSON_2_1("application/vnd.sdmx.structure+json", "2.1.0", Set.of("application/json", "json")),
    STRUCTURE_JSON_2_0("application/vnd.sdmx.structure+json", "2.0.0", Set.of("application/json", "json")),
    STRUCTURE_ML_3_0("application/vnd.sdmx.structure+xml", "3.0.0", Set.of("structure")),
    STRUCTURE_ML_2_1("application/vnd.sdmx.structure+xml", "2.1", Set.of("structure"));

    private final String mediaType;
    private final String version;
    private final Set<String> aliases;

    SchemaFormat(String mediaType, String version, Set<String> aliases) {
        this.mediaType = mediaType;
        this.version = version;
        this.aliases = aliases;
    }

    /** All formats in order of preference. */
    public static List<SchemaFormat> offered() {
        return List.of(values());
    }

    @Override
    public String mediaType() {
        return mediaType;
    }

    @Override
    public String version() {
        return version;
    }

    @Override
    public Set<String> aliases() {
        return aliases;
    }
}
