package org.entente.agreements;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The names by which this agreement calls areas (part of clause 10): everything produced under it uses these names, footnotes and the
 * disclaimer on designations.
 */
public record AreaList(List<Area> list, @Nullable Text disclaimer) {
    public AreaList {
        list = Copies.of(list);
    }

    /** One area: its code in the codelist that the legs use, its agreed name and an optional footnote. */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record Area(String code, Text name, @Nullable Text footnote) {}
}
