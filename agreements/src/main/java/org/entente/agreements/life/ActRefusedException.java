package org.entente.agreements.life;

/** An act that this state does not allow, with the reason as a code and as a sentence. */
public final class ActRefusedException extends Exception {
    private static final long serialVersionUID = 1L;

    private final Reason reason;

    public ActRefusedException(Reason reason, String sentence) {
        super(sentence);
        this.reason = reason;
    }

    /** Why. */
    public Reason reason() {
        return reason;
    }

    /** The closed list of reasons. */
    public enum Reason {
        OTHER_AGREEMENT,
        OTHER_TEXT,
        NOT_A_PARTY,
        UNKNOWN_SIGNATORY,
        UNKNOWN_LEG,
        OUT_OF_ORDER,
        NOT_ALLOWED_BY_NATURE,
        NOT_ALLOWED_BY_CLAUSE,
        TIME
    }
}
