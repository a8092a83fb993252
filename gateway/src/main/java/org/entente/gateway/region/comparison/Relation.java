package org.entente.gateway.region.comparison;

/** What two figures have to do with each other. */
public enum Relation {
    /** The same thing by the same definition; they may stand in one column. */
    SAME,
    /** The two sides of one movement or of one population, each as its own state counts it. */
    MIRROR_PAIR,
    /** Different things; they are shown together only on request by name, with the reasons. */
    DIFFERENT
}
