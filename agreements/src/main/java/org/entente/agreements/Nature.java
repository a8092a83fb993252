package org.entente.agreements;

/** What kind of instrument the parties conclude; it chooses vocabulary, acts and templates. */
public enum Nature {
    /** Binding under international law: parties, enters into force, denounced. */
    TREATY,
    /** A memorandum, usually not binding: participants, comes into effect, discontinued; never ratified. */
    MOU,
    /** A technical annex to an instrument that exists already; amended by exchange of letters. */
    TECHNICAL_ANNEX
}
