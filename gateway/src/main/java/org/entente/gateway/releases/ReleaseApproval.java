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
 */
public record ReleaseApproval(@Nullable String reason, SortedSet<SensitiveGroup> groups) {

    public ReleaseApproval(@Nullable String reason, @Nullable SortedSet<SensitiveGroup> groups) {
        this.reason = reason;
        this.groups = Collections.unmodifiableSortedSet(groups == null ? new TreeSet<>() : new TreeSet<>(groups));
    }

    /** An approval of figures that add up and that needs to name no group. */
    public static ReleaseApproval plain() {
        return new ReleaseApproval(null, null);
    }
}
