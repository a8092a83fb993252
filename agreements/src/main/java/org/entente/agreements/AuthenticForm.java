package org.entente.agreements;

/** Which form of the text prevails. */
public enum AuthenticForm {
    /** A signed paper or PDF text prevails (named by digest); this document is its technical annex. */
    TEXT,
    /** This document itself is the authentic text. */
    MACHINE
}
