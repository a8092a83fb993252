package org.entente.gateway.releases;

import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;
import org.entente.agreements.SensitiveGroup;
import org.jspecify.annotations.Nullable;

/**
 * What the approver says.
 *
 * @param reason why listed differences between totals and parts are accepted; needed exactly when there are some
 * @param groups sensitive groups that are in the figures and that the approver lets out all the same, under legs that name
 *     the approver
 * @param knownTables what is public elsewhere of the same source; needed for figures that are protected
 */
public record ReleaseApproval(
        @Nullable String reason,
        SortedSet<SensitiveGroup> groups,
        @Nullable KnownTables knownTables) {

    /** What is declared of tables of the same source that are public elsewhere. */
    public enum KnownTables {
        /** All of them have been registered. */
        REGISTERED,
        /** There are none. */
        NONE
    }

    public ReleaseApproval(
            @Nullable String reason, @Nullable SortedSet<SensitiveGroup> groups, @Nullable KnownTables knownTables) {
        this.reason = reason;
        this.groups = Collections.unmodifiableSortedSet(groups == null ? new TreeSet<>() : new TreeSet<>(groups));
        this.knownTables = knownTables;
    }

    /** An approval that says nothing of known tables. */
    public ReleaseApproval(@Nullable String reason, @Nullable SortedSet<SensitiveGroup> groups) {
        this(reason, groups, null);
    }

    /** An approval of figures that add up and that needs to name no group. */
    public static ReleaseApproval plain() {
        return new ReleaseApproval(null, null);
    }

    /** The same with what is declared of known tables. */
    public ReleaseApproval with(KnownTables declared) {
        return new ReleaseApproval(reason, groups, declared);
    }
}
