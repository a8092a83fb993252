package org.entente.agreements.lint;

/** How much a finding weighs. */
public enum Severity {
    /** The document contradicts itself or promises what cannot be kept; it should not be signed. */
    ERROR,
    /** Probably not what was meant, or a gap that will hurt; somebody should say that it is meant so. */
    WARNING,
    /** Worth knowing. */
    NOTE
}
