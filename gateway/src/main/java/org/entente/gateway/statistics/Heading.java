package org.entente.gateway.statistics;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A heading of a {@link MetadataStructure} under which a report says something (SDMX 3.0 section 2, MetadataAttribute).
 *
 * @param id unique among the headings beside it
 * @param concept what it means
 * @param required whether a report must have it, where it has the heading above
 * @param presentational whether it only holds headings and has no text of its own
 * @param codes the list from which its value is taken; null for a text in any languages
 * @param headings below it
 */
public record Heading(
        String id,
        Concept concept,
        boolean required,
        boolean presentational,
        @Nullable Codelist codes,
        List<Heading> headings) {

    public Heading {
        headings = List.copyOf(headings);
        MetadataStructure.requireDistinct(id, headings);
    }
}
