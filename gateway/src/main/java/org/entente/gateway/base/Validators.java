package org.entente.gateway.base;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.MutableHttpResponse;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;

/**
 * What tells one state of a resource from another (RFC 9110 section 8.8), and whether a caller has the present one.
 *
 * @param etag a weak entity tag with its quotes: equal content, not equal bytes, since messages carry an id of their own
 * @param lastModified when the content became what it is
 */
public record Validators(String etag, Instant lastModified) {

    /** @param digest of all that the content depends on, in the alphabet of base64url */
    public static Validators of(String digest, Instant lastModified) {
        return new Validators("W/\"" + digest + "\"", lastModified.truncatedTo(ChronoUnit.SECONDS));
    }

    /** Whether the caller says that it has this state; {@code If-None-Match} goes before {@code If-Modified-Since} (section 13.2.2). */
    public boolean had(HttpRequest<?> request) {
        String tags = String.join(",", request.getHeaders().getAll(HttpHeaders.IF_NONE_MATCH));
        if (!tags.isBlank()) {
            for (String tag : tags.split(",", -1)) {
                String trimmed = tag.strip();
                if (trimmed.equals("*") || opaque(trimmed).equals(opaque(etag))) {
                    return true;
                }
            }
            return false;
        }
        String since = request.getHeaders().get(HttpHeaders.IF_MODIFIED_SINCE);
        try {
            return since != null
                    && !lastModified.isAfter(ZonedDateTime.parse(since, DateTimeFormatter.RFC_1123_DATE_TIME)
                            .toInstant());
        } catch (DateTimeException e) {
            // Section 13.1.3: a date that is none is as good as no field.
            return false;
        }
    }

    /** The weak comparison of section 8.8.3.2. */
    private static String opaque(String tag) {
        return tag.startsWith("W/") ? tag.substring(2) : tag;
    }

    /** Sets both fields. Nobody between node and caller may keep what the caller alone may see without asking again. */
    public <B> MutableHttpResponse<B> on(MutableHttpResponse<B> response) {
        return response.header(HttpHeaders.ETAG, etag)
                .header(
                        HttpHeaders.LAST_MODIFIED,
                        DateTimeFormatter.RFC_1123_DATE_TIME.format(lastModified.atZone(ZoneOffset.UTC)))
                .header(HttpHeaders.CACHE_CONTROL, "private, no-cache");
    }
}
