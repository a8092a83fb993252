package org.entente.gateway.sdmx;

import java.util.Set;

/** A format that a resource can be written in. */
public interface Format {

    /** The media type without parameters. */
    String mediaType();

    /** The version parameter of the media type. */
    String version();

    /** General media types and {@code format=} names that also mean this format. */
    Set<String> aliases();

    /** What Content-Type says. */
    default String contentType() {
        return mediaType() + ";version=" + version();
    }
}
