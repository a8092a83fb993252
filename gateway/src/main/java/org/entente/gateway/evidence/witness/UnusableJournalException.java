package org.entente.gateway.evidence.witness;

import org.jspecify.annotations.Nullable;

/** A partner serves something that does not lead to what it has signed. It proves nothing by itself: it may be a defect, and is tried again. */
final class UnusableJournalException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnusableJournalException(String sentence) {
        this(sentence, null);
    }

    UnusableJournalException(String sentence, @Nullable Throwable cause) {
        super(sentence, cause);
    }

    /** What is wrong. */
    String sentence() {
        return String.valueOf(getMessage());
    }
}
