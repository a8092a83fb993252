package org.entente.agreements;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The languages of the document (clause 1).
 *
 * @param authentic languages whose texts are equally authentic
 * @param prevailing the one that prevails when they diverge; absent when none does
 */
public record Languages(List<String> authentic, @Nullable String prevailing) {
    public Languages {
        authentic = Copies.of(authentic);
    }
}
