package org.entente.gateway.statistics;

import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A report about data by the headings of a metadata structure (SDMX 3.0 section 2, MetadataSet). It can be read without the structure:
 * each heading bears its name.
 *
 * @param id the metadata provider as agency, the report's id and version
 * @param name for people
 * @param flow the metadataflow that it belongs to
 * @param targets URNs of what it is about; at least one
 * @param headings what is reported, in the order of the structure; at least one
 */
public record MetadataSet(
        ArtefactId id, LocalName name, ArtefactId flow, List<String> targets, List<Reported> headings) {

    public MetadataSet {
        targets = List.copyOf(targets);
        headings = List.copyOf(headings);
        if (targets.isEmpty() || headings.isEmpty()) {
            throw new IllegalArgumentException("the report " + id + " is about nothing or says nothing");
        }
    }

    /**
     * What is said under a heading.
     *
     * @param id of the heading
     * @param name of the heading
     * @param text what is said, by language; null if it is a code or if only the headings below say something
     * @param code the value of a coded heading, or null
     * @param headings what is said below it
     */
    public record Reported(
            String id,
            LocalName name,
            @Nullable LocalName text,
            @Nullable String code,
            List<Reported> headings) {

        public Reported {
            headings = List.copyOf(headings);
            if (text != null && code != null) {
                throw new IllegalArgumentException(id + " has a text and a code");
            }
        }

        /** The value in a language: the code, the text, or empty if it has neither. */
        public String value(String language) {
            return text != null ? text.in(language) : code == null ? "" : code;
        }
    }

    /** Tells of every heading in order, with its path: its id after those of the headings above it, joined by dots. */
    public void each(BiConsumer<String, Reported> told) {
        each("", headings, told);
    }

    private static void each(String prefix, List<Reported> headings, BiConsumer<String, Reported> told) {
        for (Reported reported : headings) {
            String path = prefix + reported.id();
            told.accept(path, reported);
            each(path + ".", reported.headings(), told);
        }
    }
}
