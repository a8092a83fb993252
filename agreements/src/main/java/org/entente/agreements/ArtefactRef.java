package org.entente.agreements;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Names an SDMX artefact in its short form {@code AGENCY:ID(VERSION)}, for example {@code ENTENTE:DF_DIASPORA(1.0.0)}.
 *
 * @throws IllegalArgumentException from {@link #parse} when the text has another shape
 */
public record ArtefactRef(String agency, String id, String version) {
    private static final Pattern SHAPE = Pattern.compile(
            "([A-Za-z][A-Za-z0-9_.-]*):([A-Za-z0-9_@$-]+)\\(([0-9]+(?:\\.[0-9]+){1,2}(?:-[A-Za-z0-9.-]+)?)\\)");

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static ArtefactRef parse(String text) {
        Matcher m = SHAPE.matcher(text);
        if (!m.matches()) {
            throw new IllegalArgumentException("not of the form AGENCY:ID(VERSION): " + text);
        }
        return new ArtefactRef(m.group(1), m.group(2), m.group(3));
    }

    @JsonValue
    @Override
    public String toString() {
        return agency + ":" + id + "(" + version + ")";
    }
}
