package org.entente.agreements;

import org.jspecify.annotations.Nullable;

/** Clauses 37 to 39: how the agreement comes into effect, lasts, changes and ends. */
public record Course(
        EntryIntoForce entryIntoForce,
        @Nullable Validity validity,
        Amendment amendment,
        Suspension suspension,
        Termination termination) {

    /**
     * @param date with {@link Entry#ON_DATE}
     * @param days with the two rules that count days
     * @param parties with {@link Entry#AFTER_PARTIES}: how many must have signed
     * @param provisionalFrom day from which the agreement is applied provisionally once all have signed
     * @param provisionalByDeclaration whether it is applied provisionally once all have signed and declared so
     */
    public record EntryIntoForce(
            Entry rule,
            @Nullable IsoDate date,
            @Nullable Integer days,
            @Nullable Integer parties,
            @Nullable IsoDate provisionalFrom,
            @Nullable Boolean provisionalByDeclaration) {
        /** Is a declaration of provisional application provided for? */
        public boolean declaresProvisional() {
            return Boolean.TRUE.equals(provisionalByDeclaration);
        }
    }

    /** The closed list of rules. */
    public enum Entry {
        /** At the moment of the last signature. */
        ON_LAST_SIGNATURE,
        /** At the start of a day, if all have signed by then; else at the last signature. */
        ON_DATE,
        /** At the start of the day that many days after the last signature. */
        DAYS_AFTER_LAST_SIGNATURE,
        /** At the start of the day that many days after the last notification that internal procedures are completed. */
        DAYS_AFTER_LAST_NOTIFICATION,
        /** As soon as that many parties have signed (frameworks). */
        AFTER_PARTIES
    }

    /** Fixed end or number of months from entry into force, and tacit renewal; wholly absent for an indefinite agreement. */
    public record Validity(
            @Nullable IsoDate until,
            @Nullable Integer months,
            @Nullable Renewal renewal) {}

    /** Tacit renewal by so many months, unless a party gives notice. */
    public record Renewal(int months, int noticeDays) {}

    /** How the text is changed. */
    public record Amendment(Procedure procedure, @Nullable Text note) {
        /** The closed list of procedures. */
        public enum Procedure {
            NEW_VERSION,
            EXCHANGE_OF_LETTERS
        }
    }

    /** Suspension of a leg or of the whole, with notice in days (0 = at once). */
    public record Suspension(boolean perLeg, int noticeDays) {}

    /** Denunciation (treaty) or discontinuation (memorandum). */
    public record Termination(
            int noticeDays, AfterEnd data, @Nullable Text orderlyEnd) {}
}
