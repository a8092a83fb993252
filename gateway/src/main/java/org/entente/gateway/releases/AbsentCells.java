package org.entente.gateway.releases;

/** What it means that a dataset has no cell for a combination of codes. */
public enum AbsentCells {
    /** The figure is zero. */
    ZERO,
    /** Nobody counted. */
    NOT_COLLECTED,
    /** There can be no such figure. */
    NOT_APPLICABLE
}
