package org.entente.agreements;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Clause 34: what the secretariat of a framework may do, and from how many reporting states on. */
public record Federation(
        String secretariat,
        List<Right> rights,
        int minimumReporting,
        @Nullable Text chair) {
    public Federation {
        rights = Copies.of(rights);
    }

    /** The closed list of rights. */
    public enum Right {
        PULL,
        AGGREGATE,
        PUBLISH_PROFILE
    }
}
