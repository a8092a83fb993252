package org.entente.gateway.base;

/**
 * The listeners of a node. Every controller names one of them in {@code @Controller(port = ...)}; a controller without
 * a listener is a defect that a test finds, since a route must never stand on two.
 */
public final class Listeners {

    /** For the node's own staff: console, SDMX, API. */
    public static final String STAFF = "${entente.staff.port}";

    /** For partners only: TLS 1.3 with both sides' certificates, then message signatures. */
    public static final String NODE = "${entente.node.port}";

    /**
     * For everybody, without signing in: what was published, to be read only. There is no such listener unless {@link #PUBLIC_PORT} is set,
     * and whatever stands on it requires that setting.
     */
    public static final String PUBLIC = "${" + Listeners.PUBLIC_PORT + "}";

    /** The setting that opens the public listener. */
    public static final String PUBLIC_PORT = "entente.public.port";

    private Listeners() {}
}
