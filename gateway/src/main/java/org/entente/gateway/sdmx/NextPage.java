package org.entente.gateway.sdmx;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The link of a page to the one behind it (RFC 8288, relation {@code next}). The SDMX standard has {@code offset} and {@code limit}, and no
 * place in its messages to say that a page is not the last.
 */
public final class NextPage {
    private NextPage() {}

    /**
     * The value of a {@code Link} field, relative to the address that was asked; empty if the query wants no page.
     *
     * @param query whose page was answered; there are observations behind it
     * @param rawQuery the query part of its address, still percent-encoded
     */
    public static Optional<String> link(DataQuery query, @Nullable String rawQuery) {
        if (query.limit() <= 0 || rawQuery == null) {
            return Optional.empty();
        }
        List<String> parts = new ArrayList<>();
        for (String pair : rawQuery.split("&", -1)) {
            int equals = pair.indexOf('=');
            String name = Percent.decode(equals < 0 ? pair : pair.substring(0, equals));
            if (!pair.isEmpty() && !name.equals("offset")) {
                // Clients send brackets as they are; in a link they have no place (RFC 3986, section 3.4).
                parts.add(pair.replace("[", "%5B").replace("]", "%5D"));
            }
        }
        parts.add("offset=" + end(query));
        return Optional.of("<?" + String.join("&", parts) + ">; rel=\"next\"");
    }

    /** How many observations stand before the next page. */
    static long end(DataQuery query) {
        long end = query.offset() + query.limit();
        return end < 0 ? Long.MAX_VALUE : end;
    }
}
