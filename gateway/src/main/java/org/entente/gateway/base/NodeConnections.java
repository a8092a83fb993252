package org.entente.gateway.base;

import java.security.cert.X509Certificate;
import java.util.function.Predicate;

/** The open connections of partners to the node listener. A card change closes those of its partner. */
public interface NodeConnections {

    /** Closes every connection whose client certificate fits; the number of connections closed. */
    int closeWhere(Predicate<X509Certificate> certificate);
}
