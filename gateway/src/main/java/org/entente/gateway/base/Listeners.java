package org.entente.gateway.base;

/**
 * The two listeners of a node. Every controller names one of them in {@code @Controller(port = ...)}; a controller without
 * a listener is a defect that a test finds, since a route must never stand on both.
 */
public final class Listeners {

    /** For the node's own staff: console, SDMX, API. */
    public static final String STAFF = "${entente.staff.port}";

    /** For partners only: TLS 1.3 with both sides' certificates, then message signatures. */
    public static final String NODE = "${entente.node.port}";

    private Listeners() {}
}
