package org.entente.gateway.disclosure;

/**
 * What must not be learnt from the published table.
 *
 * @param threshold counts from 1 up to but not including this one are protected; at least 1, where 1 protects no count
 * @param zeros what is done with cells in which there is nobody
 * @param width least width of the integers that an attacker cannot exclude, at least 1
 * @param insiders whether an attacker may be the one person in a withheld cell, who knows it
 * @param shares people whom an attacker knows in a total: a part that holds all but so many of it is protected; 0 for none
 * @param exactOnly only exact recovery from linear relations counts, as in the packages that the benchmarks compare with
 */
public record Rules(long threshold, Zeros zeros, long width, boolean insiders, int shares, boolean exactOnly) {

    /** What is done with cells in which there is nobody. */
    public enum Zeros {
        /** All zeros are shown; an attacker then knows that a withheld cell is not zero. */
        SHOWN,
        /** That nobody is in a cell is protected like a small count. */
        PROTECTED
    }

    public Rules {
        if (threshold < 1 || threshold > 1_000_000) {
            throw new IllegalArgumentException("a threshold is 1 to 1000000");
        }
        if (width < 1 || width > 1_000_000) {
            throw new IllegalArgumentException("a width is 1 to 1000000");
        }
        if (shares < 0 || shares > 1000) {
            throw new IllegalArgumentException("the people whom an attacker knows are 0 to 1000");
        }
    }

    /** The default: threshold as given, one-person attacker, integer audit. */
    public static Rules strict(long threshold, Zeros zeros) {
        return new Rules(threshold, zeros, 1, true, 0, false);
    }

    /** Exact disclosure only and no insider. */
    public static Rules exact(long threshold, Zeros zeros) {
        return new Rules(threshold, zeros, 1, false, 0, true);
    }

    /** Whether a count is protected for itself. */
    boolean primary(long count) {
        return count == 0 ? zeros == Zeros.PROTECTED : count < threshold;
    }

    /** The least value that an attacker must allow for a withheld shown cell. */
    long floor() {
        return zeros == Zeros.SHOWN && !exactOnly ? 1 : 0;
    }
}
