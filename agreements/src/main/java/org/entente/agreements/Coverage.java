package org.entente.agreements;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a leg says about sensitive populations.
 *
 * @param groups a rule for each of the six groups
 * @param approval the named approver without whom an included group never goes to its country of origin or citizenship
 */
public record Coverage(
        SortedMap<SensitiveGroup, Rule> groups, @Nullable Approval approval) {
    public Coverage {
        groups = Collections.unmodifiableSortedMap(new TreeMap<>(groups));
    }

    /** May a figure of this leg contain the group? */
    public enum Rule {
        EXCLUDED,
        INCLUDED
    }

    /** The person who answers for including sensitive groups, named in the signed document. */
    public record Approval(
            String name,
            Text post,
            String authority,
            Text reason,
            @Nullable String certificateSha256) {}
}
