package org.entente.gateway.statistics;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Agency, id and version of a maintained artefact (code list, structure, dataflow), written
 * {@code ENTENTE:DSD_DIASPORA(1.0.0)} as in SDMX-CSV's STRUCTURE_ID and in URNs.
 *
 * @param agency the maintenance agency, for example {@code SDMX}
 * @param id the artefact's id, for example {@code CL_SEX}
 * @param version a semantic version or one of SDMX's older two-part versions
 */
public record ArtefactId(String agency, String id, String version) {

    private static final Pattern TEXT = Pattern.compile(
            "([A-Za-z][A-Za-z0-9_-]*(?:\\.[A-Za-z][A-Za-z0-9_-]*)*):([A-Za-z0-9_@$-]+)\\(([0-9A-Za-z.+-]+)\\)");

    /**
     * Reads the form that {@link #toString()} writes.
     *
     * @throws IllegalArgumentException if the text has another form
     */
    public static ArtefactId parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("'" + text + "' is not of the form AGENCY:ID(VERSION)");
        }
        return new ArtefactId(matcher.group(1), matcher.group(2), matcher.group(3));
    }

    /** The SDMX URN of this artefact, for example with {@code datastructure.DataStructure}. */
    public String urn(String packageAndClass) {
        return "urn:sdmx:org.sdmx.infomodel." + packageAndClass + "=" + this;
    }

    @Override
    public String toString() {
        return agency + ":" + id + "(" + version + ")";
    }
}
