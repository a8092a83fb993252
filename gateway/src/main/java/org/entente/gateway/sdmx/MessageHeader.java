package org.entente.gateway.sdmx;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * What a message says of itself.
 *
 * @param id unique for the sender; letters, digits and {@code _@$-}
 * @param prepared when it was made
 * @param sender the party that sends it
 */
public record MessageHeader(String id, Instant prepared, String sender) {

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_@$-]+");

    public MessageHeader {
        if (!ID.matcher(id).matches() || !ID.matcher(sender).matches()) {
            throw new IllegalArgumentException("'" + id + "' or '" + sender + "' cannot stand in an SDMX header");
        }
    }

    /** The {@code meta} object of SDMX-JSON 2.0.0. */
    Map<String, Object> meta(String schema) {
        Map<String, Object> meta = new LinkedHashMap<>();
        meta.put("schema", schema);
        meta.put("id", id);
        meta.put("test", false);
        meta.put("prepared", prepared.truncatedTo(ChronoUnit.SECONDS).toString());
        meta.put("contentLanguages", List.of("en"));
        meta.put("sender", Map.of("id", sender));
        return meta;
    }
}
