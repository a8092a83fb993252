package org.entente.gateway.sdmx;

import java.util.List;
import java.util.Set;
import org.entente.gateway.statistics.MetadataSet;

/** The formats in which reports about data are written; the first is the default. */
public enum MetadataFormat implements Format {
    JSON_2_1("application/vnd.sdmx.metadata+json", "2.1.0", Set.of("application/json", "jsonmetadata", "json")),
    JSON_2_0("application/vnd.sdmx.metadata+json", "2.0.0", Set.of("application/json", "jsonmetadata", "json")),
    CSV_2_1("application/vnd.sdmx.metadata+csv", "2.1.0", Set.of("text/csv", "csvmetadata", "csv")),
    CSV_2_0("application/vnd.sdmx.metadata+csv", "2.0.0", Set.of("text/csv", "csvmetadata", "csv")),
    CSV_1_0("application/vnd.sdmx.metadata+csv", "1.0.0", Set.of("text/csv", "csvmetadata", "csv")),
    ML_3_0(
            "application/vnd.sdmx.metadata+xml",
            "3.0.0",
            Set.of("application/xml", "text/xml", "genericmetadata", "xml"));

    private final String mediaType;
    private final String version;
    private final Set<String> aliases;

    MetadataFormat(String mediaType, String version, Set<String> aliases) {
        this.mediaType = mediaType;
        this.version = version;
        this.aliases = aliases;
    }

    /** All formats in order of preference. */
    public static List<MetadataFormat> offered() {
        return List.of(values());
    }

    /**
     * A message.
     *
     * @param stubs whether the reports are only named
     */
    public byte[] bytes(List<MetadataSet> sets, boolean stubs, MessageHeader header, Languages languages) {
        return switch (this) {
            case JSON_2_1, JSON_2_0 -> new MetadataJson(version, languages).bytes(sets, stubs, header);
            // What the metadata message of SDMX-CSV holds is the same since SDMX 3.0, whichever number its media type
            // bears.
            case CSV_2_1, CSV_2_0, CSV_1_0 -> MetadataCsv.bytes(sets, stubs);
            case ML_3_0 -> new MetadataMl(languages).bytes(sets, stubs, header);
        };
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
