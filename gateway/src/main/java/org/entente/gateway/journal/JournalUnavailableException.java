package org.entente.gateway.journal;

import java.util.Map;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
import org.jspecify.annotations.Nullable;

/**
 * The journal does not take entries. Nothing was kept, unless {@link #outcomeUnknown()} says that this node could not find
 * out; in either case the same act is repeated with the same exchange id.
 */
public final class JournalUnavailableException extends EntenteException {
    private static final long serialVersionUID = 1L;

    private final boolean outcomeUnknown;

    JournalUnavailableException(String detail, @Nullable Throwable cause) {
        this(ErrorCode.JOURNAL_UNAVAILABLE, detail, false, cause);
    }

    JournalUnavailableException(ErrorCode code, String detail, boolean outcomeUnknown, @Nullable Throwable cause) {
        super(code, detail, Map.of(), cause);
        this.outcomeUnknown = outcomeUnknown;
    }

    /** Whether the entry may have become durable all the same. */
    public boolean outcomeUnknown() {
        return outcomeUnknown;
    }

    /** The same for another caller, with that caller's stack. */
    JournalUnavailableException again() {
        return new JournalUnavailableException(code(), detail(), outcomeUnknown, this);
    }

    /** The same for an append that was certainly not tried. */
    JournalUnavailableException forUntried() {
        return new JournalUnavailableException(code(), detail(), false, this);
    }
}
