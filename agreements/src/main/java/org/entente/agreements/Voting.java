package org.entente.agreements;

/** How the members of a framework decide on one of their number; the state concerned has no vote, nor has a secretariat. */
public enum Voting {
    /** The depositary notes that the conditions are met. */
    DEPOSITARY,
    /** More than half of the other members. */
    MAJORITY,
    /** At least two thirds of the other members. */
    TWO_THIRDS,
    /** All other members. */
    CONSENSUS
}
