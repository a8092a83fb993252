package org.entente.gateway.console;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What every page has around its content.
 *
 * @param user who is signed in, or null
 * @param places the pages that lead anywhere from here, the shown one chosen; none for whoever is not signed in
 */
public record PageFrame(
        String title,
        String party,
        String partyName,
        @Nullable String user,
        List<Choice> places) {}
