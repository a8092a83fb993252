package org.entente.gateway.operations;

/** One thing that must work for the node to work. Beans of this type make up {@code /health}. */
interface HealthCheck {

    /** A word that names the thing: {@code database}, {@code journal}, ... */
    String name();

    /** Looks now. A thrown exception counts as down; its message is not shown. */
    Finding look();

    /** How bad it is, from good to bad. */
    enum Status {
        UP,
        /** Works, but somebody should act. */
        DEGRADED,
        DOWN
    }

    /**
     * What was found.
     *
     * @param note a sentence for people without secrets or addresses, or empty
     */
    record Finding(Status status, String note) {

        static Finding up() {
            return new Finding(Status.UP, "");
        }
    }
}
