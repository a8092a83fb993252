package org.entente.gateway.sdmx;

/** The versions of SDMX-JSON data messages that are written. */
enum JsonVersion {
    V2_0("2.0.0"),
    V2_1("2.1");

    private final String folder;

    JsonVersion(String folder) {
        this.folder = folder;
    }

    /** Where the official schema lies. */
    String schema() {
        return "https://raw.githubusercontent.com/sdmx-twg/sdmx-json/master/data-message/tools/schemas/" + folder
                + "/sdmx-json-data-schema.json";
    }
}
