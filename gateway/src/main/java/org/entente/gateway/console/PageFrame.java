package org.entente.gateway.console;

import org.jspecify.annotations.Nullable;

/**
 * What every page has around its content.
 *
 * @param user who is signed in, or null
 */
public record PageFrame(
        String title,
        String party,
        String partyName,
        @Nullable String user) {}
