package org.entente.gateway.sdmx;

/** The versions of SDMX-ML that are written and read, with the namespaces and the places of their official schemas. */
public enum MlVersion {
    V2_1("v2_1", "2.1"),
    V3_0("v3_0", "3.0.0");

    private static final String NAMESPACES = "http://www.sdmx.org/resources/sdmxml/schemas/";
    private static final String LOCATIONS = "https://registry.sdmx.org/schemas/";

    private final String folder;
    private final String version;

    MlVersion(String folder, String version) {
        this.folder = folder;
        this.version = version;
    }

    /** The version as media types give it. */
    public String version() {
        return version;
    }

    /**
     * The namespace of one of the standard's modules.
     *
     * @param module for example {@code message}, {@code common}, {@code structure} or {@code data/structurespecific}
     */
    public String namespace(String module) {
        return NAMESPACES + folder + "/" + module;
    }

    /**
     * Where the official schema of a module lies, for {@code schemaLocation}.
     *
     * @param file for example {@code SDMXMessage.xsd}
     */
    public String schemaLocation(String file) {
        return LOCATIONS + folder + "/" + file;
    }
}
