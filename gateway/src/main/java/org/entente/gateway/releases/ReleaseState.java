package org.entente.gateway.releases;

/** How far a release has come. */
public enum ReleaseState {
    /** The figures are here and add up as declared; nobody else has looked at them. */
    IMPORTED,
    /** A second person of the owning office has approved them. */
    APPROVED,
    /** They answer questions. */
    PUBLISHED
}
