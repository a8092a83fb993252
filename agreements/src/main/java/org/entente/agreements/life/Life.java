package org.entente.agreements.life;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.entente.agreements.Agreement;

/** The life of an agreement as a pure function of its instruments and the time. */
public final class Life {
    private Life() {}

    /** The state that these instruments lead to at this time. */
    public static State fold(Agreement agreement, List<Instrument> instruments, Instant now) {
        throw new UnsupportedOperationException("rules follow");
    }

    /**
     * Checks that an act is allowed now.
     *
     * @param signatories SHA-256 (base64url) of the certificates that the acting party's card lists as signatories
     * @throws ActRefusedException when it is not
     */
    public static void check(
            Agreement agreement, List<Instrument> soFar, Instrument next, Set<String> signatories, Instant now)
            throws ActRefusedException {
        throw new UnsupportedOperationException("rules follow");
    }
}
