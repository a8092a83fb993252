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
        /** The act names another agreement than the file it is handed in for. */
        OTHER_AGREEMENT,
        /** The act is about another text, or about one that another has replaced: act on the text that the sentence names. */
        OTHER_TEXT,
        /** The text that the act builds on is not held, or not concluded. */
        TEXT_NOT_HELD,
        /** Who acts is no party, or no longer: accede first. */
        NOT_A_PARTY,
        /** A party, but not the one that the clause lets do this. */
        NOT_ENTITLED,
        /** The signer is not on the party's card. */
        UNKNOWN_SIGNATORY,
        UNKNOWN_LEG,
        /** The act answers another that is not on file. */
        UNKNOWN_REFERENCE,
        /** The act lacks what it must say, or says what cannot be. */
        INCOMPLETE,
        /** Not in this state. */
        OUT_OF_ORDER,
        NOT_ALLOWED_BY_NATURE,
        NOT_ALLOWED_BY_CLAUSE,
        TIME
    }
}
